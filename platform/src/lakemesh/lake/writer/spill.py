"""Partitions whose rows come in many small pieces: on disk until all are there, so that each is written once."""

import os
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from lakemesh.lake.writer.buffers import ROWS, Job, joined, weight
from lakemesh.lake.writer.split import Key


class Spill:
    """One file without a name: whatever becomes of the process, nothing of it is left."""

    def __init__(self, schema: pa.Schema, folder: Path | None) -> None:
        self._schema = schema
        self._folder = folder
        self._file: BinaryIO | None = None
        self._pieces: dict[Key, array[int]] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._pieces

    def add(self, job: Job) -> None:
        """Keeps these rows on disk."""
        if self._file is None:
            self._file = cast(BinaryIO, tempfile.TemporaryFile(dir=self._folder))  # noqa: SIM115
        whole = joined(job.batches).serialize()
        data = pa.compress(whole, "lz4", asbytes=True)
        # Where it lies, how long it is, and how long it was.
        self._pieces.setdefault(job.key, array("q")).extend((self._file.tell(), len(data), whole.size))
        self._file.write(data)

    def jobs(self, limit: int) -> Iterator[Job]:
        """All rows, partition by partition, in pieces of no more than about `limit` bytes; then none are left."""
        if self._file is not None:
            self._file.flush()
        while self._pieces:
            key, pieces = self._pieces.popitem()
            batches: list[pa.RecordBatch] = []
            rows = size = 0
            for at in range(0, len(pieces), 3):
                batch = self._piece(*pieces[at : at + 3])
                batches.append(batch)
                rows, size = rows + batch.num_rows, size + weight(batch)
                if rows >= ROWS or size >= limit:
                    yield Job(key, tuple(batches), size)
                    batches, rows, size = [], 0, 0
            if batches:
                yield Job(key, tuple(batches), size)

    def close(self) -> None:
        """Lets go of the file."""
        self._pieces.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _piece(self, offset: int, length: int, size: int) -> pa.RecordBatch:
        assert self._file is not None
        data = os.pread(self._file.fileno(), length, offset)
        return pa.ipc.read_record_batch(pa.decompress(data, decompressed_size=size, codec="lz4"), self._schema)
