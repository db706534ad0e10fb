"""`:since` and `:until` of a window: whole partitions, so that what is made again is exact."""

from datetime import UTC, datetime, timedelta

from lakemesh.declare.types import Primitive
from lakemesh.errors import Mistakes
from lakemesh.mesh.contract import Contract, Window
from lakemesh.sql.select import Times

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


def span(contract: Contract, now: datetime, until: datetime | None) -> Times:
    """What a run makes: up to `now`, from the partition of the last published `until` less the lookback.
    `until` None: all there is."""
    assert isinstance(contract.write, Window)
    if until is None:
        return Times(now, EARLIEST, now)
    return Times(now, start(contract, until - contract.write.lookback), now)


def backfill(contract: Contract, now: datetime, since: datetime | None, until: datetime | None) -> Times:
    """A span that a person named, widened to whole partitions: half a month made again would lose the other half."""
    low = start(contract, since) if since else EARLIEST
    high = min(end(contract, until), now) if until else now
    if low >= high:
        raise Mistakes.of(
            f"nothing lies between {low:%Y-%m-%d %H:%M} and {high:%Y-%m-%d %H:%M}", "give a SINCE that is before UNTIL"
        )
    return Times(now, low, high)


def start(contract: Contract, at: datetime) -> datetime:
    """Where the partition begins in which `at` lies."""
    match _grain(contract):
        case "year":
            return at.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        case "month":
            return at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        case "hour":
            return at.replace(minute=0, second=0, microsecond=0)
        case _:
            return at.replace(hour=0, minute=0, second=0, microsecond=0)


def end(contract: Contract, at: datetime) -> datetime:
    """The first instant at or after `at` at which a partition begins."""
    begun = start(contract, at)
    if begun == at:
        return at
    steps = {"year": 366, "month": 31, "hour": 1 / 24}
    return start(contract, begun + timedelta(days=steps.get(_grain(contract), 1)))


def _grain(contract: Contract) -> str:
    assert isinstance(contract.write, Window)
    for field in contract.partition:
        if field.column == contract.write.time and field.transform in ("year", "month", "day", "hour"):
            return field.transform
    # Identity of a date is a day; anything finer has no partition of its own to be whole.
    return "day" if contract.types[contract.write.time] == Primitive("date") else "hour"
