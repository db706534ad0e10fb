"""One change of one table: rows with fates, where each fate goes, what is taken out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from lakemesh.declare.names import TableName
from lakemesh.lake.accounts import Accounts, Fate
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.sql.select import Select


@dataclass(frozen=True, slots=True)
class Everything:
    """All rows of the base."""


@dataclass(frozen=True, slots=True)
class Where:
    """Rows of the base whose `column` lies in [since, until) (either may be open), or is `among` values."""

    column: str
    since: datetime | date | None = None
    until: datetime | date | None = None
    among: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Rows of the base that have the key of a changed row whose fate is one of `fates` (None: a row without one)."""

    columns: tuple[str, ...]
    fates: frozenset[Fate | None]


@dataclass(frozen=True, slots=True)
class Files:
    """These data files of the base, whole, whatever is in them."""

    paths: frozenset[str]


Remove: TypeAlias = Everything | Where | Keys | Files | None


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where rows of these fates go, by the names of the branch's own columns; `remove` is taken out of its base first.
    None among the fates: rows that were not read, but are the table's own, written again; nobody counts them."""

    branch: Branch
    takes: frozenset[Fate | None]
    remove: Remove = None
    lines: bool = False
    """True for a quarantine: `_source_line` is looked up for its rows."""


@dataclass(frozen=True, slots=True)
class Change:
    """`rows` yields every column any outlet has, and `_fate`. Outlets are committed in the order given.
    `per_file`: whether `rows` has `_source_file` to count by. `reads`: the relation whose rows are counted as read."""

    rows: Select
    outlets: tuple[Outlet, ...]
    reads: TableName | None = None
    per_file: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A new head per outlet's table, the accounts of all, and those per source file."""

    heads: Mapping[TableName, Snapshot]
    accounts: Accounts
    files: Mapping[str, Accounts] = field(default_factory=dict)
