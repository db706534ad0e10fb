"""The line of the file that a row is from, looked up afterwards and only for rows that were set aside."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, cast

import pyarrow as pa

from lakemesh.engine.duckdb.landed import Arrived
from lakemesh.engine.duckdb.landed.json import wanted
from lakemesh.engine.duckdb.landed.part import found
from lakemesh.engine.duckdb.landed.raw import opened
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.spool import Spool
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File

MOST = 100_000
"""More rows than these get no lines: nobody looks at them one by one, and they would not fit into memory."""
_AT_ONCE = 20_000
Cells: TypeAlias = tuple[str | None, ...]
# By file, by what a row looked like: the places among the rows set aside that wait for a line.
Sought: TypeAlias = Mapping[str, dict[object, list[int]]]
_LINE, _FILE, _RAW = "_source_line", "_source_file", "_raw"


def numbered(session: Session, arrived: Arrived, rows: Spool) -> Iterable[pa.RecordBatch]:
    """The same rows, with `_source_line` where it was found. Rows that look the same get successive lines."""
    if not rows.rows or rows.rows > MOST or not arrived.marks or not {_LINE, _FILE, _RAW} <= set(_schema(rows)):
        return rows.batches()
    names = _names(arrived.given, rows)
    lines: dict[int, int] = {}
    sought = _sought(rows, names)
    for file in arrived.given.files:
        waiting = sought.get(file.path)
        if waiting:
            for look, line in _lines(session, arrived.given, file, names):
                places = waiting.get(look)
                if places:
                    lines[places.pop(0)] = line
                    if not places:
                        del waiting[look]
                        if not waiting:
                            break
    return _told(rows, lines)


def _schema(rows: Spool) -> list[str]:
    return next(iter(rows.batches())).schema.names


def _names(given: Landed, rows: Spool) -> list[str]:
    """The columns to compare. What nobody kept in `_raw`, such as the order of a log, cannot be compared."""
    kept = {name for text in _column(rows, _RAW) for name in (_read(cast(str | None, text)) or ())}
    return [name for name in given.columns if name in kept or not name.startswith("_")]


def _sought(rows: Spool, names: Sequence[str]) -> Sought:
    sought: dict[str, dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
    found_already = list(_column(rows, _LINE))
    for place, (file, text) in enumerate(zip(_column(rows, _FILE), _column(rows, _RAW), strict=True)):
        if found_already[place] is None and file is not None and text is not None:
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


def _lines(session: Session, given: Landed, file: File, names: Sequence[str]) -> Iterator[tuple[object, int]]:
    return _json(session, given, file, names) if given.format.kind == "json" else _csv(given, file, names)


def _csv(given: Landed, file: File, names: Sequence[str]) -> Iterator[tuple[object, int]]:
    form = given.format
    fields = list(given.headers.get(file.path, ())) if form.header else list(given.columns.values())
    order = list(given.columns)
    places = [found(fields, given.columns[name]) if form.header else order.index(name) for name in names]
    empty = set(form.empty)
    csv.field_size_limit(1 << 30)
    with io.TextIOWrapper(opened(file), _encoding(form.encoding), "replace", newline="") as text:
        quoting: Literal[0, 3] = 0 if form.quote else 3
        reader = csv.reader(text, delimiter=form.delimiter, quotechar=form.quote or None, quoting=quoting)
        before = 0
        for number, row in enumerate(reader):
            begin, before = before + 1, reader.line_num
            if row and not (form.header and number == 0):
                yield tuple(_cell(row, place, empty) for place in places), begin


def _cell(row: Sequence[str], place: int | None, empty: set[str]) -> str | None:
    if place is None or place >= len(row) or row[place] in empty:
        return None
    return row[place]


def _encoding(name: str) -> str:
    return "utf-8-sig" if name.lower().replace("_", "-") in ("utf-8", "utf8") else name


def _json(session: Session, given: Landed, file: File, names: Sequence[str]) -> Iterator[tuple[object, int]]:
    order = list(given.columns)
    places = [order.index(name) for name in names]
    with io.TextIOWrapper(opened(file), _encoding(given.format.encoding), "replace", newline="\n") as text:
        some: list[str] = []
        begin = 1
        for number, line in enumerate(text, 1):
            some.append(line.rstrip("\r\n"))
            if len(some) == _AT_ONCE:
                yield from _parsed(session, given, some, begin, places)
                some, begin = [], number + 1
        yield from _parsed(session, given, some, begin, places)


def _parsed(
    session: Session, given: Landed, some: list[str], begin: int, places: Sequence[int]
) -> Iterator[tuple[object, int]]:
    # DuckDB again: only it spells a number or a nested value as it did the first time.
    session.connection.register("lines_again", pa.table({"line": pa.array(some, pa.large_string())}))
    query = (
        f"SELECT line, try(json_extract_string(line, {wanted(given)})), coalesce(try(json_type(line)), '') = 'OBJECT' "
        "FROM lines_again"
    )
    session.run("SET preserve_insertion_order = true")
    for place, (line, cells, whole) in enumerate(session.rows(query)):
        look: object = tuple(cast(list[str | None], cells)[at] for at in places) if whole else line
        yield look, begin + place


def _told(rows: Spool, lines: Mapping[int, int]) -> Iterator[pa.RecordBatch]:
    before = 0
    for batch in rows.batches():
        at = batch.schema.get_field_index(_LINE)
        known = batch.column(at).to_pylist()
        told = [lines.get(before + place) if line is None else line for place, line in enumerate(known)]
        before += batch.num_rows
        yield batch.set_column(at, batch.schema.field(at), pa.array(told, batch.schema.field(at).type))
