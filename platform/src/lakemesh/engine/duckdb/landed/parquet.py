"""Parquet as a relation, in the types of its files."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

import pyarrow as pa
import pyarrow.parquet as pq

from lakemesh.declare.types import Columns, Primitive, Type
from lakemesh.engine.duckdb.landed.part import FILE, Part, added, extra, found
from lakemesh.engine.duckdb.literal import path, paths, quoted, text
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.types import of_duckdb, to_duckdb
from lakemesh.errors import Stopped
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File

_FLOATS = ("FLOAT", "DOUBLE")


def parquet(session: Session, given: Landed) -> tuple[list[Part], Columns]:
    """One scan over all files, whose schemas are united by name; several where that would cost a number its digits."""
    there = _described(session, given.files)
    places = {name: found(list(there), wanted) for name, wanted in given.columns.items()}
    headers = {name: list(there)[place] for name, place in places.items() if place is not None}
    mixed = _mixed(given.files, {header for header in headers.values() if there[header] in _FLOATS})
    kinds: dict[str, Type] = {}
    for name in given.columns:
        read = name in headers and headers[name] not in mixed
        kinds[name] = _kind(there[headers[name]]) if read else Primitive("string")
    parts = [
        _part(given, files, headers, kinds, _described(session, files) if mixed else there, mixed)
        for files in (_runs(given.files, mixed) if mixed else [given.files])
    ]
    return parts, kinds


def rows(given: Landed) -> int:
    """How many rows the files say they have."""
    total = 0
    for file in given.files:
        try:
            total += pq.read_metadata(path(file.location)).num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise Stopped(f"{file.path} is no Parquet file: {error}", "land it again") from error
    return total


def _scan(files: Sequence[File]) -> str:
    listed = paths(file.location for file in files)
    return f"read_parquet({listed}, union_by_name=true, hive_partitioning=false, filename={text(FILE)})"


def _described(session: Session, files: Sequence[File]) -> dict[str, str]:
    told = session.rows(f"DESCRIBE SELECT * FROM {_scan(files)}")
    return {str(row[0]): str(row[1]) for row in told if row[0] != FILE}


def _part(
    given: Landed,
    files: Sequence[File],
    headers: Mapping[str, str],
    kinds: Columns,
    there: Mapping[str, str],
    mixed: Mapping[str, Collection[str]],
) -> Part:
    """The scan of these files, of which `there` are the columns. `headers`: those that hold what was declared."""
    chosen: list[str] = []
    for name in given.columns:
        header = headers.get(name, "")
        kind, cell = to_duckdb(kinds[name]), quoted(header)
        if header not in there:
            chosen.append(f"NULL::{kind} AS {quoted(name)}")
        elif header in mixed and there[header] in _FLOATS:
            chosen.append(f"{_plain(cell)} AS {quoted(name)}")
        else:
            chosen.append(f"CAST({cell} AS {kind}) AS {quoted(name)}")
    if given.keep_extra:
        chosen.append(extra([(each, quoted(each)) for each in there if each not in headers.values()]))
    return Part(f"SELECT {', '.join(chosen + added(given))} FROM {_scan(files)}", "")


def _mixed(files: Sequence[File], floats: Collection[str]) -> dict[str, frozenset[str]]:
    """Columns of floats that are exact in some files, each with the paths of those: a float holds fewer digits."""
    if not floats or len(files) == 1:
        return {}
    exact: dict[str, set[str]] = {}
    for file in files:
        for field in pq.read_schema(path(file.location)):
            if field.name in floats and not pa.types.is_floating(field.type) and not pa.types.is_null(field.type):
                exact.setdefault(field.name, set()).add(file.path)
    return {name: frozenset(paths_) for name, paths_ in exact.items()}


def _runs(files: Sequence[File], mixed: Mapping[str, Collection[str]]) -> list[list[File]]:
    """Files that follow one another and are exact in the same columns."""
    return [list(some) for _, some in groupby(files, lambda file: [file.path in exact for exact in mixed.values()])]


def _plain(cell: str) -> str:
    """A float as text, a whole one as the whole number that it is."""
    whole = f"CAST(CAST({cell} AS BIGINT) AS VARCHAR)"
    return f"CASE WHEN {cell} = trunc({cell}) AND abs({cell}) < 1e15 THEN {whole} ELSE CAST({cell} AS VARCHAR) END"


def _kind(text_: str) -> Type:
    try:
        return of_duckdb(text_)
    except ValueError:
        # A type that Spark has no word for is read as its text.
        return Primitive("string")
