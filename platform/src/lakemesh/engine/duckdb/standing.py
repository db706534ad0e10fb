"""Rows set aside are looked for where they should stand: most files have one row a line, and then none is searched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lakemesh.engine.duckdb.landed.again import looks
from lakemesh.engine.duckdb.landed.part import runs
from lakemesh.engine.duckdb.landed.placed import placed
from lakemesh.engine.duckdb.session import Session
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File

PLACE = "_place"
"""The number of a row among all that a scan gave, in its order."""
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """One that waits for its line: which of the rows set aside, its number in its file, what it looks like."""

    waiting: int
    place: int
    look: object


def begins(given: Landed, rows: Mapping[str, int]) -> dict[str, int]:
    """The place of each file's first row, by how many rows of each were read."""
    found: dict[str, int] = {}
    before = 0
    for _, files in runs(given):
        for file in files:
            found[file.path] = before
            before += rows.get(file.path, 0)
    return found


def standing(
    session: Session, given: Landed, file: File, names: Sequence[str], rows: Iterable[Row], broken: Iterable[int]
) -> dict[int, int] | None:
    """The line of each row of one file; None where one of them is not what stands there. `broken`: lines that were no
    rows, and so gave none."""
    lines = _lines(sorted(rows, key=lambda row: row.place), sorted(broken), _first(given))
    if not lines or min(lines) < 1:
        return None
    texts = placed(file, given.format.encoding, list(lines))
    found: dict[int, int] = {}
    while some := list(islice(texts, _AT_ONCE)):
        spelled = [_text(line, text) for line, text in some]
        for (line, _), look in zip(some, looks(session, given, file, names, spelled), strict=True):
            if look != lines[line].look:
                return None
            found[lines[line].waiting] = line
    return found if len(found) == len(lines) else None


def _lines(rows: Sequence[Row], broken: Sequence[int], first: int) -> dict[int, Row]:
    lines: dict[int, Row] = {}
    passed: Iterator[int] = iter(broken)
    following = next(passed, None)
    skipped = 0
    for row in rows:
        while following is not None and following <= row.place + first + skipped:
            skipped += 1
            following = next(passed, None)
        lines[row.place + first + skipped] = row
    return lines


def _first(given: Landed) -> int:
    return 2 if given.format.kind == "csv" and given.format.header else 1


def _text(line: int, text: bytes) -> str:
    told = text.decode("utf-8", "replace").rstrip("\r")
    return told.removeprefix("\ufeff") if line == 1 else told
