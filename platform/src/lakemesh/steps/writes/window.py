"""window: a span of time is made again and replaces what was there."""

from datetime import date, datetime, time, timedelta

from lakemesh.declare.types import Primitive
from lakemesh.engine.change import Everything, Where
from lakemesh.mesh.contract import Contract, Window
from lakemesh.sql import quote
from lakemesh.sql.select import Times
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.keyed import Keyed, settle
from lakemesh.steps.writes.result import columns, plain, select


def inside(contract: Contract, times: Times) -> str:
    """The condition that cuts a result to [since, until); a row whose time is null stays in sight, to be set aside."""
    assert isinstance(contract.write, Window)
    named = quote.name(contract.write.time)
    since, until = (quote.literal(end) for end in _ends(contract, times))
    return f"{named} is null or ({named} >= {since} and {named} < {until})"


def window(judged: Judged, times: Times, anew: bool) -> Draft:
    """`anew`: what lies outside the span goes too, and is not made again."""
    contract = judged.contract
    assert isinstance(contract.write, Window)
    text = settle(judged, Keyed(), columns(judged)) if contract.key else plain(judged)
    since, until = _ends(contract, times)
    span = Where(contract.write.time, since=since, until=until)
    aside = Where("_time", since=times.since, until=times.until)
    removed = (Everything(), Everything()) if anew else (span, aside)
    return Draft(select(judged, text), frozenset({"inserted"}), *removed)


def _ends(contract: Contract, times: Times) -> tuple[datetime | date, datetime | date]:
    """since and until in the type of the time: a date lies in the span where its midnight does."""
    assert isinstance(contract.write, Window)
    assert times.since is not None
    assert times.until is not None
    match contract.types[contract.write.time]:
        case Primitive("date"):
            return midnight(times.since), midnight(times.until)
        case Primitive("timestamp_ntz"):
            return times.since.replace(tzinfo=None), times.until.replace(tzinfo=None)
        case _:
            return times.since, times.until


def midnight(at: datetime) -> date:
    """The first date whose midnight is not before `at`."""
    return at.date() if at.time() == time.min else at.date() + timedelta(days=1)
