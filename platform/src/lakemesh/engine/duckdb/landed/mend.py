"""Copies of files that DuckDB cannot read as they are: line ends of two kinds, or letters it does not know."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lakemesh.engine.duckdb.landed.encodings import spelled
from lakemesh.engine.duckdb.landed.raw import chunks
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File

EVENED = "evened"
"""How the name of a copy begins whose lines ended in two ways."""


def foreign(given: Landed, folder: Path) -> Mapping[str, str]:
    """Copies in UTF-8 of all files, where DuckDB does not read their encoding: path -> location."""
    if given.format.kind == "parquet" or spelled(given.format.encoding):
        return {}
    return {file.path: _copy(folder, n, chunks(file, given.format.encoding)) for n, file in enumerate(given.files)}


def mixed(given: Landed, folder: Path) -> Mapping[str, str]:
    """Copies with one kind of line end, of the files that have two: path -> location. Text inside quotes stays."""
    form = given.format
    if form.kind != "csv":
        return {}
    wrong = [file for file in given.files if _has_two(file, form.encoding)]
    # DuckDB reads all files of one scan in one encoding, and a copy is UTF-8.
    copied = wrong if not wrong or spelled(form.encoding) == "utf-8" else given.files
    quote = form.quote.encode()
    return {
        file.path: _copy(folder, n, _even(chunks(file, form.encoding), quote), EVENED) for n, file in enumerate(copied)
    }


def _has_two(file: File, encoding: str) -> bool:
    lines = pairs = returns = 0
    last = b""
    for chunk in chunks(file, encoding):
        lines += chunk.count(b"\n")
        returns += chunk.count(b"\r")
        pairs += (last + chunk).count(b"\r\n")
        last = chunk[-1:] if chunk.endswith(b"\r") else b""
    return bool(returns) and not (lines == pairs == returns or lines == 0)


def _even(pieces: Iterable[bytes], quote: bytes) -> Iterator[bytes]:
    inside = False
    held = b""
    for piece in pieces:
        whole = held + piece
        # The pair may lie across two pieces.
        held = b"\r" if whole.endswith(b"\r") else b""
        parts = whole[: len(whole) - len(held)].split(quote) if quote else [whole[: len(whole) - len(held)]]
        for number, part in enumerate(parts):
            if number:
                inside = not inside
            parts[number] = part if inside else part.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield quote.join(parts)
    yield held


def _copy(folder: Path, number: int, pieces: Iterable[bytes], name: str = "mended") -> str:
    target = folder / f"{name}-{number}.csv"
    with target.open("wb") as out:
        for piece in pieces:
            out.write(piece)
    return str(target)
