"""Processes that are quick to begin: forked from one that has imported all they need, and has used none of it.

A fork takes with it the one thread that asked for it. What threads, locks and open files a library has by then would be
broken in the child; so the parent opens no engine, no lake and no file of one, and it is checked that it has no
threads but the one that keeps jemalloc's house, which is made for being forked."""

import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

OVER = "over"
HARMLESS = ("jemalloc_bg_thd",)
PATIENCE = 120.0


class Child:
    """A process that runs `act`, which gets a pipe to tell through; what it has told so far, and when."""

    def __init__(self, act: Callable[[int], None]) -> None:
        alone()
        self._pipe, tells = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                os.close(self._pipe)
                act(tells)
                code = 0
            finally:
                os._exit(code)
        os.close(tells)
        self.began = monotonic()
        self.over_at: float | None = None
        self.killed = False
        self.code: int | None = None
        self._told = b""

    @property
    def stages(self) -> list[str]:
        return self._told.decode().split("\n")[:-1]

    def hear(self, patience: float) -> bool:
        """Waits for more to be told, so long at most; False where there is nothing any more: it is gone."""
        if not select.select([self._pipe], [], [], max(0.0, patience))[0]:
            return True
        more = os.read(self._pipe, 65536)
        self._told += more
        if self.over_at is None and self._told.endswith(f"{OVER}\n".encode()):
            self.over_at = monotonic()
        return bool(more)

    def live(self, stages: int, wait: float) -> None:
        """Goes on until so many stages and then so many seconds have passed, or until its acts are over."""
        until = self.began + PATIENCE
        while len(self.stages) < stages and self.over_at is None and monotonic() < until and self.hear(0.5):
            pass
        after = monotonic() + wait
        while self.over_at is None and (left := after - monotonic()) > 0 and self.hear(left):
            pass

    def kill(self) -> None:
        """As the system does it, from outside: it has no say in the matter."""
        os.kill(self.pid, signal.SIGKILL)
        self.end()

    def end(self) -> None:
        """All is told and it is gone."""
        until = monotonic() + PATIENCE
        while self.hear(1):
            if monotonic() > until:
                os.kill(self.pid, signal.SIGKILL)
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.killed = self.code == -signal.SIGKILL
        os.close(self._pipe)


def alone() -> None:
    """Raises where this process has threads that a fork would leave behind."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        return
    me = str(os.getpid())
    names = [(task / "comm").read_text().strip() for task in tasks.iterdir() if task.name != me]
    others = [name for name in names if name not in HARMLESS]
    if others:
        raise AssertionError(f"a process with other threads is not to be forked: {', '.join(others)}")
