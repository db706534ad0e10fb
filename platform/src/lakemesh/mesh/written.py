"""How a table is written: one class for each kind of write."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Append:
    """Each file once."""


@dataclass(frozen=True, slots=True)
class Replace:
    """All of it, every time."""


@dataclass(frozen=True, slots=True)
class Merge:
    """By key: the column `newest` says which version wins; `deletes` is a predicate of rows that delete their key."""

    newest: str | None = None
    deletes: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A span of `time` is made again: from the partition of (last until - lookback)."""

    time: str
    lookback: timedelta
    late: Literal["widen", "warn", "stop"] = "widen"


@dataclass(frozen=True, slots=True)
class Cdc:
    """A log of changes: `op` holds I, U, D; `order` says which is later (None: the order of files and rows)."""

    op: str
    order: str | None = None
    deletes: Literal["remove", "mark"] = "remove"


@dataclass(frozen=True, slots=True)
class History:
    """Every version of a key with its dates: the column `newest` says since when it holds. `deletes` is a predicate of
    rows that close their key; so does a D in `op`, where there is one."""

    newest: str
    deletes: str | None = None
    op: str | None = None

    @property
    def closes(self) -> bool:
        """Whether any row can close its key."""
        return self.deletes is not None or self.op is not None


@dataclass(frozen=True, slots=True)
class DailyCopy:
    """All of it, once a day, beside the copies of other days."""


Write: TypeAlias = Append | Replace | Merge | Window | Cdc | History | DailyCopy
