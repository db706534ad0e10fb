"""Rows of a window's inputs that were of the future when it was made, and are no longer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Primitive
from lakemesh.lake.snapshot import Snapshot, Spans
from lakemesh.mesh.contract import Contract
from lakemesh.sql import quote
from lakemesh.sql.compared import compared_with
from lakemesh.sql.select import Select
from lakemesh.steps.world import World
from lakemesh.steps.writes.window import midnight

_TIMES = tuple(Primitive(name) for name in ("date", "timestamp", "timestamp_ntz"))


def due(
    world: World, contract: Contract, pins: Mapping[TableName, Snapshot], until: datetime | None, now: datetime
) -> bool:
    """Whether an input has rows from `until`, where the window ended, to `now`. `until` None: it was never made."""
    assert contract.select is not None
    if until is None or until >= now:
        return False
    types = {name: snapshot.columns for name, snapshot in pins.items()}
    compared = compared_with(contract.select, "until", types) or compared_with(contract.select, "since", types)
    return any(_some(world, pins[table], column, until, now) for table, column in sorted(compared))


def _some(world: World, at: Snapshot, column: str, until: datetime, now: datetime) -> bool:
    if at.columns[column] in _TIMES:
        ends = (until, now)
        if at.columns[column] == Primitive("date"):
            ends = (_day(until), _day(now))
        # Nothing is opened unless a file's own statistics say that it may hold such a row.
        within, where = replace(at, within=Spans(column, (ends,))), ""
    else:
        told = f"try_cast({quote.name(column)} as timestamp)"
        within, where = at, f" where {told} >= {quote.literal(until)} and {told} < {quote.literal(now)}"
    text = f"select 1 as due from {quote.table(at.table)}{where} limit 1"
    return any(
        batch.num_rows for batch in world.engine.query(Select(text, (at.table,), "due rows"), {at.table: within})
    )


def _day(at: datetime) -> datetime:
    return datetime.combine(midnight(at), time.min, UTC)
