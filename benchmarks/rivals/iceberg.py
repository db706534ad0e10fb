"""pyiceberg by itself: what it reads DuckDB has typed, and it writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.changed import BASE, LAST, Kind
from benchmarks.work import Timed, Where

if TYPE_CHECKING:
    import pyarrow as pa
    from pyiceberg.table import Table

_PROPERTIES = {"write.parquet.compression-codec": "zstd", "write.parquet.compression-level": "1"}


def table(where: Where, schema: pa.Schema, by_day: bool = False) -> Table:
    """An empty one in a catalogue of its own."""
    from pyiceberg.catalog.sql import SqlCatalog

    home = where.out / "iceberg"
    home.mkdir(parents=True)
    catalog = SqlCatalog("bare", uri=f"sqlite:///{home}/catalog.db", warehouse=f"file://{home}")
    catalog.create_namespace("shop")
    made = catalog.create_table("shop.event", schema, properties=_PROPERTIES)
    if by_day:
        with made.update_spec() as spec:
            spec.add_field("event_time", "day")
    return made


def appended(query: Callable[[Where], str]) -> Callable[[Where], Timed]:
    """That query's rows, partitioned by day."""

    def ready(where: Where) -> Timed:
        import duckdb

        database = duckdb.connect()
        database.execute("SET TimeZone = 'UTC'")

        def go() -> int:
            rows = database.sql(query(where)).to_arrow_table()
            table(where, rows.schema, by_day=True).append(rows)
            return len(rows)

        return go

    return ready


def upserted(kind: Kind) -> Callable[[Where], Timed]:
    """The last change of each key."""

    def ready(where: Where) -> Timed:
        import duckdb
        import pyarrow.parquet as pq
        from pyiceberg.expressions import In

        base = where.data / BASE
        target = table(where, pq.read_schema(base))
        target.add_files([f"file://{base}"])
        database = duckdb.connect()
        database.execute("SET TimeZone = 'UTC'")

        def go() -> int:
            database.execute(f"CREATE TABLE last AS WITH {kind.tables(where)}, {LAST} FROM last")
            if "Op" in kind.names:
                gone = [key for (key,) in database.execute("SELECT event_id FROM last WHERE Op = 'D'").fetchall()]
                target.delete(In("event_id", gone))  # type: ignore[call-arg, arg-type]
                database.execute("DELETE FROM last WHERE Op = 'D'; ALTER TABLE last DROP Op")
            target.upsert(database.sql("FROM last").to_arrow_table(), join_cols=["event_id"])
            return target.scan().count()

        return go

    return ready
