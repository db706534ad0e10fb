"""window: a span of time is made again and replaces what was there."""

from datetime import datetime

from lakemesh.declare.types import Primitive
from lakemesh.engine.change import Where
from lakemesh.mesh.contract import Contract, Window
from lakemesh.sql import quote
from lakemesh.sql.select import Times
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.keyed import Keyed, settle
from lakemesh.steps.writes.result import columns, plain, select


def inside(contract: Contract, times: Times) -> str:
    """The condition that cuts a result to [since, until); a row whose time is null stays in sight, to be set aside."""
    assert isinstance(contract.write, Window) and times.since is not None and times.until is not None
    time = quote.name(contract.write.time)
    return f"{time} is null or ({time} >= {_end(contract, times.since)} and {time} < {_end(contract, times.until)})"


def window(judged: Judged, times: Times) -> Draft:
    contract = judged.contract
    assert isinstance(contract.write, Window)
    text = settle(judged, Keyed(), columns(judged)) if contract.key else plain(judged)
    span = Where(contract.write.time, since=times.since, until=times.until)
    return Draft(select(judged, text), frozenset({"inserted"}), span, Where("_time", since=times.since, until=times.until))


def _end(contract: Contract, end: datetime) -> str:
    assert isinstance(contract.write, Window)
    kind = contract.types[contract.write.time]
    return f"cast({quote.literal(end)} as {kind})" if kind != Primitive("timestamp") else quote.literal(end)
