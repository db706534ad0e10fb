"""One Parquet file while it is written, and what the table learns of it."""

import os
from dataclasses import dataclass
from io import IOBase
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.io import FileIO
from pyiceberg.io.pyarrow import (
    StatisticsCollector,
    compute_statistics_plan,
    data_file_statistics_from_parquet_metadata,
    parquet_path_to_id_mapping,
    schema_to_pyarrow,
)
from pyiceberg.manifest import DataFile, DataFileContent, FileFormat
from pyiceberg.schema import Schema
from pyiceberg.typedef import Record

from lakemesh.errors import Mistakes
from lakemesh.lake.writer.split import Key

TARGET = 128 << 20


@dataclass(frozen=True, slots=True)
class Shape:
    """What all files of one write have in common."""

    schema: Schema
    arrow: pa.Schema
    spec_id: int
    sort_order_id: int | None
    plan: dict[int, StatisticsCollector]
    ids: dict[str, int]

    @classmethod
    def of(cls, schema: Schema, spec_id: int, sort_order_id: int | None) -> "Shape":
        arrow = schema_to_pyarrow(schema, include_field_ids=True)
        plan = compute_statistics_plan(schema, {})
        return cls(schema, arrow, spec_id, sort_order_id, plan, parquet_path_to_id_mapping(schema))


class DataFileWriter:
    """A file of one partition that takes row groups until it is large enough."""

    def __init__(self, shape: Shape, io: FileIO, location: str, key: Key, dictionary: list[str]) -> None:
        self.key = key
        self.location = location
        self._shape = shape
        self._local = local(location)
        self._sink = pa.OSFile(self._local, "wb") if self._local else _elsewhere(io, location)
        # Data pages V1: the vectorised Spark reader of Iceberg 1.7 is not known to take V2.
        self._writer = pq.ParquetWriter(
            self._sink,
            shape.arrow,
            compression="zstd",
            compression_level=1,
            use_dictionary=cast(bool, dictionary),
            version="2.6",
            data_page_version="1.0",
            store_decimal_as_integer=True,
            store_schema=False,
        )

    def write(self, table: pa.Table) -> None:
        """One more row group."""
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))

    @property
    def size(self) -> int:
        return int(self._sink.tell())

    def close(self) -> DataFile:
        """Ends the file, syncs it where it is local, and says what is in it."""
        self._writer.close()
        size = self.size
        self._sink.close()
        if self._local:
            sync(self._local)
        try:
            statistics = data_file_statistics_from_parquet_metadata(
                self._writer.writer.metadata, self._shape.plan, self._shape.ids
            )
        except OverflowError as error:
            # Of a column by itself it is a rule that such a row breaks; of a part of one nobody looks.
            what = "a date or a time inside a list, map or struct lies outside the years 1 to 9999"
            raise Mistakes.of(what, "leave it out, or declare it as string") from error
        return DataFile.from_args(
            content=DataFileContent.DATA,
            file_path=self.location,
            file_format=FileFormat.PARQUET,
            partition=Record(*self.key),
            file_size_in_bytes=size,
            sort_order_id=self._shape.sort_order_id,
            spec_id=self._shape.spec_id,
            equality_ids=None,
            key_metadata=None,
            **statistics.to_serialized_dict(),
        )

    def drop(self) -> None:
        """Lets go of the file without ending it."""
        try:
            self._writer.close()
        finally:
            self._sink.close()


def _elsewhere(io: FileIO, location: str) -> pa.NativeFile:
    return pa.PythonFile(cast(IOBase, io.new_output(location).create()), "w")


def local(location: str) -> str | None:
    """The path of a location on this machine's disk; None where it is elsewhere."""
    # As pyiceberg reads it: nothing in a file:// location is escaped.
    path = location.removeprefix("file://")
    return None if "://" in path else path


def sync(path: str) -> None:
    """What was written there survives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
