"""What became of every row that was read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, Self, get_args

Fate = Literal["inserted", "updated", "deleted", "unchanged", "superseded", "repeated", "quarantined"]
FATES: tuple[Fate, ...] = get_args(Fate)
NAMES = frozenset(("read", *FATES))


@dataclass(frozen=True, slots=True)
class Accounts:
    """`read` is counted at the reader; the others at the writer. They must add up."""

    read: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    superseded: int = 0
    repeated: int = 0
    quarantined: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def accounted(self) -> int:
        """The sum of all fates."""
        return sum(getattr(self, fate) for fate in FATES)

    @property
    def balanced(self) -> bool:
        return self.read == self.accounted

    def as_json(self) -> dict[str, int]:
        """Name to rows, zeros left out, `read` always there."""
        return {f.name: n for f in fields(self) if (n := getattr(self, f.name)) or f.name == "read"}

    @classmethod
    def of_json(cls, value: Mapping[str, int]) -> Self:
        # A ledger has one of these for each file that ever came: only what is said is looked at.
        return cls(**{name: int(rows) for name, rows in value.items() if name in NAMES})
