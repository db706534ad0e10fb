"""append with `repeats: {drop: 3 days, by: …}`: what a stream delivers again within the span is dropped and counted."""

from datetime import UTC, datetime, timedelta

from lakemesh.lake.snapshot import Spans
from lakemesh.mesh.contract import Within
from lakemesh.sql import quote
from lakemesh.steps.writes.alike import comparable
from lakemesh.steps.writes.judged import Judged, own
from lakemesh.steps.writes.result import columns

_DAY = timedelta(days=1)
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


def spanned(judged: Judged, base: str | None) -> str:
    """The whole SELECT. A row is dropped where its key came less than the span before it in the batch, or stands in the
    table less than the span away, on either side. `base`: the relation of the table, None for none."""
    contract = judged.contract
    assert contract.within is not None
    keys, span = [quote.name(name) for name in contract.key], contract.within.span // timedelta(microseconds=1)
    at = f"unix_micros(cast({quote.name(contract.within.by)} as timestamp))"
    # Values break ties last, so that which row is the first does not depend on how the files were read.
    order = ", ".join(["_at", "_source_file", *(comparable(column.name, column.type) for column in own(contract))])
    text = f"""with {judged.text},
timed as (select *, {at} as _at from judged),
ranked as (select *, lag(_at) over (partition by _broke is null, {", ".join(keys)} order by {order}) as _before
  from timed)"""
    last, near = "ranked", f"_at - _before < {span}L"
    if base:
        # One row a key, so that no row that came is multiplied.
        named = ", ".join(f"{key} as _key_{n}" for n, key in enumerate(keys))
        on = " and ".join(f"r.{key} = b._key_{n}" for n, key in enumerate(keys))
        text += f""",
held as (select {named}, collect_list({at}) as _held from {base} group by {", ".join(keys)}),
met as (select r.*, b._held from ranked r left join held b on r._broke is null and {on})"""
        last, near = "met", f"{near} or exists(_held, x -> abs(x - _at) < {span}L)"
    fate = f"case when _broke is not null then 'quarantined' when {near} then 'repeated' else 'inserted' end"
    chosen = ",\n  ".join([*columns(judged), judged.told(), judged.fated(fate)])
    return f"{text}\nselect {chosen}\nfrom {last}"


def meeting(within: Within, days: list[datetime]) -> Spans:
    """What of the table rows of these days may meet. `days`: midnights in UTC, in order. Days apart are spans apart, so
    that one row of a wrong year does not open all files between."""
    ends = [(_moved(day, -within.span), _moved(day, _DAY + within.span)) for day in days]
    joined: list[tuple[datetime, datetime]] = ends[:1]
    for since, until in ends[1:]:
        if since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], until)
        else:
            joined.append((since, until))
    return Spans(within.by, tuple(joined))


def _moved(at: datetime, by: timedelta) -> datetime:
    """As far as there are dates."""
    try:
        return at + by
    except OverflowError:
        return _LAST if by > timedelta(0) else _FIRST
