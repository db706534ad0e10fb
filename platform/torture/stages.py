"""Where a run is, told through a pipe while it works: whoever kills it learns what it hit."""

import os
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from forks import OVER

from lakemesh.lake.lake import Lake
from lakemesh.steps import erase as erasing
from lakemesh.steps import maintain as keeping
from lakemesh.steps import run as running
from lakemesh.steps import table as turn
from lakemesh.steps.world import World

P = ParamSpec("P")
T = TypeVar("T")


class Stages:
    """A line for each stage that begins, or goes on after one inside it."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._open = ["begin"]
        self._silent = False

    def tell(self) -> None:
        """Short enough for the pipe to take it whole."""
        if not self._silent:
            os.write(self._pipe, f"{self._open[-1]}\n".encode())

    def over(self) -> None:
        """The acts are done; what follows only looks."""
        self._open = [OVER]
        self.tell()
        self._silent = True

    def watch(self, holder: object, name: str, stage: str = "") -> None:
        """Calls of this name are a stage from now on; without a stage, one that the first argument names."""
        setattr(holder, name, self._watched(getattr(holder, name), stage))

    def _watched(self, act: Callable[P, T], stage: str) -> Callable[P, T]:
        def watched(*args: P.args, **words: P.kwargs) -> T:
            self._open.append(stage or _written(str(args[0])))
            self.tell()
            try:
                return act(*args, **words)
            finally:
                self._open.pop()
                self.tell()

        return watched


def _written(path: str) -> str:
    return {"_runs": "run record", "_ledger": "ledger"}.get(path.split("/")[0], "catalogue entry")


def watch(stages: Stages, world: World) -> None:
    """All that this process does to the outside, and what lies between."""
    lake: Lake = world.lake
    for name in ("branch", "commit", "publish", "rollback", "release", "sweep"):
        stages.watch(lake, name, name)
    for name, stage in (("commit_table", "in SQLite"), ("_write_metadata", "metadata file")):
        stages.watch(lake._catalog, name, stage)
    stages.watch(lake, "_settle", "sync")
    stages.watch(lake.store, "write")
    stages.watch(lake.store, "remove", "remove")
    stages.watch(world.engine, "write", "write")
    for module, name, stage in (
        (turn, "audit", "audit"),
        (running, "arrivals", "look"),
        (running, "mend", "mend"),
        (keeping, "compact", "compact"),
        (keeping, "tidy", "tidy"),
        (erasing, "tidy", "tidy"),
    ):
        stages.watch(module, name, stage)
