"""A process and all that it started, and a folder and all below it."""

import os
import threading
from pathlib import Path

_PAUSE = 0.05
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def size(folder: Path) -> int:
    """Bytes of the files that are there; one that goes meanwhile is not."""
    found = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                found += os.lstat(os.path.join(parent, name)).st_size
            except FileNotFoundError:
                continue
    return found


def pids(pid: int) -> list[int]:
    """It, and below it; it alone where the system does not tell."""
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        below = [one for task in tasks for one in Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in below for one in pids(int(child)))]


def cpu(pid: int) -> float:
    """Seconds that they and what they waited for have had, of user and of system."""
    return sum(map(_spent, pids(pid)))


def memory(pid: int) -> int:
    """Bytes that they have in memory."""
    return sum(map(_resident, pids(pid)))


class Watch(threading.Thread):
    """Looks at a process and all below it until told that it is over; where the system tells nothing, sees nothing."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.over = threading.Event()
        self.peak = 0
        self.cpu = 0.0

    def run(self) -> None:
        while not self.over.wait(_PAUSE):
            self.peak = max(self.peak, memory(self._pid))
            self.cpu = max(self.cpu, cpu(self._pid))


def _spent(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return sum(os.times()[:4]) if pid == os.getpid() else 0.0
    return sum(map(int, fields[11:15])) / _TICK


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0
