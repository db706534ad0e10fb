"""What stands in the first line of a file, without reading the rest."""

import codecs
import csv
import io
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.fs as fs
import pyarrow.parquet as pq

from lakemesh.errors import Mistakes, Stopped
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Format

_CHUNK = 64 * 1024
_LONGEST = 4 * 1024 * 1024
_ENCODING = "say what it is: `format: {encoding: latin-1}`, or land it again"
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"


def headers(files: Iterable[File], format: Format) -> Mapping[str, tuple[str, ...]]:
    """The header of each file, by its path, as it stands there. Empty for JSON and for CSV that has none."""
    match format.kind:
        case "csv" if format.header:
            return {file.path: _csv(file, format) for file in files}
        case "parquet":
            return {file.path: _parquet(file) for file in files}
        case _:
            return {}


def _parquet(file: File) -> tuple[str, ...]:
    system, path = fs.FileSystem.from_uri(file.location)
    try:
        with system.open_input_file(path) as source:
            return tuple(pq.ParquetFile(source).schema_arrow.names)
    except pa.ArrowInvalid as error:
        raise Stopped(f"{file.path} is no Parquet file: {error}", "land it again, or correct `from:`") from error


def _csv(file: File, format: Format) -> tuple[str, ...]:
    try:
        record = _first_record(file, format)
    except LookupError as error:
        raise Mistakes.of(f'"{format.encoding}" is no encoding', "say one such as utf-8, latin-1 or utf-16") from error
    except UnicodeDecodeError as error:
        wide = error.object.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        what = "it begins as UTF-16 does" if wide else f"{error.reason} at byte {error.start}"
        remedy = _ENCODING.replace("latin-1", "utf-16") if wide else _ENCODING
        raise Stopped(f"{file.path} is not {format.encoding}: {what}", remedy) from error
    except UnicodeError as error:
        # A mark that must come first and does not is told without a place.
        raise Stopped(f"{file.path} is not {format.encoding}: {error}", _ENCODING) from error
    except OSError as error:
        raise Stopped(f"{file.path} cannot be read: {error}", "land it again") from error
    if not record:
        raise Stopped(f"{file.path} is empty: it has not even a header", "land it again, or remove it")
    if "\0" in record:
        end = "be" if record.startswith("\0") else "le"
        remedy = f"say what it is: `format: {{encoding: utf-16-{end}}}`, or land it again"
        raise Stopped(f"{file.path} is not {format.encoding}: its header has zero bytes, as UTF-16 does", remedy)
    return _fields(record, format)


def _first_record(file: File, format: Format) -> str:
    codec = codecs.lookup(format.encoding).name
    codec = "utf-8-sig" if codec == "utf-8" else codec
    decoder = codecs.getincrementaldecoder(codec)("replace")
    raw = b""
    system, path = fs.FileSystem.from_uri(file.location)
    text = ""
    with system.open_input_stream(path, compression="gzip" if file.path.endswith(".gz") else None) as stream:
        while len(text) < _LONGEST:
            chunk = stream.read(_CHUNK)
            raw += chunk
            text += decoder.decode(chunk, final=not chunk)
            end = _end(text, format.quote)
            if end is not None or not chunk:
                if _UNREADABLE in text[:end]:
                    # Only the header is judged here: a later line that is not in this encoding is one bad row.
                    raw.decode(codec)
                return text[:end]
    remedy = "is `quote` in `format:` right? A quote is opened and never closed"
    raise Stopped(f"the header of {file.path} does not end", remedy)


def _end(text: str, quote: str) -> int | None:
    """Where the first record ends: at a line's end that is not inside quotes."""
    quoted = False
    for place, letter in enumerate(text):
        if letter == quote:
            quoted = not quoted
        elif letter in "\r\n" and not quoted:
            return place
    return None


def _fields(record: str, format: Format) -> tuple[str, ...]:
    if len(format.delimiter) > 1:
        return tuple(field.strip().strip(format.quote) for field in record.split(format.delimiter))
    lines = io.StringIO(record, newline="")
    if format.quote:
        return tuple(next(csv.reader(lines, delimiter=format.delimiter, quotechar=format.quote)))
    return tuple(next(csv.reader(lines, delimiter=format.delimiter, quoting=csv.QUOTE_NONE)))
