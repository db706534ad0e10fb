"""A contract as lines, each with where it is from."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from lakemesh.mesh.contract import (
    Append,
    Arrival,
    Cdc,
    Check,
    Column,
    Contract,
    DailyCopy,
    Format,
    Fresh,
    History,
    Merge,
    Origin,
    Replace,
    Window,
)

NOWHERE = Origin("", 0, "built in")


class Line(NamedTuple):
    """One word of a contract: what it says, and where that stands. `word` of a column: `columns.title.type`."""

    word: str
    value: str
    origin: Origin

    @property
    def place(self) -> str:
        """`path:line`, and how it got here."""
        where = f"{self.origin.path}:{self.origin.line}" if self.origin.path else ""
        how = "" if self.origin.how == "declared" and where else self.origin.how
        return f"{where} ({how})" if where and how else where or how


def explain(contract: Contract) -> tuple[Line, ...]:
    """Every line of it: of the table first, then of each column."""
    return (*_table(contract), *(line for column in contract.columns for line in _column(contract, column)))


def _table(contract: Contract) -> Iterator[Line]:
    def line(word: str, value: str) -> Line:
        return Line(word, value, contract.origins.get(word, NOWHERE))

    yield line("table", str(contract.table))
    yield line("product", str(contract.product))
    plain = {
        "description": contract.description,
        "zone": contract.zone,
        "published": "yes" if contract.published else "no",
        "status": contract.status,
        "owner": contract.owner,
        "steward": contract.steward,
        "team": contract.team,
    }
    yield from (line(word, value) for word, value in plain.items() if value)
    if contract.arrival:
        yield line("from", f"{contract.arrival.by}: {contract.arrival.place}")
        come = contract.origins.get("from", NOWHERE)
        yield from (Line(f"from.{word}", value, come) for word, value in _arrival(contract.arrival))
    if contract.select:
        yield line("select", contract.select.path)
        yield Line("reads", ", ".join(map(str, contract.reads)) or "no table", contract.origins.get("select", NOWHERE))
    yield line("write", _write(contract))
    more = {
        "key": ", ".join(contract.key),
        "repeats": _repeats(contract),
        "partition": ", ".join(
            _partition(field.transform, field.column, field.argument) for field in contract.partition
        ),
        "sort": ", ".join(f"{by.column} desc" if by.descending else by.column for by in contract.sort),
        "max_bad": f"{contract.max_bad * 100:g} %",
        "keep": contract.keep or "for ever",
        "fresh": _fresh(contract.fresh) if contract.fresh else "",
        "classification": contract.classification,
        "engine": contract.engine or "",
        "max_minutes": str(contract.max_minutes or ""),
        "retires": contract.retires or "",
        "replaced_by": contract.replaced_by or "",
        "meta": ", ".join(f"{name}: {value}" for name, value in contract.meta.items()),
    }
    yield from (line(word, value) for word, value in more.items() if value)


def _column(contract: Contract, column: Column) -> Iterator[Line]:
    def line(word: str, value: str) -> Line:
        return Line(f"columns.{column.name}.{word}", value, column.origins.get(word, NOWHERE))

    yield line("type", str(column.type))
    yield from (line(check.word, _check(check)) for check in column.checks)
    plain = {
        "description": column.description,
        "classification": column.classification,
        "term": column.term,
        "unit": column.unit,
        "was": column.was,
        "as": column.source,
        "default": column.default,
    }
    yield from (line(word, value) for word, value in plain.items() if value)


def _arrival(arrival: Arrival) -> Iterator[tuple[str, str]]:
    yield "format", _format(arrival.format)
    yield "take", arrival.take
    yield "delivery", arrival.delivery
    yield "extra", arrival.extra


def _format(said: Format) -> str:
    """What is not plain of it."""
    plain = Format(said.kind)
    words = ("delimiter", "header", "encoding", "quote", "decimal", "dates", "timestamps", "time_zone")
    odd = [f"{word} {getattr(said, word)!r}" for word in words if getattr(said, word) != getattr(plain, word)]
    if said.empty != plain.empty:
        odd.append("null is " + " or ".join(map(repr, said.empty)))
    return ", ".join([said.kind, *odd])


def _write(contract: Contract) -> str:
    match contract.write:
        case Append():
            return "append"
        case Replace():
            return "replace"
        case Merge(newest, deletes):
            return "merge" + (f", newest {newest}" if newest else "") + (f", deletes when {deletes}" if deletes else "")
        case Window(time, lookback, late):
            return f"window of {time}, lookback {span(lookback)}, late rows {late}"
        case Cdc(op, order, deletes):
            return f"cdc, op {op}, order {order or 'of files and rows'}, deletes {deletes}"
        case History(newest, deletes, op):
            closing = [f"closed when {deletes}"] if deletes else []
            closing += [f"closed by a D in {op}"] if op else []
            return ", ".join([f"history, versions by {newest}", *closing])
        case DailyCopy():
            return "daily_copy"


def _repeats(contract: Contract) -> str:
    if contract.within:
        return f"drop within {span(contract.within.span)} by {contract.within.by}"
    return contract.repeats if contract.key else ""


def _partition(transform: str, column: str, argument: int | None) -> str:
    if transform == "identity":
        return column
    return f"{transform}({column})" if argument is None else f"{transform}({argument}, {column})"


def _fresh(fresh: Fresh) -> str:
    return f"within {span(fresh.within)} of " + (f"the newest {fresh.of}" if fresh.of else "when it was last verified")


def _check(check: Check) -> str:
    """`0..100, else warn`."""
    match check.word:
        case "range" | "length":
            said = "..".join("" if side is None else str(side) for side in check.value)
        case "one_of":
            said = ", ".join(map(str, check.value))
        case "refers":
            said = ".".join(map(str, check.value))
        case "matches":
            said = str(check.value[0])
        case _:
            said = "yes"
    return f"{said}, else {check.otherwise}"


def span(value: timedelta) -> str:
    """`26 hours`: in the largest unit that says it exactly."""
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count, rest = divmod(int(value.total_seconds()), size)
        if not rest and count:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{int(value.total_seconds())} seconds"
