"""What others do with the same rows."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks.work import Timed, Where


def copied(query: Callable[[Where], str], level: int | None) -> Callable[[Where], Timed]:
    """DuckDB's COPY of that query into one Parquet file, zstd, at this level; None: its default, which is 3."""

    def ready(where: Where) -> Timed:
        target = where.out / "copied.parquet"

        def go() -> int:
            return copy(query(where), target, level)

        return go

    return ready


def copy(query: str, target: Path, level: int | None) -> int:
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    database.execute("SET preserve_insertion_order = false")
    said = f", COMPRESSION_LEVEL {level}" if level else ""
    (rows,) = database.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd{said})").fetchall()[0]
    return int(rows)
