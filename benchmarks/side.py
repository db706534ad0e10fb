"""One side of one work, in a process of its own: python -m benchmarks.side WORK NUMBER ROWS DATA OUT; or what is made
before: WORK prepare ROWS DATA OUT, once, and WORK before-NUMBER ROWS DATA OUT."""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks import tree
from benchmarks.work import Where, Work


def work(name: str) -> Work:
    found = import_module(f"benchmarks.works.{name}").WORK
    assert isinstance(found, Work)
    return found


def main(name: str, what: str, rows: str, data: str, out: str) -> None:
    where = Where(int(rows), Path(data), Path(out))
    found = work(name)
    if what == "prepare":
        found.prepare(where)
        return
    side = found.sides[int(what.removeprefix("before-"))]
    if what.startswith("before-"):
        assert side.before
        side.before(where)
        return
    assert side.ready
    go = side.ready(where)
    seconds: dict[str, float] = {}
    if "lakemesh.steps.run" in sys.modules:
        from benchmarks.stages import Stages

        stages = Stages()
        stages.watch()
        seconds = stages.seconds
    before, spent = tree.size(where.out), tree.cpu(os.getpid())
    began = time.perf_counter()
    made = go()
    took = time.perf_counter() - began
    spent = tree.cpu(os.getpid()) - spent
    if side.stages:
        took = sum(seconds.get(stage, 0) for stage in side.stages)
        seconds = {stage: seconds.get(stage, 0) for stage in side.stages}
    written = max(tree.size(where.out) - before, 0)
    told = {"seconds": took, "cpu": spent, "rows": made, "written": written, "stages": seconds}
    # Whatever a library says at its end comes before or after, never inside.
    sys.stdout.write("\n" + json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
