"""One side in a process of its own: seconds, the memory of its whole tree, what it wrote."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.work import Where

_ROOT = Path(__file__).parent.parent
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """`cpu`: user and system seconds of the process, imports included; `peak` and `written` in bytes."""

    seconds: float
    whole: float
    cpu: float
    rows: int
    peak: int
    written: int
    stages: dict[str, float] = field(default_factory=dict)


def measured(work: str, number: int, where: Where) -> Measured:
    """Raises CalledProcessError where the side fails; its own words have gone to the terminal by then."""
    before = _size(where.out)
    command = [sys.executable, "-m", "benchmarks.side", work, str(number), *map(str, _arguments(where))]
    path = os.pathsep.join([str(_ROOT / "platform/src"), os.environ.get("PYTHONPATH", "")])
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    peak = _Peak(process.pid)
    peak.start()
    assert process.stdout
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    whole = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    peak.over.set()
    peak.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    told = json.loads(said.splitlines()[-1])
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(
        told["seconds"],
        whole,
        usage.ru_utime + usage.ru_stime,
        told["rows"],
        max(peak.bytes, usage.ru_maxrss * unit),
        max(_size(where.out) - before, 0),
        told["stages"],
    )


def _arguments(where: Where) -> tuple[int, Path, Path]:
    return where.rows, where.data, where.out


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


class _Peak(threading.Thread):
    """Looks at a process and all below it, where the system shows them; elsewhere the process's own peak stands."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.over = threading.Event()
        self.bytes = 0

    def run(self) -> None:
        while not self.over.wait(_PAUSE):
            self.bytes = max(self.bytes, sum(map(_resident, _tree(self._pid))))


def _tree(pid: int) -> list[int]:
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in below for one in _tree(int(child)))]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
