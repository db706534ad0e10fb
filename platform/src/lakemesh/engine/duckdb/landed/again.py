"""A file read once more, line by line: what each row looks like, and where it begins."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, cast

import pyarrow as pa

from lakemesh.engine.duckdb.landed.json import cells
from lakemesh.engine.duckdb.landed.part import found
from lakemesh.engine.duckdb.landed.raw import opened
from lakemesh.engine.duckdb.session import Session
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Format

if TYPE_CHECKING:
    from _csv import Reader

_AT_ONCE = 20_000


def lines(session: Session, given: Landed, file: File, names: Sequence[str]) -> Iterator[tuple[object, int]]:
    """Each row in these columns, or, where it is none, as its text; with the number of its first line."""
    return _json(session, given, file, names) if given.format.kind == "json" else _csv(given, file, names)


def looks(
    session: Session, given: Landed, file: File, names: Sequence[str], texts: Sequence[str]
) -> Iterator[object | None]:
    """What rows in these columns look like that stand on one line each, or their text where they are none."""
    if given.format.kind == "json":
        order = list(given.columns)
        places = [order.index(name) for name in names]
        return (look for look, _ in _parsed(session, given, list(texts), 1, places))
    return _one_by_one(given, file, names, texts)


def _one_by_one(given: Landed, file: File, names: Sequence[str], texts: Sequence[str]) -> Iterator[object | None]:
    places, empty = cells_of(given, file, names), set(given.format.empty)
    for text in texts:
        rows = list(_reader([text], given.format))
        yield tuple(_cell(rows[0], place, empty) for place in places) if len(rows) == 1 else None


def _csv(given: Landed, file: File, names: Sequence[str]) -> Iterator[tuple[object, int]]:
    form = given.format
    places, empty = cells_of(given, file, names), set(form.empty)
    with io.TextIOWrapper(opened(file), _encoding(form.encoding), "replace", newline="") as text:
        reader = _reader(text, form)
        before = 0
        for number, row in enumerate(reader):
            begin, before = before + 1, reader.line_num
            if row and not (form.header and number == 0):
                yield tuple(_cell(row, place, empty) for place in places), begin


def _reader(lines: Iterable[str], form: Format) -> "Reader":
    csv.field_size_limit(1 << 30)
    quoting: Literal[0, 3] = 0 if form.quote else 3
    return csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote or None, quoting=quoting)


def cells_of(given: Landed, file: File, names: Sequence[str]) -> list[int | None]:
    form = given.format
    fields = list(given.headers.get(file.path, ())) if form.header else list(given.columns.values())
    order = list(given.columns)
    return [found(fields, given.columns[name]) if form.header else order.index(name) for name in names]


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
    query = f"SELECT line, {cells(given, 'line')}, coalesce(try(json_type(line)), '') = 'OBJECT' FROM lines_again"
    session.run("SET preserve_insertion_order = true")
    for place, (line, values, whole) in enumerate(session.rows(query)):
        look: object = tuple(cast(list[str | None], values)[at] for at in places) if whole else line
        yield look, begin + place
