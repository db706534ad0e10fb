"""A table as it was at one commit, and a branch on which the next one is prepared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns


@dataclass(frozen=True, slots=True)
class Spans:
    """Rows whose `column` lies in one of these spans, each [since, until)."""

    column: str
    spans: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One committed state of one table. `columns`: what a reader sees of it, fewer than all where access hides some.
    `since`: another snapshot of the table, whose files are left out: what came after it, or, the other way round, what
    went. `only`: of its data files, these alone. `within`: of its rows, these alone; no file is opened that cannot
    hold any."""

    table: TableName
    id: int
    columns: Columns
    since: int | None = None
    only: frozenset[str] | None = None
    within: Spans | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """`audit_<run>` of one table: `base` is main's head when it was made; `columns` and `schema_id` what is written on
    it. `spec_id`, `sort_id`: how its files are cut and sorted; `properties`: what follows from the contract. All become
    the table's own in the publish commit, not before. `same`: earlier snapshots whose very rows are written again on
    it, in other files."""

    table: TableName
    name: str
    run: str
    base: Snapshot
    columns: Columns
    schema_id: int
    spec_id: int = 0
    sort_id: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)
    same: tuple[int, ...] = ()
