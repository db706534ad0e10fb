"""What is measured: a work, and the sides that do it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Where:
    """`rows`: how large the work is; `data`: what was prepared for it, once; `out`: what one side alone writes."""

    rows: int
    data: Path
    out: Path


Timed: TypeAlias = Callable[[], int]
"""What the clock measures. It gives the number of rows that it made, which must be the same on all sides."""


@dataclass(frozen=True, slots=True)
class Side:
    """`ready` prepares without being measured. `at_most`: the target, our time as a multiple of this side's; `needs`:
    packages without which it is not run."""

    name: str
    ready: Callable[[Where], Timed]
    at_most: float | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """The first side is ours, and the others are what it is compared with. `share`: rows of this work per row of ROWS.
    `whole`: a process is measured from its start to its end, and not from where it is ready."""

    says: str
    prepare: Callable[[Where], None]
    sides: tuple[Side, ...]
    share: float = 1.0
    whole: bool = False
