"""One side of one work, in a process of its own: python -m benchmarks.side WORK NUMBER ROWS DATA OUT."""

import json
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.work import Where, Work


def work(name: str) -> Work:
    found = import_module(f"benchmarks.works.{name}").WORK
    assert isinstance(found, Work)
    return found


def main(name: str, number: str, rows: str, data: str, out: str) -> None:
    where = Where(int(rows), Path(data), Path(out))
    side = work(name).sides[int(number)]
    go = side.ready(where)
    seconds: dict[str, float] = {}
    if number == "0" and "lakemesh.steps.run" in sys.modules:
        from benchmarks.stages import Stages

        stages = Stages()
        stages.watch()
        seconds = stages.seconds
    began = time.perf_counter()
    made = go()
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "rows": made, "stages": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
