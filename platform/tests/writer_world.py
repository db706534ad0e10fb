"""A table of pyiceberg's own, and the writer beside it."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.manifest import DataFile
from pyiceberg.partitioning import UNPARTITIONED_PARTITION_SPEC, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.table.sorting import UNSORTED_SORT_ORDER, SortOrder

from lakemesh.lake.writer import Writer


def table_of(
    root: Path,
    schema: Schema,
    spec: PartitionSpec = UNPARTITIONED_PARTITION_SPEC,
    sort: SortOrder = UNSORTED_SORT_ORDER,
) -> Table:
    catalog = SqlCatalog("test", uri=f"sqlite:///{root}/catalog.db", warehouse=str(root))
    catalog.create_namespace("shop")
    return catalog.create_table("shop.sale", schema, location=str(root / "sale"), partition_spec=spec, sort_order=sort)


def writer(table: Table, memory: int = 64 << 20) -> Writer:
    order = table.sort_order()
    return Writer(table.schema(), table.spec(), order, table.location(), table.io, memory, "run-1")


def scribble(table: Table, batches: Iterable[pa.RecordBatch], memory: int = 64 << 20) -> tuple[DataFile, ...]:
    with writer(table, memory) as open_writer:
        for batch in batches:
            open_writer.add(batch)
        return open_writer.close()


def appended(table: Table, files: Iterable[DataFile]) -> None:
    with table.transaction() as transaction, transaction.update_snapshot().fast_append() as append:
        for file in files:
            append.append_data_file(file)


def read_back(table: Table) -> list[str]:
    # The order of columns is the schema's; times are compared as instants.
    shape = table.schema().as_arrow()
    return sorted(map(repr, table.scan().to_arrow().cast(shape).to_pylist()))
