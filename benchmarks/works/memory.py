"""Five times as many rows in bounded memory: whether the bound holds, and the pace."""

import os
from collections.abc import Callable

from benchmarks import events
from benchmarks.rivals.duckdb_copy import copied
from benchmarks.work import Side, Timed, Where, Work

_GB = 1 << 30


def _prepare(where: Where) -> None:
    from benchmarks.repository import Repository

    declaration = events.DECLARATION.format(pattern="in/*.csv", write="append")
    events.land(where.data / "all" / events.LANDING, where.rows)
    every = sorted((where.data / "all" / events.LANDING).iterdir())
    for called, memory, files in (
        ("few", "2 GB", every[: max(len(every) // 5, 1)]),
        ("two", "2 GB", every),
        ("one", "1 GB", every),
    ):
        Repository(where.data, where.out, memory, called).write({"ingest/event.yaml": declaration})
        landing = where.data / called / events.LANDING
        landing.mkdir(parents=True)
        for file in files:
            os.link(file, landing / file.name)


def _run(called: str) -> Callable[[Where], Timed]:
    def ready(where: Where) -> Timed:
        from benchmarks.repository import Repository

        return lambda: Repository(where.data, where.out, called=called).made()

    return ready


def _typed(where: Where) -> str:
    return events.typed(events.scan(where.data / "all" / events.LANDING))


WORK = Work(
    "CSV, no key, five times as many rows",
    _prepare,
    (
        Side("Lakemesh, a fifth of the rows, 2 GB", _run("few")),
        Side("Lakemesh, all, 2 GB", _run("two"), ours=True, alike=False, at_most=1.15, limit=2 * _GB, turns=2),
        Side("Lakemesh, all, 1 GB", _run("one"), ours=True, alike=False, at_most=1.15, limit=_GB, turns=2),
        Side("DuckDB COPY of all, level 1", copied(_typed, 1), alike=False, turns=1),
    ),
    share=5,
)
