"""How a check is made: it asks, is answered, perhaps asks again, and ends with an outcome."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from lakemesh.declare.arguments import Given
from lakemesh.declare.names import TableName

Row: TypeAlias = Mapping[str, object]
Arguments: TypeAlias = Mapping[str, Given]
PARTIAL = 20
"""How many failing values a result shows, as Great Expectations does."""


def _list(rows: Iterator[Row]) -> object:
    return list(rows)


@dataclass(frozen=True, slots=True)
class Statement:
    """A SELECT of its own; `fold` makes of its rows what the check wants, while they stream. `also`: other tables."""

    text: str
    fold: Callable[[Iterator[Row]], object] = _list
    also: tuple[TableName, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One round of questions: aggregates, which all checks share one scan for, and statements."""

    aggregates: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A value per aggregate, and what was made of each statement, in the order of the questions."""

    values: tuple[object, ...] = ()
    rows: tuple[object, ...] = ()

    def number(self, place: int) -> int:
        """A count."""
        return int(str(self.values[place] or 0))

    def table(self, place: int = 0) -> list[Row]:
        """The rows of a statement that was not folded."""
        found = self.rows[place]
        assert isinstance(found, list)
        return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict of one check. `result`: Great Expectations' own. `bad` rows `of` those looked at, where rows were;
    `failing` is a query that returns them; `raised`: why it could not be made."""

    success: bool
    result: Mapping[str, object] = field(default_factory=dict)
    bad: int = 0
    of: int = 0
    failing: str = ""
    raised: str = ""


Check: TypeAlias = Generator[Ask, Answer, Outcome]


class Unfit(ValueError):
    """A question that cannot be asked of such a column."""
