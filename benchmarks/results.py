"""What was measured, a file for each work in `results/`: as it was measured last, whatever is measured next."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from benchmarks.measure import Measured

FOLDER = Path(__file__).parent / "results"


@dataclass(slots=True)
class Found:
    """One work. `runs`: by side, by turn: a pair is two sides in one turn; `missing`: why a side has none."""

    rows: int
    at: str
    version: str
    machine: str
    packages: str
    runs: dict[str, dict[int, Measured]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)
    """How many processes ran or waited at the begin of each turn, by the system's average of a minute."""
    note: str = ""

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Self:
        found = cls(**{**told, "runs": {}})  # type: ignore[arg-type]
        runs = told["runs"]
        assert isinstance(runs, dict)
        for side, turns in runs.items():
            found.runs[side] = {int(turn): Measured.of(one) for turn, one in turns.items()}
        return found

    def told(self) -> dict[str, object]:
        runs = {side: {turn: _short(one.told()) for turn, one in turns.items()} for side, turns in self.runs.items()}
        plain = {
            name: getattr(self, name)
            for name in ("rows", "at", "version", "machine", "packages", "missing", "loads", "note")
        }
        return {**plain, "runs": runs}

    def of_side(self, name: str) -> list[Measured]:
        return list(self.runs.get(name, {}).values())

    def pairs(self, one: str, other: str) -> list[tuple[Measured, Measured]]:
        """What both did in the same turn."""
        ours, theirs = self.runs.get(one, {}), self.runs.get(other, {})
        return [(ours[turn], theirs[turn]) for turn in ours if turn in theirs]


def read(folder: Path = FOLDER) -> dict[str, Found]:
    return {file.stem: Found.of(json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("*.json"))}


def write(name: str, found: Found, folder: Path = FOLDER) -> None:
    """At once or not at all, so that whoever interrupts loses nothing."""
    folder.mkdir(exist_ok=True)
    beside = folder / f"{name}.new"
    beside.write_text(json.dumps(found.told(), indent=1) + "\n", "utf-8")
    beside.replace(folder / f"{name}.json")


def _short(told: dict[str, object]) -> dict[str, object]:
    stages = told.pop("stages")
    assert isinstance(stages, dict)
    rounded = {name: round(value, 3) if isinstance(value, float) else value for name, value in told.items()}
    return {**rounded, "stages": {name: round(seconds, 3) for name, seconds in stages.items() if seconds > 0.0005}}
