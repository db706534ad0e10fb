"""The writer: batches in, data files out."""

from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc
from pyiceberg.io import FileIO
from pyiceberg.manifest import DataFile
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.sorting import SortDirection, SortOrder

from lakemesh.lake.writer.align import aligned
from lakemesh.lake.writer.buffers import Buffers, Job, joined, weight
from lakemesh.lake.writer.crew import Crew
from lakemesh.lake.writer.dictionary import Dictionary
from lakemesh.lake.writer.files import Files
from lakemesh.lake.writer.parquet import DataFileWriter, Shape, local
from lakemesh.lake.writer.spill import Spill
from lakemesh.lake.writer.split import Key, Parts, Split
from lakemesh.lake.writer.transform import Applied, applied

# From this many partitions on, several batches are split at once: copies of a few rows cost more than writing them.
_MANY = 16
# Of a partition that comes in pieces smaller than this, each piece would be a file of its own once there are more
# partitions than files may be open.
_PIECE = 1 << 20
Order: TypeAlias = Literal["ascending", "descending"]


class Writer:
    """Writes the rows of one table into Parquet files, in no more than `memory` bytes."""

    def __init__(
        self,
        schema: Schema,
        spec: PartitionSpec,
        sort: SortOrder | None,
        location: str,
        io: FileIO,
        memory: int,
        prefix: str,
        scratch: Path | None = None,
    ) -> None:
        """`scratch`: a folder for what does not fit into memory; else it lies beside the data, where that is local."""
        folder = f"{location.rstrip('/')}/data"
        # The partition of a file stands in its manifest. A folder for it would put values into paths, at any length.
        if path := local(folder):
            Path(path).mkdir(parents=True, exist_ok=True)
        sort = sort if sort is not None and sort.fields else None
        self._shape = Shape.of(schema, spec.spec_id, sort.order_id if sort else None)
        self._sorting = _sorting(schema, sort) if sort else []
        self._split = Split(schema, spec)
        # A row group in the making and its compressed pages take about as much again as the rows themselves.
        self._limit = memory // 2
        self._buffers = Buffers(self._limit)
        self._dictionary = Dictionary()
        opened = partial(_opened, self._shape, io, self._dictionary)
        columns = len(self._shape.arrow)
        self._files = Files(io, opened, lambda number: f"{folder}/{prefix}-{number:05}.parquet", columns)
        self._spill = Spill(self._shape.arrow, scratch or (Path(path) if path else None))
        self._crew = Crew(self._write)
        self._pool: list[pa.RecordBatch] = []
        self._pooled = 0
        self._ended = False

    def add(self, batch: pa.RecordBatch) -> None:
        """Takes rows: columns by name, cast to the table's types. Raises Stopped where a value does not fit."""
        if not batch.num_rows:
            return
        rows = aligned(batch, self._shape.arrow)
        self._dictionary.decide([rows], self._shape.arrow)
        parts = self._split.parts(rows)
        if len(parts) < _MANY:
            self._keep(parts)
        else:
            self._pool.append(rows)
            self._pooled += weight(rows)
            if self._pooled > self._limit // 4:
                self._unpool()
        self._relieve()

    def close(self) -> tuple[DataFile, ...]:
        """Writes what is left, and names the files: all of them synced where they are local."""
        try:
            self._unpool()
            self._rest()
            self._crew.drain()
            self._crew.each([partial(self._files.end, file) for file in self._files.rest()])
            files = self._files.close()
        except BaseException:
            self.abort()
            raise
        self._ended = True
        self._crew.stop()
        self._spill.close()
        return files

    def abort(self) -> None:
        """Removes what was written."""
        if not self._ended:
            self._ended = True
            self._crew.stop()
            self._spill.close()
            self._files.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def _keep(self, parts: Parts) -> None:
        for key, rows in parts:
            for job in self._buffers.add(key, rows):
                self._give(job)
            self._relieve()

    def _rest(self) -> None:
        """What is left, each partition in one go: what of it is on disk, and what is in memory."""
        for job in self._buffers.rest():
            if job.key in self._spill:
                self._spill.add(job)
            else:
                self._give(job)
        for job in self._spill.jobs(self._buffers.job):
            self._give(job)

    def _unpool(self) -> None:
        if self._pool:
            whole = joined(self._pool)
            self._pool, self._pooled = [], 0
            self._keep(self._split.parts(whole))

    def _relieve(self) -> None:
        for job in self._buffers.over(self._pooled + self._crew.busy):
            if job.size < _PIECE and self._buffers.partitions > self._files.most:
                self._spill.add(job)
            else:
                self._give(job)
        self._crew.wait(max(self._limit - self._buffers.size - self._pooled, 0))

    def _give(self, job: Job) -> None:
        # One job more than there is room for waits here, not in the queue.
        self._crew.wait(max(self._limit - self._buffers.size - self._pooled - job.size, 0))
        self._crew.give(job)

    def _write(self, job: Job) -> None:
        table = pa.Table.from_batches(job.batches, self._shape.arrow)
        self._files.write(job.key, self._sorted(table))

    def _sorted(self, table: pa.Table) -> pa.Table:
        if not self._sorting:
            return table
        (whole,) = table.combine_chunks().to_batches()
        by = pa.table({str(n): function(whole.column(at)) for n, (at, function, _) in enumerate(self._sorting)})
        keys = [(str(n), order, "at_start") for n, (_, _, order) in enumerate(self._sorting)]
        return table.take(pc.sort_indices(by, sort_keys=cast(list[tuple[str, Order]], keys)))


def _sorting(schema: Schema, sort: SortOrder) -> list[tuple[int, Applied, Order]]:
    positions = {field.field_id: position for position, field in enumerate(schema.fields)}
    return [
        (
            positions[field.source_id],
            applied(field.transform, schema.find_type(field.source_id)),
            "descending" if field.direction == SortDirection.DESC else "ascending",
        )
        for field in sort.fields
    ]


def _opened(shape: Shape, io: FileIO, dictionary: Dictionary, location: str, key: Key) -> DataFileWriter:
    return DataFileWriter(shape, io, location, key, dictionary.columns or [])
