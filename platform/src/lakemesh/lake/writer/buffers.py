"""Rows that wait to become row groups, per partition, with a bound on the bytes of all."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from lakemesh.lake.writer.split import Key

ROWS = 1 << 18
# What Arrow itself needs for one column of one batch. `nbytes` leaves it out, and it outweighs a few rows of a table.
_COLUMN = 600


@dataclass(slots=True)
class Buffer:
    """The rows of one partition that are not yet given to a thread."""

    batches: list[pa.RecordBatch] = field(default_factory=list)
    rows: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One row group to be written."""

    key: Key
    batches: tuple[pa.RecordBatch, ...]
    size: int


class Buffers:
    """A buffer per partition. `size` is the sum over all."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.job = max(limit // 8, 1 << 20)
        """From so many bytes on, a buffer is written."""
        self._buffers: dict[Key, Buffer] = {}
        self._met: set[Key] = set()
        self.size = 0

    @property
    def partitions(self) -> int:
        """How many there have been."""
        return len(self._met)

    def add(self, key: Key, batch: pa.RecordBatch) -> list[Job]:
        """Keeps the rows; what is due to be written comes back."""
        if key not in self._buffers:
            self._buffers[key] = Buffer()
            self._met.add(key)
        buffer = self._buffers[key]
        size = weight(batch)
        buffer.batches.append(batch)
        buffer.rows += batch.num_rows
        buffer.size += size
        self.size += size
        return [self._taken(key)] if buffer.rows >= ROWS or buffer.size >= self.job else []

    def over(self, elsewhere: int) -> list[Job]:
        """The largest buffers, where all with `elsewhere` bytes pass the limit; then half of it is free again."""
        if self.size + elsewhere <= self._limit:
            return []
        jobs: list[Job] = []
        heap = [(-buffer.size, number, key) for number, (key, buffer) in enumerate(self._buffers.items())]
        heapq.heapify(heap)
        while heap and self.size > self._limit // 2:
            jobs.append(self._taken(heapq.heappop(heap)[2]))
        return jobs

    def rest(self) -> Iterator[Job]:
        """All that is still here."""
        for key in list(self._buffers):
            yield self._taken(key)

    def _taken(self, key: Key) -> Job:
        buffer = self._buffers.pop(key)
        self.size -= buffer.size
        return Job(key, tuple(buffer.batches), buffer.size)


def weight(batch: pa.RecordBatch) -> int:
    """The bytes that a batch takes in memory."""
    return batch.nbytes + _COLUMN * batch.num_columns


def joined(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    """The same rows as one batch."""
    if len(batches) == 1:
        return batches[0]
    (whole,) = pa.Table.from_batches(batches).combine_chunks().to_batches()
    return whole
