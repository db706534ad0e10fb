"""Rows with the first rule that each of them breaks: the part of the SELECT that every kind of write shares."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lakemesh.declare.types import Primitive, Type
from lakemesh.mesh.contract import Cdc, Column, Contract, Format, History, Window
from lakemesh.quality.contract import row_rules
from lakemesh.sql import quote
from lakemesh.steps.writes.casts import cast

# Files of DMS count by the time in their names, whatever folder they lie in; others by their paths, in which numbers
# count as numbers: each is filled up with zeros, and cut to one length.
_TIME_IN_NAME = "substring_index(_source_file, '/', -1)"
_FILLED = "regexp_replace(concat(_source_file, '/'), '([0-9]+)', '00000000000000000000$1')"
_NATURAL = f"regexp_replace({_FILLED}, '0*([0-9]{{20}})([^0-9])', '$1$2')"
_ALL_TIME = ((date.min, "00:00:00.000000"), (date.max, "23:59:59.999999"))
_UNDECLARED = "The row has keys that are not declared (extra: stop)."
# The same, with the keys by name.
_STRANGERS = "concat('These keys are not declared (extra: stop): ', array_join(json_object_keys(_extra), ', '), '.')"


@dataclass(frozen=True, slots=True)
class Judged:
    """CTEs that end in one called `judged`: the table's columns, `_broke` (number of the broken rule, else null) and
    what the quarantine needs. `breaks` are the rules by that number: id, column, sentence. `landed`: whether the rows
    are arrivals, whose text is known, or those of a SELECT."""

    text: str
    contract: Contract
    breaks: tuple[tuple[str, str, str], ...]
    now: datetime
    run: str
    landed: bool
    done: str = ""
    """A condition of rows that the table has already, whatever it looks like: they are dropped and counted."""
    keys: str = ""
    """A SELECT of every row's key alone, as `_key_0` and so on; empty where the rows must not be read twice."""
    again: str = ""
    """The CTEs once more, as `judged_again`, of only those rows whose key stands in a relation called `repeated`."""

    def fated(self, fate: str) -> str:
        """The `_fate` column, as every SELECT ends."""
        if not self.done:
            return f"{fate} as _fate"
        again = f"{self.done} and ({fate}) in ('inserted', 'updated', 'deleted')"
        return f"case when {again} then 'repeated' else {fate} end as _fate"

    def told(self, extra: Sequence[tuple[str, str, str, str]] = ()) -> str:
        """The quarantine's columns, each null of a row that is not set aside. `extra`: (condition, rule, column,
        reason) of rows that another CTE found, looked at where `_broke` is null."""

        def case(place: int) -> str:
            cases = "".join(f" when {n} then {quote.literal(rule[place])}" for n, rule in enumerate(self.breaks))
            broke = f"case _broke{cases} end" if self.breaks else "cast(null as string)"
            others = "".join(f" when {bad} then {quote.literal(parts[place])}" for bad, *parts in extra)
            return f"case when _broke is not null then {broke}{others} end"

        reason = case(2).replace(quote.literal(_UNDECLARED), _STRANGERS)
        if self.landed:
            reason = f"case when _broken is not null then _broken else {reason} end"
        aside = " or ".join(["_broke is not null", *(f"({bad})" for bad, *_ in extra)])
        line = "_line" if self.landed else "cast(null as string)"
        place = "_source_line" if self.landed else "cast(null as bigint)"
        row = "_source_row" if self.landed else "cast(null as bigint)"
        when = quote.literal(self.now)
        file = "_source_file" if self.landed else "cast(null as string) as _source_file"
        return ",\n  ".join(
            [
                f"{case(0)} as _rule",
                f"{case(1)} as _column",
                f"{reason} as _reason",
                f"case when {aside} then coalesce({line}, to_json(struct({self._raw()}))) end as _raw",
                file,
                f"{place} as _source_line",
                f"{row} as _source_row",
                f"{self._time()} as _time",
                f"{quote.literal(self.run)} as _run",
                f"{when} as _quarantined_at",
            ]
        )

    def _raw(self) -> str:
        names = [column.name for column in own(self.contract)]
        write = self.contract.write
        if self.landed and self.contract.op is not None:
            names += ["_op", "_order"] if isinstance(write, Cdc) and write.order else ["_op"]
        names += ["_extra"] if self.landed and "_extra" in self.contract.types else []
        typed = self.landed and {column.name for column in own(self.contract)}
        texts = {name: name + "__text" if typed and name in typed else name for name in names}
        return ", ".join(f"{quote.name(text)} as {quote.name(name)}" for name, text in texts.items())

    def _time(self) -> str:
        time = getattr(self.contract.write, "time", None)
        return f"cast({quote.name(time)} as timestamp)" if time else "cast(null as timestamp)"


def own(contract: Contract) -> tuple[Column, ...]:
    """The columns that come with the data; the others are added here."""
    return tuple(column for column in contract.columns if not column.added)


def landed(
    contract: Contract, now: datetime, run: str, source: str, numbered: bool, done: str = "", also: Sequence[str] = ()
) -> Judged:
    """Of arrivals: `source` is the relation of text, each column cast as the contract says; `numbered`: it has
    `_source_row`. `done`: the name of a boolean column of it that is true of rows that the table has already.
    `also`: further columns of it that the write looks at."""
    arrival = contract.arrival
    assert arrival is not None
    columns = own(contract)
    casts = [f"{cast(column, arrival.format)} as {quote.name(column.name)}" for column in columns]
    texts = [f"{quote.name(column.name)} as {quote.name(column.name + '__text')}" for column in columns]
    row = "_source_row" if numbered else "cast(null as bigint) as _source_row"
    more = ["_broken", "_raw as _line", "_source_file", "_source_line", row]
    strict = arrival.extra == "stop" and arrival.format.kind == "json"
    more += ["_extra"] if arrival.extra == "store" or strict else []
    more += ["_op"] if contract.op is not None else []
    if isinstance(contract.write, Cdc):
        more.append(_sequence(contract, contract.write, arrival.format))
        more += ["_order"] if contract.write.order else []
    more += [done] if done else []
    more += also
    breaks = [("row", "", "The line is not a row.")]
    conditions = ["_broken is not null"]
    if strict:
        conditions.append("_extra is not null")
        breaks.append(("extra", "", _UNDECLARED))
    for column in columns:
        if column.type != Primitive("string") or arrival.format.kind == "parquet":
            name, text = quote.name(column.name), quote.name(column.name + "__text")
            conditions.append(f"{_unfit(name, column.type)} and {text} is not null")
            breaks.append((f"{column.name}:type", column.name, f"{column.name} is not {_article(str(column.type))}."))
    if contract.op is not None:
        conditions.append("_op is not null and _op not in ('I', 'U', 'D')")
        breaks.append(("op", contract.op, f"{contract.op} is I, U or D."))
    chosen = ", ".join(casts + texts + more)
    judged = _judge(contract, f"typed as (select {chosen} from {source})", conditions, breaks, now, run, True)
    if done or not contract.key:
        return replace(judged, done=done)
    keys = [cast(contract.column(name), arrival.format) for name in contract.key]
    # Only these rows are cast again: the filter stands before all else.
    on = " and ".join(f"{key} = r._key_{n}" for n, key in enumerate(keys))
    some = f"select s.* from {source} s left semi join repeated r on {on}"
    return replace(
        judged,
        keys=f"select {', '.join(f'{key} as _key_{n}' for n, key in enumerate(keys))} from {source}",
        again=f"typed_again as (select {chosen} from ({some}) s),\n"
        f"judged_again as (select *, {_broke(conditions)} from typed_again)",
    )


def _unfit(name: str, kind: Type) -> str:
    """Whether it is no value of the column's type; or one of a year that Python, and so Iceberg's statistics, lacks."""
    match kind:
        case Primitive("date"):
            first, last = quote.literal(date.min), quote.literal(date.max)
        case Primitive("timestamp"):
            first, last = (quote.literal(datetime.fromisoformat(f"{day} {at}Z")) for day, at in _ALL_TIME)
        case Primitive("timestamp_ntz"):
            first, last = (f"cast('{day} {at}' as timestamp_ntz)" for day, at in _ALL_TIME)
        case _:
            return f"{name} is null"
    return f"({name} is null or {name} < {first} or {name} > {last})"


def selected(contract: Contract, text: str, now: datetime, run: str, where: str = "") -> Judged:
    """Of a SELECT: its result cast to the contract."""
    columns = own(contract)
    casts = [f"try_cast({quote.name(c.name)} as {c.type}) as {quote.name(c.name)}" for c in columns]
    keeps = [f"{quote.name(c.name)} is not null as {quote.name(c.name + '__had')}" for c in columns]
    conditions = [f"{_unfit(quote.name(c.name), c.type)} and {quote.name(c.name + '__had')}" for c in columns]
    breaks = [(f"{c.name}:type", c.name, f"{c.name} does not fit {c.type}.") for c in columns]
    if isinstance(contract.write, Window):
        # No span would ever take such a row out again.
        time = contract.write.time
        conditions.append(f"{quote.name(time)} is null")
        breaks.append((f"{time}:not_null", time, f"{time} is not null."))
    typed = f"yielded as (\n{text}\n),\ntyped as (select {', '.join(casts + keeps)} from yielded)"
    if where:
        typed += f",\ncut as (select * from typed where {where})"
    return _judge(contract, typed, conditions, breaks, now, run, False, "cut" if where else "typed")


def _judge(
    contract: Contract,
    typed: str,
    conditions: list[str],
    breaks: list[tuple[str, str, str]],
    now: datetime,
    run: str,
    arrived: bool,
    of: str = "typed",
) -> Judged:
    needed = (*contract.key, contract.write.newest) if isinstance(contract.write, History) else contract.key
    for rule in row_rules(contract):
        if rule.in_scan and (contract.op is None or rule.column in needed):
            conditions.append(rule.bad)
            breaks.append((rule.id, rule.column, rule.sentence))
        elif rule.in_scan:
            # The row of a delete carries what the source logged of it, often only the key.
            conditions.append(f"coalesce(_op, 'I') <> 'D' and ({rule.bad})")
            breaks.append((rule.id, rule.column, rule.sentence))
    text = f"{typed},\njudged as (select *, {_broke(conditions)} from {of})"
    return Judged(text, contract, tuple(breaks), now, run, arrived)


def _broke(conditions: Sequence[str]) -> str:
    cases = "".join(f"\n    when {bad} then {n}" for n, bad in enumerate(conditions))
    return f"case{cases}\n  end as _broke"


def _sequence(contract: Contract, write: Cdc, form: Format) -> str:
    if write.order is not None:
        return f"{cast(replace(contract.column('_sequence'), name='_order'), form)} as _sequence"
    # The order of files and, in a file, of rows; a full load has no operation and comes before all changes.
    assert contract.arrival is not None
    file = _TIME_IN_NAME if contract.arrival.by == "dms" else _NATURAL
    place = f"concat({file}, ':', lpad(cast(_source_row as string), 12, '0'))"
    return f"case when _op is null then null else {place} end as _sequence"


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
