"""One side in a process of its own: seconds, the memory of its whole tree, what it wrote."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from benchmarks import tree
from benchmarks.work import Side, Where

ROOT = Path(__file__).parent.parent
RIVALS = ROOT / ".cache/rivals/bin/python"


class Failed(Exception):
    """A side that ended badly, or not at all."""


@dataclass(frozen=True, slots=True)
class Measured:
    """`seconds`, `cpu`: of the work; `whole`, `spent`: of the process with its start; `peak`, `written`: bytes."""

    seconds: float
    whole: float
    cpu: float
    spent: float
    rows: int
    peak: int
    written: int
    stages: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Self:
        return cls(**told)  # type: ignore[arg-type]

    def told(self) -> dict[str, object]:
        return asdict(self)


def prepare(work: str, where: Where) -> None:
    """What is there before all sides."""
    _made(work, "prepare", where)


def measured(work: str, number: int, side: Side, where: Where) -> Measured:
    """Raises Failed; its own words have gone to the terminal by then."""
    if side.command:
        if side.before:
            _made(work, f"before-{number}", where)
        return _whole(side, side.command, where)
    python = str(RIVALS) if side.venv == "rivals" else sys.executable
    given = [work, str(number), str(where.rows), str(where.data), str(where.out)]
    said, whole, spent, peak = _process([python, "-m", "benchmarks.side", *given], side)
    told = json.loads(said.strip().splitlines()[-1])
    return Measured(whole=whole, spent=spent, peak=peak, **told)


def _made(work: str, what: str, where: Where) -> None:
    # Not in this process: the most that it ever had in memory would be counted to whom it starts.
    _process(
        [sys.executable, "-m", "benchmarks.side", work, what, str(where.rows), str(where.data), str(where.out)],
        Side(""),
    )


def _whole(side: Side, command: Callable[[Where], list[str]], where: Where) -> Measured:
    before = tree.size(where.out)
    _, whole, spent, peak = _process(command(where), side)
    written = max(tree.size(where.out) - before, 0)
    return Measured(whole, whole, spent, spent, where.rows, peak, written)


def _process(command: list[str], side: Side) -> tuple[str, float, float, int]:
    """What it said; its seconds, CPU seconds and peak."""
    path = [str(ROOT), str(ROOT / "platform/src")] if side.venv == "ours" else [str(ROOT)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(path), **(side.env or {})}
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=env)
    watch = tree.Watch(process.pid)
    watch.start()
    assert process.stdout
    try:
        said, usage = _waited(process, began, side.patience)
    finally:
        watch.over.set()
        watch.join()
    whole = time.perf_counter() - began
    if process.returncode:
        raise Failed(f"ended with {process.returncode} after {whole:.0f} s")
    unit = 1 if sys.platform == "darwin" else 1024
    return said, whole, max(usage.ru_utime + usage.ru_stime, watch.cpu), max(watch.peak, usage.ru_maxrss * unit)


def _waited(process: "subprocess.Popen[str]", began: float, patience: float) -> tuple[str, resource.struct_rusage]:
    def give_up(number: int, frame: object) -> None:
        raise Failed(f"given up after {time.perf_counter() - began:.0f} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        assert process.stdout
        with process.stdout:
            said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:
        for pid in reversed(tree.pids(process.pid)):
            os.kill(pid, signal.SIGKILL)
        process.wait()
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return said, usage
