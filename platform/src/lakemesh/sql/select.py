"""One SELECT in Spark SQL: its text, the tables it reads, and its parameters."""

from dataclasses import dataclass
from datetime import datetime

from lakemesh.declare.names import TableName


@dataclass(frozen=True, slots=True)
class Times:
    """What `:since`, `:until` and `:now` stand for: instants, UTC. None where the SELECT has no such parameter."""

    now: datetime
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT whose tables are all spelled domain.table. `path` is the file it came from, or what made it."""

    text: str
    reads: tuple[TableName, ...]
    path: str = ""
    parameters: frozenset[str] = frozenset()
