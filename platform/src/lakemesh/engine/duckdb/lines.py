"""The line of the file that a row is from, looked up afterwards and only for rows that were set aside."""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

import pyarrow as pa

from lakemesh.engine.duckdb.landed import Arrived
from lakemesh.engine.duckdb.landed.again import lines
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.spelling import spelled
from lakemesh.engine.duckdb.spool import Spool
from lakemesh.engine.duckdb.standing import PLACE, Row, begins, standing
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File

MOST = 100_000
"""More rows than these get no lines: nobody looks at them one by one, and they would not fit into memory."""
# By file, by what a row looked like: the places among the rows set aside that wait for a line.
Sought: TypeAlias = Mapping[str, dict[object, deque[int]]]
_LINE, _FILE, _RAW = "_source_line", "_source_file", "_raw"


def numbered(session: Session, arrived: Arrived, rows: Spool, read: Mapping[str, int]) -> Iterable[pa.RecordBatch]:
    """The same rows, with `_source_line` where it was found. Rows that look the same get successive lines. `read`: how
    many rows each file gave."""
    if not rows.rows or rows.rows > MOST or not arrived.marks or not {_LINE, _FILE, _RAW} <= set(_schema(rows)):
        return rows.batches()
    names = _names(arrived.given, rows)
    sought = _sought(rows, names)
    broken = _broken(rows)
    places = list(_column(rows, PLACE)) if PLACE in _schema(rows) else []
    first = begins(arrived.given, read)
    known: dict[int, int] = {}
    for file in arrived.given.files:
        if waiting := sought.get(file.path):
            found: dict[int, int] | None = None
            if places:
                these = [
                    Row(one, cast(int, places[one]) - first[file.path], look)
                    for look, ones in waiting.items()
                    for one in ones
                ]
                found = standing(session, arrived.given, file, names, these, broken[file.path])
            if found is None and file.path in read:
                whole = read[file.path] + len(broken[file.path])
                found = spelled(arrived.given, file, names, waiting, whole)
            known.update(_searched(session, arrived.given, file, names, waiting) if found is None else found)
    return _told(rows, known)


def _searched(
    session: Session, given: Landed, file: File, names: Sequence[str], waiting: dict[object, deque[int]]
) -> dict[int, int]:
    known: dict[int, int] = {}
    for look, line in lines(session, given, file, names):
        if places := waiting.get(look):
            known[places.popleft()] = line
            if not places:
                del waiting[look]
        if not waiting:
            break
    return known


def _broken(rows: Spool) -> Mapping[str, list[int]]:
    """The lines that are known already, by file: those that were no rows."""
    broken: dict[str, list[int]] = defaultdict(list)
    for file, line in zip(_column(rows, _FILE), _column(rows, _LINE), strict=True):
        if line is not None:
            broken[cast(str, file)].append(cast(int, line))
    return broken


def _schema(rows: Spool) -> list[str]:
    return next(iter(rows.batches())).schema.names


def _names(given: Landed, rows: Spool) -> list[str]:
    """The columns to compare. What nobody kept in `_raw`, such as the order of a log, cannot be compared."""
    kept = {name for text in _column(rows, _RAW) for name in (_read(cast(str | None, text)) or ())}
    return [name for name in given.columns if name in kept or not name.startswith("_")]


def _sought(rows: Spool, names: Sequence[str]) -> Sought:
    sought: dict[str, dict[object, deque[int]]] = defaultdict(lambda: defaultdict(deque))
    known = list(_column(rows, _LINE))
    for place, (file, text) in enumerate(zip(_column(rows, _FILE), _column(rows, _RAW), strict=True)):
        if known[place] is None and file is not None and text is not None:
            cells = _read(cast(str, text))
            # A line that was no row is kept as it is.
            look: object = text if cells is None else tuple(cells.get(name) for name in names)
            sought[cast(str, file)][look].append(place)
    return sought


def _column(rows: Spool, name: str) -> Iterator[object]:
    for batch in rows.batches():
        yield from batch.column(batch.schema.get_field_index(name)).to_pylist()


def _read(text: str | None) -> dict[str, str | None] | None:
    try:
        value = json.loads(text) if text else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _told(rows: Spool, lines: Mapping[int, int]) -> Iterator[pa.RecordBatch]:
    before = 0
    for batch in rows.batches():
        at = batch.schema.get_field_index(_LINE)
        known = batch.column(at).to_pylist()
        told = [lines.get(before + place) if line is None else line for place, line in enumerate(known)]
        before += batch.num_rows
        yield batch.set_column(at, batch.schema.field(at), pa.array(told, batch.schema.field(at).type))
