"""What is measured: a work, and the sides that do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

LIMIT = 2 << 30
"""What `mesh.yaml` gives a run, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Where:
    """`rows`: how large the work is; `data`: what was prepared for it, once; `out`: what one side alone writes."""

    rows: int
    data: Path
    out: Path


Timed: TypeAlias = Callable[[], int]
"""What the clock measures. It gives the number of rows that it made, which must be the same on all sides."""


def _nothing_lacks() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Side:
    """`ready` prepares without being measured, in the process that is. `command` is measured in its place, as a whole
    process, after `before`. `venv`: whose packages; `lacks`: why it cannot be run here; `turns`: how often at most."""

    name: str
    ready: Callable[[Where], Timed] | None = None
    command: Callable[[Where], list[str]] | None = None
    before: Callable[[Where], None] | None = None
    venv: Literal["ours", "rivals"] = "ours"
    lacks: Callable[[], str] = _nothing_lacks
    turns: int = 1_000
    at_most: float | None = None
    """The target: our time as a multiple of this side's."""
    stretch: float | None = None
    seconds: float | None = None
    """The target of a side that has no rival: its own time, start included."""
    limit: int | None = None
    """The target of memory: bytes that the process and all that it starts may have at any moment."""
    alike: bool = True
    """Whether it makes as many rows as the first side. Where not, rows per second are compared, and not times."""
    ours: bool = False
    """A side of ours after the first: the ratio is its time to the first one's, and not the other way round."""
    stages: tuple[str, ...] = ()
    """Of our own sides: what of the run is measured, by the names of `stages.py`; all of it where none is named."""
    env: Mapping[str, str] | None = None
    patience: float = 1800
    """Seconds after which it is given up."""


@dataclass(frozen=True, slots=True)
class Work:
    """The first side is ours, and the others are what it is compared with. `share`: rows of this work per row of ROWS;
    `rows`: as many whatever ROWS is. `noun`: what is counted. `least`: turns at least, where a turn costs little."""

    says: str
    prepare: Callable[[Where], None]
    sides: tuple[Side, ...]
    share: float = 1.0
    rows: int | None = None
    noun: str = "rows"
    least: int = 1

    def size(self, rows: int) -> int:
        return self.rows or max(round(rows * self.share), 1)

    @property
    def whole(self) -> bool:
        """Whether processes are measured from their start to their end, and not from where they are ready."""
        return self.sides[0].command is not None
