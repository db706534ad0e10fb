"""A change of one table as SQL, before there are branches to write it to."""

from dataclasses import dataclass

from lakemesh.engine.change import Remove
from lakemesh.lake.accounts import Fate
from lakemesh.lake.snapshot import Spans
from lakemesh.sql.select import Select


@dataclass(frozen=True, slots=True)
class Draft:
    """`rows` yields the table's columns, the quarantine's and `_fate`. `takes`: the fates that go into the table;
    `remove`: what is taken out of it first; `set_aside`: what the quarantine holds of the same input, and loses;
    `buries`: deletes leave a tombstone."""

    rows: Select
    takes: frozenset[Fate | None]
    remove: Remove
    set_aside: Remove
    buries: bool = False
    meets: Spans | None = None
    """Of the table's own rows, the only ones that `rows` looks at."""
