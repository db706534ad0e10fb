"""Batches of rows to bytes: CSV, JSON lines, Parquet. Streamed, so a result of any size fits."""

from collections.abc import Iterator, Sequence
from typing import IO, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from lakemesh.cli.show.texts import jsons, texts

SPECIAL = frozenset('",\r\n')


class Export(Protocol):
    """Takes batches one after the other."""

    def write(self, batch: pa.RecordBatch) -> None: ...

    def close(self) -> None:
        """Writes what ends it."""


class Csv:
    """RFC 4180 with a header, but lines end as in other text. Null is nothing, the empty text is `""`."""

    def __init__(self, stream: IO[bytes], schema: pa.Schema) -> None:
        self._stream = stream
        self._put([_field(name) for name in schema.names])

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [[_field(value) for value in texts(column)] for column in batch.columns]
        for row in zip(*columns, strict=True):
            self._put(row)

    def close(self) -> None:
        self._stream.flush()

    def _put(self, row: Sequence[str]) -> None:
        # A line of one null would be an empty line, which readers skip.
        self._stream.write((",".join(row) or '""').encode() + b"\n")


class Json:
    """One object a line."""

    def __init__(self, stream: IO[bytes], schema: pa.Schema) -> None:
        self._stream = stream

    def write(self, batch: pa.RecordBatch) -> None:
        names = [f"{name}:" for name in _names(batch.schema)]
        for row in zip(*(jsons(column) for column in batch.columns), strict=True):
            line = ",".join(name + value for name, value in zip(names, row, strict=True))
            self._stream.write(f"{{{line}}}\n".encode())

    def close(self) -> None:
        self._stream.flush()


class Parquet:
    """One file, zstd, one row group per batch or more."""

    def __init__(self, stream: IO[bytes], schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(stream, schema, compression="zstd")

    def write(self, batch: pa.RecordBatch) -> None:
        self._writer.write_batch(batch)

    def close(self) -> None:
        self._writer.close()


FORMATS: dict[str, type[Csv] | type[Json] | type[Parquet]] = {"csv": Csv, "json": Json, "parquet": Parquet}


def export(batches: Iterator[pa.RecordBatch], schema: pa.Schema, kind: str, stream: IO[bytes]) -> int:
    """Writes all batches in that format; how many rows."""
    writer: Export = FORMATS[kind](stream, schema)
    rows = 0
    for batch in batches:
        writer.write(batch)
        rows += batch.num_rows
    writer.close()
    return rows


def _names(schema: pa.Schema) -> Sequence[str]:
    return jsons(pa.array(schema.names, pa.string()))


def _field(value: str | None) -> str:
    if value is None:
        return ""
    return '"' + value.replace('"', '""') + '"' if not value or not SPECIAL.isdisjoint(value) else value
