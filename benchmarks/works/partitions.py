"""Every batch holds rows of five thousand days."""

from benchmarks import events
from benchmarks.bounded import bounded, plain
from benchmarks.rivals.duckdb_copy import copied
from benchmarks.work import Side, Where


def _land(where: Where) -> str:
    events.land(where.data / events.LANDING, where.rows, shuffled=True, days=5_000)
    return events.DECLARATION.format(pattern="in/*.csv", write="append")


def _by_day(where: Where) -> str:
    return f"SELECT *, CAST(event_time AS DATE) AS day FROM ({plain(where)})"


WORK = bounded(
    "CSV, shuffled over 5,000 partitions",
    _land,
    plain,
    share=0.5,
    others=(Side("DuckDB COPY, level 1, a folder a day", copied(_by_day, 1, "day")),),
)
