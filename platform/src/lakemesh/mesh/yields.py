"""What a SELECT yields over its inputs as they are promised: names in order, where each is from, and of what type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.errors import Mistakes
from lakemesh.sql import columns
from lakemesh.sql.lineage import Derived, lineage
from lakemesh.sql.select import Select, Times, bind

Describe: TypeAlias = Callable[[Select, Mapping[TableName, Columns]], Columns]
"""The engine's own word on names and types, over empty tables."""


@dataclass(frozen=True, slots=True)
class Yield:
    """The result of one SELECT. `described` has the engine's types, where anything is computed; `places` where each
    column stands in the file."""

    derived: Mapping[str, Derived]
    described: Columns
    places: Mapping[str, tuple[int, int]]
    star: bool
    """Whether its result is `*` in part."""

    def place(self, column: str) -> tuple[int, int]:
        return self.places.get(column, self.places.get("*", (1, 1)))


def yields(
    select: Select, seen: Mapping[TableName, Columns], all_: Mapping[TableName, Columns], describe: Describe
) -> Yield:
    """What it yields over what its product sees of its inputs. What it names though it is hidden is told by a rule of
    its own, so it is followed here. Raises Mistakes."""
    inputs = seen
    try:
        derived = lineage(select, seen)
    except Mistakes:
        if seen == all_:
            raise
        inputs = all_
        derived = lineage(select, all_)
    computed = any(each.passed is None for each in derived.values())
    described = describe(_at_some_time(select), inputs) if computed else {}
    types = {name.lower(): type for name, type in described.items()}
    return Yield(derived, types, columns.yields(select), columns.has_star(select))


def _at_some_time(select: Select) -> Select:
    """Without parameters: which instant they stand for changes no type."""
    some = datetime(2000, 1, 1, tzinfo=UTC)
    return bind(select, Times(some, some, some)) if select.parameters else select
