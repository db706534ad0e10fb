"""Kills runs at random moments, starts them again, and compares what is left with what an undisturbed run leaves.

    make torture KILLS=1000 [SEED=7] [KIND=merge] [JOBS=2] [EXAMPLES=500]

A run dies by SIGKILL, from outside, in a process of its own, up to 25 times; one more file lands before its
restart. Then the tables must hold, row for row, what they hold without any kill. Ends with 1 where one does not."""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from secrets import randbelow
from shutil import rmtree
from time import monotonic

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]
# NumPy would begin threads of its own as it is imported, and what is to be forked must have none.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import told  # noqa: E402
from scenes import scenes  # noqa: E402
from trial import Lived  # noqa: E402
from workers import lives  # noqa: E402


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
    lived: list[Lived] = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        lived.extend(lives(folder, chosen, seed, said.kills, said.jobs))
    except KeyboardInterrupt:
        print("it was ended before there were enough kills", flush=True)
    wrong = [one for one in lived if one.wrong]
    if not wrong:
        rmtree(folder, ignore_errors=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = f"{monotonic() - began:,.0f} s, {used.ru_utime + used.ru_stime:,.0f} s of them on a core, seed {seed}"
    for line in ("", *told.table(lived), "", *told.stages(lived), "", took):
        print(line)
    print(f"{len(wrong)} of {len(lived):,} lives ended otherwise" if wrong else "every life ended as if undisturbed")
    sys.stdout.flush()
    modelled = _model(said.examples, seed) if said.examples else 0
    return 1 if wrong or modelled else 0


def _model(examples: int, seed: int) -> int:
    """Random schedules against a model in plain Python, and four writers at one table, both at length."""
    tests = [str(HERE.parent / "tests" / name) for name in ("test_model.py", "test_steps_writers.py")]
    command = [sys.executable, "-m", "pytest", "-q", *tests, f"--hypothesis-seed={seed}", "-p", "no:cacheprovider"]
    environment = {**os.environ, "EXAMPLES": str(examples), "TURNS": "50"}
    return subprocess.run(command, cwd=HERE.parents[1], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
