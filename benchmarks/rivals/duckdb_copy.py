"""DuckDB by itself: one SELECT, one COPY."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks.work import Side, Timed, Where


def copies(query: Callable[[Where], str], at_most: float, stretch: float | None = None) -> tuple[Side, ...]:
    """Into one Parquet file, at its default level and at ours. The target is what it does by default."""
    return (
        Side("DuckDB COPY, its default level (3)", copied(query, None), at_most=at_most or None, stretch=stretch),
        Side("DuckDB COPY, level 1", copied(query, 1)),
    )


def copied(query: Callable[[Where], str], level: int | None, by: str = "") -> Callable[[Where], Timed]:
    """That query into one Parquet file, zstd, at this level; None: its default. `by`: a folder for each value."""

    def ready(where: Where) -> Timed:
        target = where.out / "copied.parquet"

        def go() -> int:
            return copy(query(where), target, level, by)

        return go

    return ready


def copy(query: str, target: Path, level: int | None = 1, by: str = "") -> int:
    """Rows that were written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    database.execute("SET preserve_insertion_order = false")
    said = f", COMPRESSION_LEVEL {level}" if level else ""
    said += f", PARTITION_BY ({by})" if by else ""
    (rows,) = database.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd{said})").fetchall()[0]
    return int(rows)
