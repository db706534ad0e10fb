"""The door: files that landed -> a relation, and how its rows are counted."""

from dataclasses import dataclass, replace
from pathlib import Path

from lakemesh.declare.types import Columns, Primitive
from lakemesh.engine.duckdb.landed.csv import csv
from lakemesh.engine.duckdb.landed.json import json
from lakemesh.engine.duckdb.landed.mend import foreign, mixed
from lakemesh.engine.duckdb.landed.parquet import parquet
from lakemesh.engine.duckdb.landed.part import Part, whole
from lakemesh.engine.duckdb.session import Session
from lakemesh.lake.landing.batch import Landed

_TEXT, _NUMBER = Primitive("string"), Primitive("bigint")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A relation over files: its SQL, its columns, and the marks of its scans; Parquet has none, it counts itself."""

    given: Landed
    sql: str
    columns: Columns
    marks: tuple[str, ...]


def arrived(session: Session, given: Landed, even: bool = False) -> Arrived:
    """`even`: files whose lines end in two ways are read from a copy in which they do not."""
    read = _mended(given, session.folder, even)
    kinds: Columns = dict.fromkeys(given.columns, _TEXT)
    parts: list[Part]
    match given.format.kind:
        case "csv":
            parts = csv(read)
        case "json":
            parts = json(read)
        case _:
            parts, kinds = parquet(session, read)
    columns = columns_of(given, kinds)
    sql = whole(read, parts, [name for name in columns if name != "_source_row"])
    return Arrived(read, sql, columns, tuple(part.mark for part in parts if part.mark))


def columns_of(given: Landed, kinds: Columns | None = None) -> Columns:
    """What such a relation has. `kinds`: the types in the files, which are text where they say nothing."""
    told = {"_source_file": _TEXT, "_broken": _TEXT, "_raw": _TEXT, "_source_line": _NUMBER}
    columns: Columns = kinds or dict.fromkeys(given.columns, _TEXT)
    columns = {**columns, **({"_extra": _TEXT} if given.keep_extra else {}), **told}
    return {**columns, "_source_row": _NUMBER} if given.numbered else columns


def _mended(given: Landed, folder: Path, even: bool) -> Landed:
    copies = (mixed(given, folder) if even else {}) or foreign(given, folder)
    if not copies:
        return given
    files = tuple(replace(file, location=copies.get(file.path, file.location)) for file in given.files)
    # A copy is UTF-8, so all files are read from copies or none.
    return replace(given, files=files, format=replace(given.format, encoding="utf-8"))
