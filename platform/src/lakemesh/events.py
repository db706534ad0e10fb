"""What a run tells while it runs. Steps and engines tell; `cli/show` prints."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

TableState = Literal["published", "nothing new", "stopped", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class RunBegan:
    """A run of one product started. `tables` in the order they will be made."""

    run: str
    product: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableBegan:
    """One table's turn. `size` is the bytes to read where that is known."""

    table: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one table is: `stage` is read, write, audit or publish; `fraction` of it, from 0 to 1, where known."""

    table: str
    stage: str
    rows: int
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class TableEnded:
    """How one table ended. `accounts` maps each fate to its rows."""

    table: str
    state: TableState
    accounts: Mapping[str, int]
    seconds: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something is held by someone else; we wait."""

    what: str
    holder: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A sentence a person should read, such as late rows or an upstream that failed."""

    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The run is over: its state and seconds."""

    run: str
    product: str
    state: str
    seconds: float


Event: TypeAlias = RunBegan | TableBegan | Progress | TableEnded | Waiting | Noted | RunEnded
Tell: TypeAlias = Callable[[Event], None]
