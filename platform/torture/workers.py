"""Workers: processes that live one life after the other, each in a folder of its own, until there were enough kills."""

import gc
import os
import pickle
import select
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic
from typing import BinaryIO

import told
from forks import alone
from scenes import Scene
from trial import Lived, Trial

AT_ONCE = 25
"""So many kills one life may have."""
EVERY = 10.0
"""Seconds between two lines of progress."""


@dataclass(frozen=True, slots=True)
class Worker:
    """One of them, and the pipe through which its lives come."""

    pid: int
    pipe: BinaryIO


def lives(folder: Path, chosen: Sequence[Scene], seed: int, kills: int, jobs: int) -> Iterator[Lived]:
    """Lives as they end, until there were enough kills."""
    # What is there by now stays: a child that collects garbage does not copy it for that.
    gc.collect()
    gc.freeze()
    working = [_begun(folder, chosen, seed, job, jobs) for job in range(min(jobs, len(chosen)))]
    began = said = monotonic()
    done = 0
    failed: list[str] = []
    try:
        while working and not failed and done < kills:
            ready, _, _ = select.select([worker.pipe for worker in working], [], [])
            for worker in [worker for worker in working if worker.pipe in ready]:
                one = pickle.load(worker.pipe)
                if isinstance(one, str):
                    failed.append(one)
                    continue
                done += len(one.hit)
                if one.wrong:
                    print("\n".join(told.wrong(one, seed)), flush=True)
                yield one
            if monotonic() - said > EVERY:
                said = monotonic()
                print(f"{done:>7,} kills, {said - began:,.0f} s", flush=True)
    finally:
        for worker in working:
            os.killpg(worker.pid, signal.SIGKILL)
            os.waitpid(worker.pid, 0)
            worker.pipe.close()
    if failed:
        raise AssertionError("\n".join(failed))


def _begun(folder: Path, chosen: Sequence[Scene], seed: int, job: int, jobs: int) -> Worker:
    alone()
    reads, writes = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            # A group of its own: it ends together with the life that it has just begun.
            os.setpgid(0, 0)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(reads)
            with os.fdopen(writes, "wb", buffering=0) as pipe:
                _work(pipe, folder / str(job), chosen, seed, job, jobs)
            code = 0
        finally:
            os._exit(code)
    os.close(writes)
    with suppress(OSError):
        os.setpgid(pid, pid)
    return Worker(pid, os.fdopen(reads, "rb", buffering=0))


def _work(pipe: BinaryIO, folder: Path, chosen: Sequence[Scene], seed: int, job: int, jobs: int) -> None:
    """One life after the other, kind after kind, until it is ended from outside."""
    folder.mkdir()
    try:
        trial = Trial(folder, seed)
        mine = [number for number in range(len(chosen)) if number % jobs == job]
        for turn in count():
            for index in mine:
                number = turn * len(chosen) + index
                kills = Random(f"{seed} {number} kills").randint(1, AT_ONCE)
                pipe.write(pickle.dumps(trial.live(chosen[index], number, kills)))
    except Exception:
        pipe.write(pickle.dumps(traceback.format_exc()))
