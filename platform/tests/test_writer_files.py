"""Batches become data files: typed, described, bounded, and gone again where something fails."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.sorting import NullOrder, SortDirection, SortField, SortOrder
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import (
    DecimalType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    NestedField,
    StringType,
    StructType,
    TimestamptzType,
)

from lakemesh.errors import Stopped
from lakemesh.lake.writer import parquet
from writer_world import appended, read_back, scribble, table_of, writer

SALE = Schema(
    NestedField(1, "id", LongType(), required=False),
    NestedField(2, "name", StringType(), required=False),
    NestedField(3, "amount", DecimalType(9, 2), required=False),
    NestedField(4, "at", TimestamptzType(), required=False),
)
BY_NAME = PartitionSpec(PartitionField(2, 1000, IdentityTransform(), "name"))


def a_batch(**columns: object) -> pa.RecordBatch:
    arrays = {name: value if isinstance(value, pa.Array) else pa.array(value) for name, value in columns.items()}  # type: ignore[arg-type]
    return pa.RecordBatch.from_pydict(arrays)


def test_columns_are_found_by_name_and_cast_to_the_table(tmp_path: Path) -> None:
    table = table_of(tmp_path, SALE)
    local = pa.array([0, 1], pa.int64()).cast(pa.timestamp("ms", tz="Europe/Amsterdam"))
    batches = [
        a_batch(at=local, extra=[1, 2], amount=pa.array([Decimal("1.5"), None]), id=pa.array([1, 2], pa.int32())),
        a_batch(name=pa.array(["x"], pa.string()).dictionary_encode(), id=pa.array([Decimal(3)], pa.decimal128(38, 0))),
    ]
    appended(table, scribble(table, batches))
    rows = sorted(table.scan().to_arrow().to_pylist(), key=lambda row: row["id"])
    assert [(row["id"], row["name"], row["amount"]) for row in rows] == [
        (1, None, Decimal("1.50")),
        (2, None, None),
        (3, "x", None),
    ]
    assert rows[1]["at"].microsecond == 1000


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("amount", [Decimal("12345678.90")]),
        ("amount", [Decimal("1.005")]),
        ("id", [2.5]),
        ("id", ["x"]),
        ("at", [Decimal(1)]),
    ],
)
def test_a_value_that_does_not_fit_names_its_column(tmp_path: Path, column: str, values: list[object]) -> None:
    table = table_of(tmp_path, SALE)
    with writer(table) as open_writer, pytest.raises(Stopped, match=f'column "{column}"'):
        open_writer.add(a_batch(**{column: values}))


def test_nested_columns_have_field_numbers_and_match_by_name(tmp_path: Path) -> None:
    inner = StructType(
        NestedField(3, "x", LongType(), required=False), NestedField(4, "y", StringType(), required=False)
    )
    schema = Schema(
        NestedField(1, "s", inner, required=False),
        NestedField(
            2, "l", ListType(5, StructType(NestedField(6, "z", IntegerType(), required=False)), False), required=False
        ),
        NestedField(7, "m", MapType(8, StringType(), 9, LongType(), False), required=False),
    )
    kinds = {
        "m": pa.map_(pa.string(), pa.int32()),
        "l": pa.list_(pa.struct({"more": pa.bool_(), "z": pa.int64()})),
        "s": pa.struct({"y": pa.string(), "x": pa.int32()}),
    }
    rows = [
        {"m": [("a", 1), ("b", None)], "l": [{"more": True, "z": 1}, None], "s": {"y": "k", "x": 1}},
        {"m": None, "l": None, "s": None},
        {"m": [], "l": [], "s": {"y": None, "x": None}},
    ]
    batch = pa.RecordBatch.from_pylist(rows * 3, schema=pa.schema(kinds))
    table = table_of(tmp_path, schema)
    (file,) = scribble(table, [batch.slice(1, 4)])
    told = pq.ParquetFile(file.file_path)
    found = told.read().to_pylist()
    assert found == [
        {"s": None, "l": None, "m": None},
        {"s": {"x": None, "y": None}, "l": [], "m": []},
        {"s": {"x": 1, "y": "k"}, "l": [{"z": 1}, None], "m": [("a", 1), ("b", None)]},
        {"s": None, "l": None, "m": None},
    ]
    ids = {field.field_id for field in _leaves(told.schema_arrow)}
    leaves = ("s.x", "s.y", "l.element.z", "m.key", "m.value")
    assert ids == {table.schema().find_field(leaf).field_id for leaf in leaves}
    assert file.record_count == 4


class _Leaf:
    def __init__(self, field: pa.Field) -> None:
        self.field_id = int(field.metadata[b"PARQUET:field_id"])


def _leaves(fields: object) -> list[_Leaf]:
    found: list[_Leaf] = []
    for field in fields:  # type: ignore[attr-defined]
        kind = field.type
        if pa.types.is_map(kind):
            found += _leaves([kind.key_field, kind.item_field])
        elif pa.types.is_list(kind):
            found += _leaves([kind.value_field])
        elif pa.types.is_struct(kind):
            found += _leaves(list(kind))
        else:
            found.append(_Leaf(field))
    return found


def test_files_are_described_as_pyiceberg_would(tmp_path: Path) -> None:
    table = table_of(tmp_path, SALE)
    (file,) = scribble(table, [a_batch(id=[3, 1, None], name=["b", "a" * 40, None])])
    told = pq.ParquetFile(file.file_path)
    assert file.file_size_in_bytes == os.path.getsize(file.file_path)
    assert (file.record_count, file.null_value_counts[1], file.value_counts[1]) == (3, 1, 3)
    assert file.lower_bounds[1] == (1).to_bytes(8, "little")
    assert file.upper_bounds[1] == (3).to_bytes(8, "little")
    assert file.lower_bounds[2] == b"a" * 16
    assert file.split_offsets == [4]
    assert [int(field.metadata[b"PARQUET:field_id"]) for field in told.schema_arrow] == [1, 2, 3, 4]
    assert told.metadata.row_group(0).column(0).compression == "ZSTD"
    assert Path(file.file_path).name == "run-1-00000.parquet"


def test_columns_that_are_nearly_unique_get_no_dictionary(tmp_path: Path) -> None:
    table = table_of(tmp_path, SALE)
    (file,) = scribble(table, [a_batch(id=range(5000), name=["red", "blue"] * 2500)])
    group = pq.ParquetFile(file.file_path).metadata.row_group(0)
    assert not group.column(0).has_dictionary_page
    assert group.column(1).has_dictionary_page


def test_a_large_file_is_followed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lakemesh.lake.writer.files.TARGET", 1 << 18)
    table = table_of(tmp_path, SALE)
    batches = [
        a_batch(id=range(n * 60_000, (n + 1) * 60_000), name=[os.urandom(4).hex() for _ in range(60_000)])
        for n in range(8)
    ]
    files = scribble(table, batches, 16 << 20)
    assert len(files) > 3
    appended(table, files)
    assert table.scan().count() == 480_000
    assert parquet.TARGET == 128 << 20


def test_rows_are_sorted_within_a_file_where_the_table_is(tmp_path: Path) -> None:
    order = SortOrder(
        SortField(2, IdentityTransform(), SortDirection.DESC, NullOrder.NULLS_FIRST),
        SortField(1, IdentityTransform(), SortDirection.ASC, NullOrder.NULLS_FIRST),
    )
    table = table_of(tmp_path, SALE, sort=order)
    (file,) = scribble(table, [a_batch(id=[1, 2], name=["a", "b"]), a_batch(id=[4, 3, None], name=["b", "a", None])])
    rows = pq.ParquetFile(file.file_path).read().to_pylist()
    assert [(row["name"], row["id"]) for row in rows] == [(None, None), ("b", 2), ("b", 4), ("a", 1), ("a", 3)]
    assert file.sort_order_id == table.sort_order().order_id


def test_what_was_begun_and_not_closed_is_taken_away(tmp_path: Path) -> None:
    table = table_of(tmp_path, SALE, BY_NAME)

    def half() -> None:
        with writer(table, 4 << 20) as open_writer:
            for _ in range(40):
                open_writer.add(a_batch(id=range(10_000), name=[f"{n % 7}" for n in range(10_000)]))
            assert list((tmp_path / "sale" / "data").iterdir())
            raise KeyError("power")

    with pytest.raises(KeyError, match="power"):
        half()
    assert list((tmp_path / "sale" / "data").iterdir()) == []


def test_what_goes_wrong_in_a_thread_comes_out_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = table_of(tmp_path, SALE)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        scribble(table, [a_batch(id=range(10_000))] * 100, 1 << 20)
    assert list((tmp_path / "sale" / "data").iterdir()) == []


def test_nothing_makes_no_file(tmp_path: Path) -> None:
    assert scribble(table_of(tmp_path, SALE), []) == ()


@pytest.mark.parametrize("memory", [24 << 20, 1 << 20], ids=["in memory", "over disk"])
def test_five_hundred_partitions_in_every_batch_are_one_file_each(tmp_path: Path, memory: int) -> None:
    table = table_of(tmp_path, SALE, BY_NAME)
    names = [f"p{row % 500}" for row in range(15_000)]
    batches = [a_batch(id=range(n * 15_000, (n + 1) * 15_000), name=names) for n in range(3)]
    files = scribble(table, batches, memory)
    assert sorted(str(file.partition[0]) for file in files) == sorted(f"p{n}" for n in range(500))
    assert {file.record_count for file in files} == {90}
    ids = [value for file in files for value in pq.read_table(file.file_path)["id"].to_pylist()]
    assert sorted(ids) == list(range(45_000))
    assert len(list((tmp_path / "sale" / "data").iterdir())) == 500


def test_large_partitions_beside_many_small_ones_lose_nothing(tmp_path: Path) -> None:
    table = table_of(tmp_path, SALE, BY_NAME)
    names = ["large" if row % 2 else f"p{row % 600}" for row in range(40_000)]
    batches = [a_batch(id=range(n * 40_000, (n + 1) * 40_000), name=names) for n in range(5)]
    files = scribble(table, batches, 4 << 20)
    small = [str(file.partition[0]) for file in files if file.partition[0] != "large"]
    assert sorted(small) == sorted({name for name in names if name != "large"})
    ids = [value for file in files for value in pq.read_table(file.file_path)["id"].to_pylist()]
    assert sorted(ids) == list(range(200_000))


def test_what_waits_on_disk_is_gone_with_the_writer(tmp_path: Path) -> None:
    table = table_of(tmp_path, SALE, BY_NAME)
    with writer(table, 1 << 20) as open_writer:
        for n in range(3):
            open_writer.add(a_batch(id=range(n, n + 15_000), name=[f"p{row % 500}" for row in range(15_000)]))
    assert list((tmp_path / "sale" / "data").iterdir()) == []


def test_a_table_of_three_hundred_columns(tmp_path: Path) -> None:
    wide = Schema(
        *(NestedField(n, f"c{n}", StringType() if n % 2 else LongType(), required=False) for n in range(1, 301))
    )
    table = table_of(tmp_path, wide)
    columns = {f"c{n}": [f"v{n}-{row}" for row in range(200)] if n % 2 else list(range(200)) for n in range(300, 0, -1)}
    appended(table, scribble(table, [a_batch(**columns)] * 5, 8 << 20))
    rows = read_back(table)
    assert len(rows) == 1000
    assert "'c299': 'v299-7'" in "".join(rows)


MEASURE = """
import json, resource, sys
import pyarrow as pa
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_writer_files import BY_NAME, SALE
from writer_world import scribble, table_of
table = table_of(Path({root!r}), SALE, BY_NAME)
ids, names = pa.array(range(50_000)), pa.array([f"p{{row % 300}}" for row in range(50_000)])
def batches():
    for n in range({batches}):
        yield pa.RecordBatch.from_pydict({{"id": ids, "name": names}})
for one in batches():
    scribble(table, [one], 1 << 20)
    break
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
files = scribble(table, batches(), 32 << 20)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([after - before, sum(file.record_count for file in files)]))
"""


def test_memory_stays_inside_its_bound_however_many_rows_come(tmp_path: Path) -> None:
    here = Path(__file__).parent
    code = MEASURE.format(tests=str(here), root=str(tmp_path), batches=80)
    environment = {
        "PYTHONPATH": str(here.parent / "src"),
        "PATH": "/usr/bin:/bin",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert ran.returncode == 0, ran.stderr
    grown, rows = json.loads(ran.stdout)
    assert rows == 4_000_000
    # In kilobytes. All rows together would be some 70 MB of Arrow's, and Python's own heap is in the figure too.
    assert grown < 64 << 10
