"""The same CSV files taken in by polars and by dlt. Both run in a virtual environment of their own."""

from benchmarks import events
from benchmarks.rivals.iceberg import table
from benchmarks.work import Timed, Where


def typed(where: Where) -> str:
    return events.typed(events.scan(where.data / events.LANDING))


def sunk(where: Where) -> Timed:
    """polars from its own reader to its Iceberg sink, which knows no day() yet: one partition."""
    import duckdb
    import polars as pl  # type: ignore[import-not-found]

    empty = duckdb.sql(f"FROM ({typed(where)}) LIMIT 0")
    assert empty is not None
    schema = empty.to_arrow_table().schema

    def go() -> int:
        target = table(where, schema)
        cells = pl.scan_csv(f"{where.data / events.LANDING}/*.csv", infer_schema=False)
        rows = cells.with_columns(
            pl.col("event_time").str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", strict=False),
            pl.col("customer_id", "quantity").cast(pl.Int32, strict=False),
            pl.col("price").cast(pl.Decimal(12, 2), strict=False),
        ).filter(
            pl.all_horizontal(pl.col("event_id", "event_time", "customer_id", "price").is_not_null()),
            pl.col("quantity").is_between(1, 100),
            pl.col("kind").is_in(["view", "cart", "buy", "back"]),
            pl.col("country").str.len_chars() == 2,
        )
        rows.sink_iceberg(target, mode="append", compression="zstd", compression_level=1, maintain_order=False)
        return target.refresh().scan().count()

    return go


def loaded(where: Where) -> Timed:
    """dlt, given what DuckDB has typed, batch by batch, into an Iceberg table by day."""
    import dlt  # type: ignore[import-not-found]
    import duckdb
    from dlt.destinations import filesystem  # type: ignore[import-not-found]
    from dlt.destinations.adapters import iceberg_adapter, iceberg_partition  # type: ignore[import-not-found]

    home = where.out / "dlt"
    pipeline = dlt.pipeline(
        "events",
        pipelines_dir=str(home / "pipelines"),
        destination=filesystem(bucket_url=str(home / "lake")),
        dataset_name="shop",
    )

    def go() -> int:
        database = duckdb.connect()
        database.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
        rows = dlt.resource(
            database.sql(typed(where)).to_arrow_reader(1 << 17), name="event", write_disposition="append"
        )
        by_day = iceberg_adapter(rows, partition=[iceberg_partition.day("event_time")])
        pipeline.run(by_day, table_format="iceberg", loader_file_format="parquet").raise_on_failed_jobs()
        counted = pipeline.last_trace.last_normalize_info.row_counts["event"]
        assert isinstance(counted, int)
        return counted

    return go
