"""A thousand columns."""

from benchmarks import events
from benchmarks.bounded import bounded
from benchmarks.events import seeded
from benchmarks.work import Where

_MORE = 990
_NAMES = tuple(f"measure_{number:03}" for number in range(_MORE))


def _land(where: Where) -> str:
    cells = "".join(f", {seeded('i', 100 + number, 100_000)} AS {name}" for number, name in enumerate(_NAMES))
    files = max(where.rows // 25_000, 1)
    for number in range(files):
        first, after = where.rows * number // files, where.rows * (number + 1) // files
        part = events.select(first, after, where.rows, more=cells)
        events.write(part, where.data / events.LANDING / f"events-{number:05}.csv")
    return events.DECLARATION.format(pattern="in/*.csv", write="append") + "".join(
        f"  {name}: int\n" for name in _NAMES
    )


def _typed(where: Where) -> str:
    casts = "".join(f", try_cast({name} AS INT) AS {name}" for name in _NAMES)
    return events.typed(events.read(f"{where.data / events.LANDING}/*.csv", (*events.COLUMNS, *_NAMES)), casts)


WORK = bounded("CSV of 1,000 columns", _land, _typed, share=0.02)
