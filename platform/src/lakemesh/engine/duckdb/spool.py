"""Rows that wait on disk until the scan is over."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


class Spool:
    """A Parquet file of rows, made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._writer: pq.ParquetWriter | None = None
        self._schema: pa.Schema | None = None

    def add(self, batch: pa.RecordBatch) -> None:
        """Keeps these rows."""
        if self._writer is None or self._schema is None:
            self._schema = batch.schema
            self._writer = pq.ParquetWriter(self.path, self._schema, compression="lz4")
        self._writer.write_batch(batch if batch.schema.equals(self._schema) else batch.cast(self._schema))
        self.rows += batch.num_rows

    def close(self) -> None:
        """No more are added."""
        if self._writer is not None:
            self._writer.close()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows, once it is closed."""
        if self._writer is not None:
            with pq.ParquetFile(self.path) as file:
                yield from file.iter_batches(8192)
