"""Kills runs at random moments, starts them again, and compares what is left with what an undisturbed run leaves.

    make torture KILLS=1000 [SEED=7] [KIND=merge] [JOBS=2] [EXAMPLES=500]

A run dies by SIGKILL, from outside, in a process of its own, one to four times; one more file lands before its
restart. Then the tables must hold, row for row, what they hold without any kill. Ends with 1 where one does not."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from random import Random
from secrets import randbelow
from shutil import rmtree
from threading import Event
from time import monotonic

HERE = Path(__file__).resolve().parent
PATHS = (str(HERE), str(HERE.parent / "src"))
# The process that all others are forked from imports what they need, and finds it by this.
os.environ["PYTHONPATH"] = os.pathsep.join((*PATHS, os.environ.get("PYTHONPATH", "")))
sys.path[:0] = PATHS

import told  # noqa: E402
from scenes import Scene, scenes  # noqa: E402
from trial import Lived, Trial  # noqa: E402

AT_ONCE = 4
"""So many kills one life may have."""
EVERY = 10.0
"""Seconds between two lines of progress."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="torture", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000, help="how many runs to kill, at least")
    parser.add_argument("--seed", type=int, default=None, help="chooses files and moments; one at random")
    parser.add_argument("--kind", default="", help="only kinds of write whose name holds this")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="so many at once")
    parser.add_argument(
        "--examples",
        type=int,
        default=0,
        help="then so many random schedules against the model, and\nfour writers with fifty publishes each",
    )
    said = parser.parse_args(arguments)
    seed = randbelow(1_000_000) if said.seed is None else said.seed
    chosen = [scene for scene in scenes(seed) if said.kind in scene.name]
    if not chosen:
        parser.error(f"no kind of write is called {said.kind}: {', '.join(scene.name for scene in scenes(seed))}")
    print(f"seed {seed}: {said.kills:,} kills over {len(chosen)} kinds of write, {said.jobs} at once", flush=True)
    began = monotonic()
    folder = Path(tempfile.mkdtemp(prefix="lakemesh-torture-"))
    lives = list(_lives(folder, chosen, seed, said.kills, said.jobs))
    if not any(lived.wrong for lived in lives):
        rmtree(folder, ignore_errors=True)
    for line in ("", *told.table(lives), "", *told.stages(lives), "", f"{monotonic() - began:,.0f} s, seed {seed}"):
        print(line)
    wrong = [lived for lived in lives if lived.wrong]
    print(f"{len(wrong)} of {len(lives):,} lives ended otherwise" if wrong else "every life ended as if undisturbed")
    modelled = _model(said.examples, seed) if said.examples else 0
    return 1 if wrong or modelled else 0


def _lives(folder: Path, chosen: Sequence[Scene], seed: int, kills: int, jobs: int) -> Iterator[Lived]:
    """Lives until there were enough kills; each worker has scenes of its own, which it prepares once."""
    lived: SimpleQueue[Lived | None] = SimpleQueue()
    enough = Event()

    def work(job: int) -> None:
        (folder / str(job)).mkdir()
        trial = Trial(folder / str(job), seed)
        mine = [number for number in range(len(chosen)) if number % jobs == job]
        try:
            for turn in count():
                for index in mine:
                    if enough.is_set():
                        return
                    number = turn * len(chosen) + index
                    lived.put(trial.live(chosen[index], number, Random(f"{seed} {number} kills").randint(1, AT_ONCE)))
        finally:
            lived.put(None)

    began = said = monotonic()
    done, working = 0, min(jobs, len(chosen))
    with ThreadPoolExecutor(jobs) as pool:
        workers = [pool.submit(work, job) for job in range(working)]
        while working:
            one = lived.get()
            if one is None:
                # Whatever ended one worker is told below, once the others are done.
                working -= 1
                enough.set()
                continue
            done += len(one.hit)
            if one.wrong:
                print("\n".join(told.wrong(one, seed)), flush=True)
            if done >= kills:
                enough.set()
            if monotonic() - said > EVERY:
                said = monotonic()
                print(f"{done:>7,} kills, {said - began:,.0f} s", flush=True)
            yield one
        for worker in workers:
            worker.result()


def _model(examples: int, seed: int) -> int:
    """Random schedules against a model in plain Python, and four writers at one table, both at length."""
    tests = [str(HERE.parent / "tests" / name) for name in ("test_model.py", "test_steps_writers.py")]
    command = [sys.executable, "-m", "pytest", "-q", *tests, f"--hypothesis-seed={seed}", "-p", "no:cacheprovider"]
    environment = {**os.environ, "EXAMPLES": str(examples), "TURNS": "50"}
    return subprocess.run(command, cwd=HERE.parents[1], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
