"""The lines of rows that were set aside: looked up in their files by the driver, for they are few."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from lakemesh.engine.duckdb import lines
from lakemesh.engine.duckdb.landed import Arrived
from lakemesh.engine.duckdb.session import Sessions
from lakemesh.engine.duckdb.spool import Spool
from lakemesh.engine.spark.arrivals import Arrival
from lakemesh.engine.spark.stream import stream

_MEMORY = 256 << 20


def numbered(session: SparkSession, arrived: Arrival) -> Callable[[DataFrame, int], DataFrame]:
    """Rows with `_source_line` where it was found."""

    def look(rows: DataFrame, many: int) -> DataFrame:
        if arrived.given.format.kind == "parquet" or many > lines.MOST:
            return rows
        with TemporaryDirectory(prefix="lakemesh-") as folder:
            waiting = Spool(Path(folder) / "lines.parquet")
            for batch in stream(rows):
                waiting.add(batch)
            waiting.close()
            with Sessions(_MEMORY, 1, Path(folder)).alone(True) as reading:
                met = Arrived(arrived.given, "", arrived.columns, ("landed",))
                known = [row for batch in lines.numbered(reading, met, waiting, {}) for row in _rows(batch)]
        return session.createDataFrame(known, rows.schema)

    return look


def _rows(batch: pa.RecordBatch) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in batch.to_pylist()]
