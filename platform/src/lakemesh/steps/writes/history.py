"""history: every version of a key, from its own time until the next one or a delete, in whatever order they come."""

from collections.abc import Sequence

from lakemesh.engine.change import Everything, Keys, Where
from lakemesh.mesh.contract import Contract, History
from lakemesh.quality.quarantine import quarantine
from lakemesh.sql import quote
from lakemesh.steps.writes.alike import comparable
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.judged import Judged, own
from lakemesh.steps.writes.result import columns, select

# What this write says itself: when a version holds follows from its neighbours.
_DATES = ("valid_from", "valid_to", "is_current")


def history(judged: Judged, files: tuple[str, ...] | None) -> Draft:
    """`files`: what the rows came from, None of a SELECT. Versions whose end has changed are taken out and written
    again: rows without a fate, for they were not read."""
    contract = judged.contract
    assert isinstance(contract.write, History)
    aside = Everything() if files is None else Where("_source_file", among=files)
    mended = Keys(contract.unique, frozenset({None}))
    rows = select(judged, _text(judged, contract.write))
    return Draft(rows, frozenset({"inserted", None}), mended, aside, buries=contract.write.closes)


def _text(judged: Judged, write: History) -> str:
    contract = judged.contract
    newest, keys = quote.name(write.newest), ", ".join(map(quote.name, contract.key))
    same = ", ".join(comparable(column.name, column.type) for column in own(contract))
    alike = f"partition by _broke is null, _ends, {keys}, {newest}"
    # Values break ties last, so that which row is the first does not depend on how the files were read.
    order = f"order by {'_source_file, ' if judged.landed else ''}{same}"
    return f"""with {judged.text},
marked as (select *, {_delete(write)} as _ends from judged),
ranked as (select *, row_number() over ({alike} {order}) as _nth,
  row_number() over (partition by _broke is null, _ends, {same} {order}) as _copy from marked),
touched as (select distinct {keys} from ranked where _broke is null and _nth = 1),
{_known(contract, write)},
met as (select r.*, o.valid_from is not null as _met, {_equal(contract)} as _equal, e._at is not null as _known
  from ranked r
  left join old o on r._broke is null and not r._ends and {_on(contract, "r", "o")} and r.{newest} = o.valid_from
  left join ends e on r._broke is null and r._ends and r._nth = 1 and {_on(contract, "r", "e")} and r.{newest} = e._at),
{_pool(judged, write)}"""


def _delete(write: History) -> str:
    said = [f"coalesce(({write.deletes}), false)"] if write.deletes else []
    said += ["coalesce(_op = 'D', false)"] if write.op else []
    return f"({' or '.join(said)})" if said else "false"


def _known(contract: Contract, write: History) -> str:
    """`old`: the versions of the touched keys that the table has; `ends`: when these keys were deleted, by the table
    itself and, as long as they are remembered, by its deletes."""
    keys = ", ".join(map(quote.name, contract.key))
    held = ", ".join(f"b.{quote.name(name)}" for name in contract.types)
    table = quote.table(contract.table)
    after = f"lead(b.valid_from) over (partition by {_of('b', contract.key)} order by b.valid_from)"
    # A version that does not end where the next begins was deleted then.
    shown = f"select {keys}, valid_to as _at from old where valid_to is not null and not (valid_to <=> _after)"
    text = f"""old as (select {held}, {after} as _after from {table} b
  left semi join touched t on {_on(contract, "b", "t")})"""
    if not write.closes:
        return f"{text},\nends as (select distinct {keys}, _at from ({shown}) shown)"
    # What the table shows to have held across a delete outlived it: the delete was rolled back, or never published.
    return f"""{text},
graves as (select {_of("d", contract.key)}, d._sequence as _at from {quote.table(contract.table.deletes)} d
  left semi join touched t on {_on(contract, "d", "t")}),
buried as (select g.* from graves g left anti join old o on {_on(contract, "g", "o")}
  and o.valid_from <= g._at and (o.valid_to is null or o.valid_to > g._at)),
ends as (select distinct {keys}, _at from ({shown} union all select {keys}, _at from buried) shown)"""


def _equal(contract: Contract) -> str:
    pairs = [
        f"{comparable(column.name, column.type, 'r')} <=> {comparable(column.name, column.type, 'o')}"
        for column in own(contract)
    ]
    return f"({' and '.join(pairs)})"


def _pool(judged: Judged, write: History) -> str:
    """Rows that came, versions that were there, and deletes, in one line of time: a version ends where the next of them
    stands. Those that were there are written again where that moved."""
    contract = judged.contract
    newest, kind = quote.name(write.newest), contract.types[write.newest]
    keys = ", ".join(map(quote.name, contract.key))
    names = [name for name in contract.types if name not in (*_DATES, "_source_file")]
    beside = {column.name: str(column.type) for column in quarantine(contract).columns}
    tie = "not _ends and _copy = 1 and not coalesce(_met and _equal, false) and (_nth > 1 or _met)"
    told = "" if contract.repeats == "drop" else f"_broke is null and {tie}"
    told_as = [(told, "key", ", ".join(contract.key), _sentence(contract))] if told else []
    grave = [f"{newest} as _sequence", f"{quote.literal(judged.now)} as _deleted_at"] if write.closes else []
    came = [*columns(judged, _DATES), judged.told(told_as), *grave, judged.fated(_fate(contract, tie))]
    graves = ["_sequence", "_deleted_at"] if write.closes else []
    nothing = [f"cast(null as {kind}) as _sequence", "cast(null as timestamp) as _deleted_at"] if write.closes else []
    nothing.append("cast(null as string) as _fate")
    empty = {name: f"cast(null as {beside[name]}) as {name}" for name in beside}
    was = dict(empty)
    if "_source_file" in contract.types:
        was["_source_file"] = "_source_file"
    blank = [
        quote.name(name) if name in contract.key else f"cast(null as {contract.types[name]}) as {quote.name(name)}"
        for name in names
    ]
    all_names = [*map(quote.name, names), *beside, *graves, "_fate"]
    current = "case when _kind = 0 then _to is null end"
    dated = f"case when _kind = 0 then _at end as valid_from, _to as valid_to, {current} as is_current"
    return f"""fated as (select {_lines(came)}
  from met),
pool as (
  select {", ".join(all_names)}, {newest} as _at, cast(null as {kind}) as _until, false as _old,
    case _fate when 'inserted' then 0 when 'deleted' then 1 else 2 end as _kind from fated
  union all select {_lines([*map(quote.name, names), *was.values(), *nothing])},
    valid_from as _at, valid_to as _until, true as _old, 0 as _kind from old
  union all select {_lines([*blank, *empty.values(), *nothing])},
    _at, cast(null as {kind}) as _until, true as _old, 1 as _kind from ends),
lined as (select *, case when _kind = 0 then
    lead(_at) over (partition by _kind = 2, {keys} order by _at, _kind) end as _to from pool)
select {", ".join(all_names)}, {dated}
from lined where not _old or (_kind = 0 and not (_to <=> _until))"""


def _fate(contract: Contract, tie: str) -> str:
    tied = "'repeated'" if contract.repeats == "drop" else "'quarantined'"
    cases = [
        ("_broke is not null", "'quarantined'"),
        ("_copy > 1 or (_ends and _nth > 1)", "'repeated'"),
        ("_ends and _known", "'unchanged'"),
        ("_ends", "'deleted'"),
        ("_met and _equal", "'unchanged'"),
        (tie, tied),
    ]
    return "case " + " ".join(f"when {condition} then {fate}" for condition, fate in cases) + " else 'inserted' end"


def _sentence(contract: Contract) -> str:
    assert isinstance(contract.write, History)
    return f"Another row has the same {', '.join((*contract.key, contract.write.newest))} and other values."


def _on(contract: Contract, one: str, other: str) -> str:
    return " and ".join(f"{one}.{quote.name(name)} = {other}.{quote.name(name)}" for name in contract.key)


def _of(alias: str, names: Sequence[str]) -> str:
    return ", ".join(f"{alias}.{quote.name(name)}" for name in names)


def _lines(parts: Sequence[str]) -> str:
    return ",\n    ".join(parts)
