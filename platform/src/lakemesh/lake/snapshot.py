"""A table as it was at one commit, and a branch on which the next one is prepared."""

from dataclasses import dataclass

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One committed state of one table. `columns`: what a reader sees of it, fewer than all where access hides some."""

    table: TableName
    id: int
    columns: Columns


@dataclass(frozen=True, slots=True)
class Branch:
    """`audit_<run>` of one table: `base` is main's head when it was made; `columns` and `schema_id` what is written on it."""

    table: TableName
    name: str
    run: str
    base: Snapshot
    columns: Columns
    schema_id: int
