"""Parquet as a relation, in the types of its files."""

import pyarrow as pa
import pyarrow.parquet as pq

from lakemesh.declare.types import Columns, Primitive, Type
from lakemesh.engine.duckdb.landed.part import FILE, Part, added, extra, found
from lakemesh.engine.duckdb.literal import path, paths, quoted, text
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.types import of_duckdb, to_duckdb
from lakemesh.errors import Stopped
from lakemesh.lake.landing.batch import Landed


def parquet(session: Session, given: Landed) -> tuple[list[Part], Columns]:
    """One scan over all files, whose schemas are united by name."""
    scan = (
        f"read_parquet({paths(file.location for file in given.files)}, union_by_name=true, hive_partitioning=false, "
        f"filename={text(FILE)})"
    )
    there = [(str(row[0]), str(row[1])) for row in session.rows(f"DESCRIBE SELECT * FROM {scan}") if row[0] != FILE]
    header = [name for name, _ in there]
    kinds: dict[str, Type] = {}
    chosen: list[str] = []
    used: set[int] = set()
    for name, wanted in given.columns.items():
        place = found(header, wanted)
        if place is None:
            kinds[name] = Primitive("string")
            chosen.append(f"NULL::VARCHAR AS {quoted(name)}")
            continue
        used.add(place)
        kinds[name] = _kind(there[place][1])
        cell = quoted(header[place])
        chosen.append(f"CAST({cell} AS {to_duckdb(kinds[name])}) AS {quoted(name)}")
    if given.keep_extra:
        chosen.append(extra([(each, quoted(each)) for place, each in enumerate(header) if place not in used]))
    return [Part(f"SELECT {', '.join(chosen + added(given))} FROM {scan}", "")], kinds


def rows(given: Landed) -> int:
    """How many rows the files say they have."""
    total = 0
    for file in given.files:
        try:
            total += pq.read_metadata(path(file.location)).num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise Stopped(f"{file.path} is no Parquet file: {error}", "land it again") from error
    return total


def _kind(text_: str) -> Type:
    try:
        return of_duckdb(text_)
    except ValueError:
        # A type that Spark has no word for is read as its text.
        return Primitive("string")
