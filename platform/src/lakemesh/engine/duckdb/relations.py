"""What a name stands for: a snapshot's files, or files that landed, as a view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pyiceberg.expressions import AlwaysTrue
from pyiceberg.manifest import DataFile

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.duckdb import landed
from lakemesh.engine.duckdb.landed import Arrived
from lakemesh.engine.duckdb.literal import paths, quoted, text
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.spans import condition, possible
from lakemesh.engine.duckdb.types import to_duckdb
from lakemesh.engine.engine import Inputs
from lakemesh.lake.lake import Lake
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.plan import NAMED, Scan
from lakemesh.lake.snapshot import Snapshot

FILE = "__lakemesh_file"
"""The column in which a file's own name comes along, where it is asked for."""


@dataclass(frozen=True, slots=True)
class Mounted:
    """Views by table, their columns, and what is known of those that landed."""

    names: Mapping[TableName, str]
    columns: Mapping[TableName, Columns]
    arrived: Mapping[TableName, Arrived]


def mount(session: Session, lake: Lake, inputs: Inputs, even: bool = False) -> Mounted:
    """A view of this connection for each input. `even`: files whose lines end in two ways are read from a copy."""
    names: dict[TableName, str] = {}
    columns: dict[TableName, Columns] = {}
    arrived: dict[TableName, Arrived] = {}
    for table, given in inputs.items():
        view = quoted(f"read {table}")
        if isinstance(given, Landed):
            arrived[table] = landed.arrived(session, given, even)
            body, columns[table] = arrived[table].sql, arrived[table].columns
        else:
            body, columns[table] = _rows(lake, given), given.columns
        session.run(f"CREATE OR REPLACE TEMP VIEW {view} AS {body}")
        names[table] = view
    return Mounted(names, columns, arrived)


def _rows(lake: Lake, given: Snapshot) -> str:
    own = {name: kind for name, kind in given.columns.items() if name != NAMED}
    within = given.within
    # What lies outside by the statistics of its file is not even opened.
    where = possible(within, own[within.column]) if within else AlwaysTrue()
    scan = lake.plan(replace(given, columns=own), where)
    cut = f" WHERE {condition(within, own[within.column])}" if within else ""
    if len(own) == len(given.columns):
        rows = scanned(scan, scan.files, own)
        return f"SELECT * FROM ({rows}){cut}" if cut else rows
    rows = scanned(scan, scan.files, own, named=True)
    return f"SELECT * EXCLUDE ({FILE}), {FILE} AS {quoted(NAMED)} FROM ({rows}){cut}"


def scanned(scan: Scan, files: Sequence[DataFile], columns: Columns, named: bool = False) -> str:
    """The rows of these data files, in these columns; `named`: with the file of each row."""
    asked = [f"CAST({quoted(name)} AS {to_duckdb(kind)}) AS {quoted(name)}" for name, kind in columns.items()]
    if not files:
        nothing = [f"CAST(NULL AS {to_duckdb(kind)}) AS {quoted(name)}" for name, kind in columns.items()]
        return f"SELECT {', '.join(nothing + ['NULL::VARCHAR AS ' + FILE] * named) or '1'} WHERE false"
    options = f"hive_partitioning=false, filename={text(FILE)}"
    if not scan.uniform:
        options += f", schema={_by_id(scan, columns)}"
    chosen = ", ".join(asked + [FILE] * named) or "1"
    return f"SELECT {chosen} FROM read_parquet({paths(file.file_path for file in files)}, {options})"


def _by_id(scan: Scan, columns: Columns) -> str:
    # Names and types may have changed since a file was written; a field's number never does.
    fields = [
        f"{scan.fields[name]}: {{name: {text(name)}, type: {text(to_duckdb(kind))}, default_value: NULL}}"
        for name, kind in columns.items()
    ]
    return "MAP {" + ", ".join(fields) + "}"
