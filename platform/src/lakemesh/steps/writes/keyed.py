"""Rows that have a key: which of them wins in its batch, and what it does to the row that the table holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from lakemesh.mesh.contract import Contract
from lakemesh.sql import quote
from lakemesh.steps.writes.alike import comparable
from lakemesh.steps.writes.judged import Judged, own


@dataclass(frozen=True, slots=True)
class Keyed:
    """How rows of one key settle. `newest`: the column that says which version is later (None: nothing does).
    `delete`: a condition of rows that delete their key. `known`: the fate of a row that the table has as it is.
    `over`: whether a row replaces the table's. `settled`: whether order alone decides, so that nothing is ever a
    repeat. `base`: the relation to meet, None for none. `buried`: the relation of tombstones, None for none."""

    newest: str | None = None
    delete: str | None = None
    known: str = "repeated"
    over: bool = False
    settled: bool = False
    base: str | None = None
    buried: str | None = None


def settle(judged: Judged, how: Keyed, columns: Sequence[str]) -> str:
    """The whole SELECT: `columns` are the expressions of the table's own columns over the last CTE."""
    contract = judged.contract
    key = [quote.name(name) for name in contract.key]
    newest = quote.name(how.newest) if how.newest else None
    compared = [c.name for c in own(contract)] + (["_op", "_sequence"] if how.settled else [])
    same = [comparable(name, contract.types.get(name)) for name in compared]
    if not (how.newest and how.settled):
        # Values break ties last, so that which row is the first does not depend on how the files were read.
        order = [f"{newest} desc nulls last"] if newest else []
        order += (["_source_file"] if judged.landed else []) + same
    else:
        order = [f"{newest} desc nulls last", "_source_row desc"]
    alike = f"partition by _broke is null, {', '.join(key)}"
    window = f"{alike} order by {', '.join(order)}"
    first = f", first_value({newest}) over ({window}) as _first" if newest and not how.settled else ""
    places = (
        f"row_number() over ({window}) as _nth,\n"
        f"  row_number() over ({alike}, {', '.join(same)} order by {', '.join(order)}) as _copy{first}"
    )
    alone = f"1 as _nth, 1 as _copy{f', j.{newest} as _first' if first else ''}"
    ranked = _ranked(judged, key, places, alone)
    only_met = _among_keys(key) if judged.again else ""
    met, joins = ["r.*"], ""
    if how.base:
        needed = (*_base_values(contract, how), *([how.newest] if how.newest else []))
        values = list(dict.fromkeys((*contract.key, *needed)))
        renamed = ", ".join(f"{quote.name(n)} as {quote.name('_base_' + n)}" for n in values)
        on = " and ".join(f"r.{quote.name(n)} = b.{quote.name('_base_' + n)}" for n in contract.key)
        # Where rows replace the table's, only the winner meets it; else each row may be the one that is there already.
        only = "r._broke is null and r._nth = 1" if how.over else "r._broke is null"
        joins += f"\n  left join (select {renamed} from {how.base} t{only_met}) b on {only} and {on}"
        equal = " and ".join(
            f"{comparable(n, contract.types[n], 'r')} <=> {comparable(n, contract.types[n], 'b', '_base_')}"
            for n in _base_values(contract, how)
        )
        met += [f"b.{quote.name('_base_' + contract.key[0])} is not null as _met"]
        met += [] if how.settled else [f"({equal}) as _equal"]
        met += [f"b.{quote.name('_base_' + how.newest)} as _had"] if how.newest else []
    if how.buried:
        on = " and ".join(f"r.{k} = d.{k}" for k in key)
        among = f"{how.buried} t{only_met}"
        graves = f"select {', '.join(key)}, max(_sequence) as _buried from {among} group by {', '.join(key)}"
        joins += f"\n  left join ({graves}) d on r._broke is null and r._nth = 1 and {on}"
        met += ["d._buried"]
    last = f"met as (select {', '.join(met)} from ranked r{joins})"
    fate, repeats = _fate(contract, how, newest)
    told = judged.told([(repeats, "key", ", ".join(contract.key), _told(contract))] if repeats else [])
    chosen = ",\n  ".join([*columns, told, judged.fated(fate)])
    return f"with {judged.text},\n{ranked},\n{last}\nselect {chosen}\nfrom met"


def _ranked(judged: Judged, key: Sequence[str], places: str, alone: str) -> str:
    """CTEs that end in `ranked`: each row with its place among those of its key. Ordering is what costs most, so a key
    is counted first, and only the rows of those that came more than once are put in order."""
    if not judged.again:
        return f"ranked as (select *, {places}\n  from judged)"
    names = ", ".join(f"_key_{n}" for n in range(len(key)))
    on = " and ".join(f"j.{name} = r._key_{n}" for n, name in enumerate(key))
    return (
        f"keys as (select {names}, count(*) as _times from ({judged.keys}) k group by {names}),\n"
        f"repeated as (select {names} from keys where _times > 1),\n{judged.again},\n"
        f"ranked as (select j.*, {alone} from judged j left anti join repeated r on {on}\n"
        f"  union all select *, {places}\n  from judged_again)"
    )


def _among_keys(key: Sequence[str]) -> str:
    """Of a table, only the rows whose key came: what is met is small, however large the table is."""
    return " left semi join keys k on " + " and ".join(f"t.{name} = k._key_{n}" for n, name in enumerate(key))


def _base_values(contract: Contract, how: Keyed) -> list[str]:
    return ["_sequence"] if how.settled else [c.name for c in own(contract)]


def _fate(contract: Contract, how: Keyed, newest: str | None) -> tuple[str, str]:
    """The `_fate` expression, and the condition of rows that repeat a key with other values."""
    cases = [("_broke is not null", "'quarantined'"), ("_copy > 1", "'repeated'")]
    cases += [] if how.over or not how.base else [("_met and _equal", f"'{how.known}'")]
    ties: list[str] = []
    if how.settled:
        cases.append(("_nth > 1", "'superseded'"))
    elif newest:
        cases.append((f"_nth > 1 and not ({newest} <=> _first)", "'superseded'"))
        ties.append("_nth > 1")
    else:
        ties.append("_nth > 1")
    rest: list[tuple[str, str]] = []
    if how.buried and newest:
        # A row that the table holds is alive: its delete was overtaken, or rolled back. What has the place of the
        # delete itself is the delete once more, or what it took away: as with a row that lives, equal is not newer.
        late = f"_buried >= {newest} or (_buried is not null and {newest} is null)"
        rest.append((f"not _met and ({late})", "'superseded'"))
    if how.base:
        if newest:
            rest.append((f"_met and (_had > {newest} or (_had is not null and {newest} is null))", "'superseded'"))
            if how.settled:
                rest.append((f"_met and _had <=> {newest} and _had is not null", "'unchanged'"))
            else:
                rest.append((f"_met and _had <=> {newest} and _equal", f"'{how.known}'"))
                ties.append(f"_met and _had <=> {newest} and not _equal")
        elif how.over:
            stays = f" and not coalesce({how.delete}, false)" if how.delete else ""
            rest.append((f"_met and _equal{stays}", f"'{how.known}'"))
        else:
            ties.append("_met")
    fresh = "_copy = 1 and _broke is null" + ("" if how.over or not how.base else " and not (_met and _equal)")
    repeats = f"{fresh} and (" + " or ".join(f"({tie})" for tie in ties) + ")" if ties else ""
    if repeats and newest:
        # A tie in the batch only counts where the loser is not simply older.
        repeats = f"{repeats} and not (_nth > 1 and not ({newest} <=> _first))"
    tied = "'repeated'" if contract.repeats == "drop" else "'quarantined'"
    ordered = cases + ([(repeats, tied)] if repeats else []) + rest
    if how.delete:
        ordered.append((f"coalesce({how.delete}, false)", "'deleted'"))
    if how.over and how.base:
        ordered.append(("_met", "'updated'"))
    text = "case " + " ".join(f"when {condition} then {fate}" for condition, fate in ordered) + " else 'inserted' end"
    return text, "" if contract.repeats == "drop" else repeats


def _told(contract: Contract) -> str:
    return f"Another row has the same {', '.join(contract.key)} and other values."
