"""A file or a folder -> which tables its files are of, and how the files are written."""

import csv
import gzip
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lakemesh.declare.names import LONGEST, refused
from lakemesh.engine.duckdb.survey import Plain
from lakemesh.errors import Mistakes

KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
}
_SPELLED = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))
_DELIMITERS = ",;\t|"
_SEEN = 1 << 18


@dataclass(frozen=True, slots=True)
class Found:
    """Files of one shape: a table. `ending` as the files have it; `unsure`: what had to be guessed."""

    table: str
    files: tuple[Path, ...]
    ending: str
    plain: Plain
    unsure: tuple[str, ...] = ()


def found(place: Path) -> tuple[Found, ...]:
    """The tables of a file or a folder, by name. Raises Mistakes where there is nothing to read."""
    if not place.exists():
        raise Mistakes.of(f"there is no {place}", "name a file or a folder of CSV, JSON lines or Parquet")
    files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
    shapes: dict[tuple[object, ...], list[Path]] = {}
    plains: dict[Path, tuple[Plain, tuple[str, ...]]] = {}
    for file in files:
        kind = KINDS.get(_ending(file).removesuffix(".gz"))
        if kind is None or file.name.startswith((".", "_")) or not file.stat().st_size:
            continue
        plain, header, unsure = _looked_at(file, kind)
        plains[file] = (plain, unsure)
        shapes.setdefault((file.parent, _base(file), _ending(file), plain, header), []).append(file)
    if not shapes:
        raise Mistakes.of(
            f"{place} holds no CSV, JSON lines or Parquet", f"its files may end in {', '.join(KINDS)}, .gz"
        )
    taken: set[str] = set()
    done = []
    for shape, members in shapes.items():
        name = _named(str(shape[1]), taken)
        taken.add(name)
        plain, unsure = plains[members[0]]
        done.append(Found(name, tuple(members), str(shape[2]), plain, unsure))
    return tuple(sorted(done, key=lambda each: each.table))


def _ending(file: Path) -> str:
    suffixes = [suffix.lower() for suffix in file.suffixes]
    return "".join(suffixes[-2:]) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])


def _base(file: Path) -> str:
    """The file's name without its ending, and without the numbers and dates that tell it from its like."""
    stem = file.name[: -len(_ending(file))] if _ending(file) else file.name
    return re.sub(r"[\s._-]*\d[\d\s._T-]*$", "", stem) or stem


def _named(base: str, taken: set[str]) -> str:
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", base).lower()
    plain = re.sub(r"_{2,}", "_", re.sub(r"[^a-z0-9]+", "_", plain)).strip("_").lstrip("0123456789_")
    name = plain[: LONGEST - 3].rstrip("_") or "file"
    if refused(name, "table"):
        name = f"{name}_row"
    number = 1
    while (tried := name if number == 1 else f"{name}_{number}") in taken:
        number += 1
    return tried


def _looked_at(file: Path, kind: str) -> tuple[Plain, tuple[str, ...], tuple[str, ...]]:
    if kind == "parquet":
        return Plain(kind), (), ()
    data = _beginning(file)
    encoding, unsure = _encoding(data, file)
    if kind == "json":
        if data.lstrip()[:1] == b"[":
            raise Mistakes.of(f"{file} is one list, not JSON lines", "write one object a line: jq -c '.[]'")
        return Plain(kind), (), unsure
    text = data.decode(encoding, "replace").lstrip("\ufeff")
    delimiter, header = _delimiter(text)
    if len(header) != len(set(header)) or not all(cell.strip() for cell in header):
        raise Mistakes.of(f"{file} has no header that names each column once", "write one into its first line")
    if any(re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell.strip()) for cell in header):
        unsure = (*unsure, f"the first line of {file.name} is taken for its header, and holds numbers")
    return Plain(kind, delimiter, encoding), header, unsure


def _beginning(file: Path) -> bytes:
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as stream:
            return stream.read(_SEEN)
    except (OSError, EOFError) as error:
        raise Mistakes.of(f"{file} cannot be read: {error}", "look at the file, or leave it out") from None


def _encoding(data: bytes, file: Path) -> tuple[str, tuple[str, ...]]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", ()
    try:
        # A letter of several bytes may be cut at the end of what was read.
        io.TextIOWrapper(io.BytesIO(data if len(data) < _SEEN else data[:-4].rsplit(b"\n", 1)[0]), "utf-8").read()
    except UnicodeDecodeError:
        return "latin-1", (f"{file.name} is not UTF-8, and is taken for latin-1",)
    return "utf-8", ()


def _delimiter(text: str) -> tuple[str, tuple[str, ...]]:
    """The character that cuts the first lines into the most cells, as many in each."""
    lines = text.splitlines(keepends=True)[:50]
    best, cells = ",", [lines[0].strip() if lines else ""]
    score = (0, 0)
    for mark in _DELIMITERS:
        rows = [row for row in csv.reader(lines, delimiter=mark) if row]
        if rows and len(rows[0]) > 1:
            same = sum(len(row) == len(rows[0]) for row in rows)
            if (same, len(rows[0])) > score:
                score, best, cells = (same, len(rows[0])), mark, rows[0]
    return best, tuple(cells)


def columns_named(headers: Sequence[str]) -> Mapping[str, str]:
    """A name for each header, as SQL likes it: lowercase with underscores, each once."""
    names: dict[str, str] = {}
    for number, header in enumerate(headers, 1):
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", header.strip()).lower()
        for letter, spelled in _SPELLED:
            plain = plain.replace(letter, spelled)
        name = re.sub(r"[^\w]+", "_", plain).strip("_") or f"column_{number}"
        name = f"n_{name}" if name[0].isdigit() else name
        again = 1
        while (tried := name if again == 1 else f"{name}_{again}") in names.values():
            again += 1
        names[header] = tried
    return names
