"""Threads that write row groups, and the bytes that are on their way through them."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from lakemesh.lake.writer.buffers import Job


class Crew:
    """Takes jobs; `busy` is the bytes of those not yet done. The first error of a thread comes out at the next call."""

    def __init__(self, work: Callable[[Job], None], threads: int | None = None) -> None:
        self._work = work
        self._pool = ThreadPoolExecutor(threads or min(os.cpu_count() or 1, 8), thread_name_prefix="lakemesh-writer")
        self._changed = threading.Condition()
        self._waiting = 0
        self._error: BaseException | None = None
        self.busy = 0

    def give(self, job: Job) -> None:
        """Queues one job."""
        self._check()
        with self._changed:
            self.busy += job.size
            self._waiting += 1
        self._pool.submit(self._do, job)

    def wait(self, bytes_left: int) -> None:
        """Until no more than that many bytes are on their way."""
        with self._changed:
            self._changed.wait_for(lambda: self.busy <= bytes_left or self._error is not None)
        self._check()

    def drain(self) -> None:
        """Until every job is done."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting == 0)
        self._check()

    def each(self, todo: list[Callable[[], None]]) -> None:
        """Runs these on the threads, and waits for all of them."""
        for done in [self._pool.submit(function) for function in todo]:
            done.result()

    def stop(self) -> None:
        """Ends the threads; what is still queued is not done."""
        with self._changed:
            self._error = self._error or RuntimeError("the writer was stopped")
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _do(self, job: Job) -> None:
        try:
            if self._error is None:
                self._work(job)
        except BaseException as error:
            self._error = self._error or error
        finally:
            with self._changed:
                self.busy -= job.size
                self._waiting -= 1
                self._changed.notify_all()

    def _check(self) -> None:
        if self._error is not None:
            raise self._error
