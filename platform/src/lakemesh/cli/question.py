"""A question over published snapshots, and its answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from itertools import chain

import pyarrow as pa

from lakemesh.cli.open import Here, now
from lakemesh.declare.names import TableName
from lakemesh.errors import Mistake, Mistakes
from lakemesh.lake.snapshot import Snapshot
from lakemesh.sql.columns import qualify
from lakemesh.sql.select import Times, bind, read

SQL = "SQL"
"""The file name in messages, as `make query` spells it."""

BARE = "this"
"""Stands as the domain of tables that were named without one, so that they can be told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Names and types of what comes, and the rows, once."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


def ask(here: Here, sql: str, as_of: datetime | int | None = None) -> Answer:
    """The rows of one SELECT over what was published, now or then. Raises Mistakes at line and column of the SQL."""
    select = read(sql, SQL, BARE)
    for word in sorted(select.parameters - {"now"}):
        remedy = "write the time itself: timestamp '2013-02-01 00:00:00'"
        raise Mistakes(_at(sql, f":{word}", f":{word} belongs to transforms", remedy))
    select = bind(select, Times(as_of if isinstance(as_of, datetime) else now()))
    if isinstance(as_of, int) and len(select.reads) > 1:
        tables = ", ".join(map(str, select.reads))
        raise Mistakes.of(f"a snapshot is of one table, and this reads {tables}", "say a time: AS_OF=2013-02-01T06:30")
    snapshots = {table: _snapshot(here, sql, table, as_of) for table in select.reads}
    qualified = qualify(select, {table: at.columns for table, at in snapshots.items()})
    batches = here.engine.query(qualified, snapshots)
    first = next(batches, None)
    if first is None:
        names = here.engine.describe(qualified, {table: at.columns for table, at in snapshots.items()})
        return Answer(pa.schema([(name, pa.string()) for name in names]), iter(()))
    return Answer(first.schema, chain([first], batches))


def _snapshot(here: Here, sql: str, table: TableName, as_of: datetime | int | None) -> Snapshot:
    # A table is there, empty, from its first run on; it is published when a run says so.
    found = here.lake.head(table, as_of, stopped=True)
    if found and (isinstance(as_of, int) or here.lake.properties(table).get("lakemesh.run")):
        return found
    known = here.lake.tables()
    if table.domain == BARE:
        same = sorted(str(name) for name in known if name.table == table.table)
        remedy = f"say {' or '.join(same)}" if same else "say domain.table, such as flights.departure"
        raise Mistakes(_at(sql, table.table, f'"{table.table}" is named without its domain', remedy))
    if table in known:
        when = f" at {as_of}" if as_of is not None else " yet"
        what = f"{table} had nothing published{when}"
        raise Mistakes(_at(sql, str(table), what, f"make history TABLE={table} shows what there was"))
    close = get_close_matches(str(table), [str(name) for name in known], 1, 0.5)
    if close:
        remedy = f'did you mean "{close[0]}"?'
    elif known:
        remedy = "make status lists the tables"
    else:
        remedy = "nothing is published yet: make run PRODUCT=…, or make demo"
    raise Mistakes(_at(sql, str(table), f"there is no table {table}", remedy))


def _at(sql: str, word: str, what: str, remedy: str) -> Mistake:
    """A mistake where the word first stands in the SQL."""
    found = re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", sql, re.IGNORECASE)
    if not found:
        return Mistake(SQL, 0, 0, what, remedy)
    before = sql[: found.start()]
    return Mistake(SQL, before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1, what, remedy)
