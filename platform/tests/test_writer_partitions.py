"""Each row lies in the partition that Iceberg says, for every transform over every type."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyiceberg.expressions import EqualTo, IsNull
from pyiceberg.partitioning import PartitionField, PartitionSpec, _to_partition_representation
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.transforms import (
    BucketTransform,
    DayTransform,
    HourTransform,
    IdentityTransform,
    MonthTransform,
    TruncateTransform,
    UnknownTransform,
    YearTransform,
)
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    IntegerType,
    LongType,
    NestedField,
    StringType,
    TimestampType,
    TimestamptzType,
)

from lakemesh.errors import Mistakes
from lakemesh.lake.writer.transform import applied
from writer_world import appended, read_back, scribble, table_of

SCHEMA = Schema(
    *(
        NestedField(number, name, kind, required=False)
        for number, (name, kind) in enumerate(
            {
                "small": IntegerType(),
                "large": LongType(),
                "text": StringType(),
                "day": DateType(),
                "at": TimestamptzType(),
                "local": TimestampType(),
                "money": DecimalType(12, 2),
                "bytes": BinaryType(),
                "float": DoubleType(),
                "flag": BooleanType(),
            }.items(),
            1,
        )
    )
)
CASES = [
    *((name, IdentityTransform()) for name in SCHEMA.column_names),
    *((name, BucketTransform(7)) for name in ("small", "large", "text", "day", "at", "local", "money", "bytes")),
    *((name, TruncateTransform(3)) for name in ("small", "large", "text", "money", "bytes")),
    *((name, kind()) for name in ("day", "at", "local") for kind in (YearTransform, MonthTransform, DayTransform)),
    *((name, HourTransform()) for name in ("at", "local")),
]


def some_rows(count: int) -> pa.Table:
    dice = random.Random(7)
    values = {
        "small": lambda: dice.choice([-(2**31) + 2, -1, 0, 1, 34, 2**31 - 1, dice.randint(-99, 99)]),
        "large": lambda: dice.choice([-(2**63) + 2, -1, 0, 34, 2**63 - 1, dice.randint(-99, 99)]),
        "text": lambda: dice.choice(["", "a", "iceberg", "äöü€", "日本語テキスト", "a/b=c ..", "%2F"]),
        "day": lambda: date(1, 1, 1) + timedelta(days=dice.choice([0, 719_161, 719_162, 719_163, 3_652_058, 738_000])),
        "at": lambda: (
            datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
            + timedelta(hours=dice.choice([-9999, -1, 0, 1, 500_000]))
        ),
        "local": lambda: datetime(1970, 1, 1) + timedelta(microseconds=dice.choice([-1, 0, 1, -(10**15), 10**15])),
        "money": lambda: Decimal(dice.choice([-1001, -1, 0, 1, 1420, 10**11])).scaleb(-2),
        "bytes": lambda: dice.choice([b"", b"\0", b"\xff\xfe\xfd\xfc", b"abc"]),
        "float": lambda: dice.choice([0.5, -1.0, float("inf")]),
        "flag": lambda: dice.random() < 0.5,
    }
    rows = [{name: None if dice.random() < 0.1 else value() for name, value in values.items()} for _ in range(count)]
    return pa.Table.from_pylist(rows, schema=SCHEMA.as_arrow())


def misplaced(table: Table, files: object) -> list[object]:
    """Rows whose file says another partition than pyiceberg's own transform of one value."""
    found: list[object] = []
    for file in files:  # type: ignore[attr-defined]
        for row in pq.ParquetFile(file.file_path).read().to_pylist():
            for place, field in enumerate(table.spec().fields):
                source = table.schema().find_field(field.source_id)
                plain = _to_partition_representation(source.field_type, row[source.name])
                wanted = None if plain is None else field.transform.transform(source.field_type)(plain)
                if file.partition[place] != wanted:
                    found.append((source.name, plain, wanted, file.partition[place]))
    return found


def spec_of(*fields: tuple[str, object]) -> PartitionSpec:
    return PartitionSpec(
        *(
            PartitionField(SCHEMA.find_field(name).field_id, 1000 + place, kind, f"part_{place}")  # type: ignore[arg-type]
            for place, (name, kind) in enumerate(fields)
        )
    )


@pytest.mark.parametrize(("column", "transform"), CASES, ids=[f"{kind}-{name}" for name, kind in CASES])
def test_rows_lie_where_iceberg_says_and_come_back_whole(tmp_path: Path, column: str, transform: object) -> None:
    rows = some_rows(300)
    table = table_of(tmp_path, SCHEMA, spec_of((column, transform)))
    files = scribble(table, rows.to_batches(max_chunksize=110))
    assert misplaced(table, files) == []
    appended(table, files)
    assert read_back(table) == sorted(map(repr, rows.to_pylist()))


def test_several_fields_make_one_partition(tmp_path: Path) -> None:
    rows = some_rows(400)
    table = table_of(
        tmp_path,
        SCHEMA,
        spec_of(("day", YearTransform()), ("text", IdentityTransform()), ("large", BucketTransform(3))),
    )
    files = scribble(table, rows.to_batches(max_chunksize=150))
    assert misplaced(table, files) == []
    partitions = [tuple(file.partition[place] for place in range(3)) for file in files]
    assert len(set(partitions)) == len(partitions)
    appended(table, files)
    assert read_back(table) == sorted(map(repr, rows.to_pylist()))


def test_a_filter_on_the_column_reads_the_files_of_its_partition_alone(tmp_path: Path) -> None:
    rows = some_rows(500)
    table = table_of(tmp_path, SCHEMA, spec_of(("text", TruncateTransform(2)), ("at", DayTransform())))
    appended(table, scribble(table, rows.to_batches()))
    every = len(list(table.scan().plan_files()))
    for where, count in (
        (EqualTo("text", "iceberg"), sum(value == "iceberg" for value in rows["text"].to_pylist())),
        (IsNull("at"), rows["at"].null_count),
    ):
        assert 0 < len(list(table.scan(where).plan_files())) < every / 2
        assert table.scan(where).to_arrow().num_rows == count


def test_a_partition_that_this_version_does_not_know_is_named_with_what_to_do() -> None:
    with pytest.raises(Mistakes, match="zorder"):
        applied(UnknownTransform("zorder"), StringType())
