"""Rows of a window's inputs that changed before `:since`: found in the files that came and went since it was made."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from lakemesh.declare.names import TableName
from lakemesh.errors import Stopped
from lakemesh.events import Noted, Tell
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract, Window
from lakemesh.sql import quote
from lakemesh.sql.compared import compared_with
from lakemesh.sql.select import Select, Times
from lakemesh.steps.times import EARLIEST, start
from lakemesh.steps.world import World


def widened(
    world: World,
    contract: Contract,
    times: Times,
    pins: Mapping[TableName, Snapshot],
    old: Mapping[TableName, int],
    tell: Tell,
) -> Times:
    """The span, moved back to the oldest row that changed before it, or as it was, as `late:` says. Raises Stopped."""
    assert isinstance(contract.write, Window)
    assert times.since is not None
    assert times.until is not None
    oldest, rows = changed(world, contract, times, pins, old)
    if oldest >= times.since:
        return times
    if oldest == EARLIEST:
        return replace(times, since=EARLIEST)
    told = f"{rows:,} rows of its inputs changed before {times.since:%Y-%m-%d %H:%M}"
    told = f"{contract.table}: {told}, the oldest of {oldest:%Y-%m-%d %H:%M}"
    span = f"SINCE={oldest:%Y-%m-%d} UNTIL={times.until + timedelta(days=1):%Y-%m-%d}"
    backfill = f"make backfill PRODUCT={contract.product} {span}"
    if contract.write.late == "stop":
        raise Stopped(told, f"backfill it: {backfill}, or say `late: widen` in {contract.path}")
    if contract.write.late == "warn":
        tell(Noted(f"{told}; they are left out", backfill))
        return times
    tell(Noted(f"{told}; the window is widened to them"))
    return replace(times, since=start(contract, oldest))


def changed(
    world: World,
    contract: Contract,
    times: Times,
    pins: Mapping[TableName, Snapshot],
    old: Mapping[TableName, int],
) -> tuple[datetime, int]:
    """The time of the oldest row that changed before the span, and how many did; the span's own begin where none did,
    and the earliest time there is where nobody can tell any more."""
    assert contract.select is not None
    assert times.since is not None
    oldest, rows = times.since, 0
    if oldest == EARLIEST:
        return oldest, rows
    types = {name: snapshot.columns for name, snapshot in pins.items()}
    for table, column in sorted(compared_with(contract.select, "since", types)):
        if old.get(table) == pins[table].id:
            continue
        if table not in old or not world.lake.keeps(table, old[table]):
            # The snapshot that was read is gone, and with it the difference: only all of it is exact.
            return EARLIEST, 0
        found = list(_changed(world, pins[table], old[table], column, times.since))
        # A row that has other values now is among those that went and among those that came.
        rows += max((count for _, count in found), default=0)
        oldest = min((oldest, *(first for first, _ in found)))
    return oldest, rows


def _changed(world: World, now: Snapshot, before: int, column: str, since: datetime) -> Iterator[tuple[datetime, int]]:
    """The oldest of the rows that came, and of those that went, with their number. A file that was rewritten holds rows
    that did not change: they stand on both sides and cancel out."""
    came = TableName(now.table.domain, f"{now.table.table}__came")
    went = TableName(now.table.domain, f"{now.table.table}__went")
    inputs = {came: replace(now, since=before), went: replace(now, id=before, since=now.id)}
    columns = ", ".join(quote.name(name) for name in now.columns)
    time = f"cast({quote.name(column)} as timestamp)"
    early = {
        side: f"select {columns} from {quote.table(side)} where {time} < {quote.literal(since)}" for side in inputs
    }
    for one, other in ((came, went), (went, came)):
        text = f"select min({time}) as oldest, count(*) as n from ({early[one]} except all {early[other]}) changed"
        for batch in world.engine.query(Select(text, (came, went), "late rows"), inputs):
            for row in batch.to_pylist():
                if row["n"]:
                    yield _instant(row["oldest"]), row["n"]


def _instant(value: datetime | date) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
