"""All checks at once: one scan per round for what they count, and a statement for whatever needs its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.quality.expectations.ask import Answer, Ask, Check, Outcome, Row, Statement, Unfit
from lakemesh.quality.expectations.at import At

Read: TypeAlias = Callable[[str, tuple[TableName, ...]], Iterator[Row]]
"""Runs Spark SQL that reads these tables."""


@dataclass(slots=True)
class _Running:
    """One check that is not done yet, and what it asks now."""

    at: At
    check: Check
    ask: Ask = field(default_factory=Ask)


def run(checks: Sequence[tuple[At, Callable[[], Check]]], read: Read) -> tuple[Outcome, ...]:
    """The outcome of each, in their order. What cannot be asked fails by itself, and takes no other with it."""
    outcomes: dict[int, Outcome] = {}
    running: dict[int, _Running] = {}
    for place, (at, begin) in enumerate(checks):
        try:
            check = begin()
            running[place] = _Running(at, check, next(check))
        except StopIteration as done:
            outcomes[place] = done.value
        except Unfit as error:
            outcomes[place] = failed(str(error))
    while running:
        values = _scan([(one.at, text) for one in running.values() for text in one.ask.aggregates], read)
        for place, one in list(running.items()):
            try:
                one.ask = one.check.send(_answered(one, values, read))
            except StopIteration as done:
                outcomes[place] = done.value
                del running[place]
            except (Unfit, Mistakes) as error:
                outcomes[place] = failed(str(error))
                del running[place]
    return tuple(outcomes[place] for place in range(len(checks)))


def failed(why: str) -> Outcome:
    """Of a check that could not be made: it does not hold, for nobody knows."""
    return Outcome(False, {}, bad=1, raised=why)


_Key: TypeAlias = tuple[At, str]


def _answered(one: _Running, values: Mapping[_Key, object], read: Read) -> Answer:
    found = []
    for text in one.ask.aggregates:
        value = values[one.at, text]
        if isinstance(value, Mistakes):
            raise value
        found.append(value)
    return Answer(tuple(found), tuple(_statement(one.at, each, read) for each in one.ask.statements))


def _statement(at: At, statement: Statement, read: Read) -> object:
    return statement.fold(read(statement.text, (at.table, *statement.also)))


def _scan(wanted: Sequence[_Key], read: Read) -> dict[_Key, object]:
    """Every aggregate once; those of one table in one statement."""
    values: dict[_Key, object] = {}
    tables = dict.fromkeys(at.table for at, _ in wanted)
    for table in tables:
        keys = [key for key in dict.fromkeys(wanted) if key[0].table == table]
        values.update(_together(keys, read))
    return values


def _together(keys: Sequence[_Key], read: Read) -> dict[_Key, object]:
    """One statement; where it fails, each of them alone, so that the fault stays with its owner."""
    columns = ", ".join(f"{_filtered(at, text)} as a{place}" for place, (at, text) in enumerate(keys))
    table = keys[0][0].table
    try:
        (row,) = read(f"select {columns} from `{table.domain}`.`{table.table}`", (table,))
    except Mistakes as mistakes:
        if len(keys) == 1:
            return {keys[0]: mistakes}
        return {key: value for each in keys for key, value in _together([each], read).items()}
    return {key: row[f"a{place}"] for place, key in enumerate(keys)}


def _filtered(at: At, text: str) -> str:
    return f"{text} filter (where {at.where})" if at.where else text
