"""Parquet, whose files have types of their own, from a file to the types of the contract."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from arrivals_world import Arrivals

FILES = "in/*.parquet"


class Typed(Arrivals):
    def parquet(self, path: str, **columns: object) -> None:
        out = io.BytesIO()
        pq.write_table(pa.table(columns), out)
        self.put(path, out.getvalue())


@pytest.fixture
def shop(tmp_path: Path) -> Typed:
    return Typed(tmp_path)


def test_types_of_the_file_are_those_of_the_table(shop: Typed) -> None:
    shop.thing(
        """
        id: int
        name: string
        amount: decimal(8,2)
        at: timestamp
        d: date
        a: array<int>
        s: struct<x:int,y:string>
        """,
        come=FILES,
    )
    noon = datetime(2024, 1, 1, 12, tzinfo=UTC)
    shop.parquet(
        "in/a.parquet",
        id=pa.array([1, 2], pa.int32()),
        name=["a", None],
        amount=pa.array([Decimal("1.50"), None], pa.decimal128(8, 2)),
        at=pa.array([noon, None], pa.timestamp("us", "UTC")),
        d=[date(2024, 1, 1), None],
        a=pa.array([[1, 2], []], pa.list_(pa.int32())),
        s=pa.array([{"x": 1, "y": "k"}, None], pa.struct([("x", pa.int32()), ("y", pa.string())])),
    )
    assert shop.take() == {"read": 2, "inserted": 2}
    assert shop.rows("thing", "id, name, amount, at, d, a, s") == [
        (1, "a", Decimal("1.50"), noon, date(2024, 1, 1), [1, 2], {"x": 1, "y": "k"}),
        (2, None, None, None, None, [], None),
    ]


def test_other_types_than_declared_are_cast_where_they_fit_and_set_aside_where_not(shop: Typed) -> None:
    shop.thing("id: int\nname: string\namount: decimal(8,2)\nat: timestamp\nd: date\nk: boolean", come=FILES)
    shop.parquet(
        "in/a.parquet",
        id=["1", "x"],
        name=pa.array([10, 20]),
        amount=[1.5, 2.25],
        at=["2024-01-01 12:00:00", None],
        d=["2024-01-01", None],
        k=["true", "false"],
    )
    shop.parquet(
        "in/b.parquet",
        id=pa.array([3, 3_000_000_000], pa.int64()),
        name=["a", "b"],
        amount=pa.array([1, 2]),
        at=pa.array([datetime(2024, 1, 1, 12), None], pa.timestamp("ns")),
        d=[date(2024, 1, 1), None],
        k=[True, None],
    )
    assert shop.take() == {"read": 4, "inserted": 2, "quarantined": 2}
    noon, day = datetime(2024, 1, 1, 12, tzinfo=UTC), date(2024, 1, 1)
    assert shop.rows("thing", "id, name, amount, at, d, k") == [
        (1, "10", Decimal("1.50"), noon, day, True),
        (3, "a", Decimal("1.00"), noon, day, True),
    ]
    told = shop.aside("_source_file, _source_line, _rule, get_json_object(_raw, '$.id') as id")
    assert told == [
        ("shop/orders/in/a.parquet", None, "id:type", "x"),
        ("shop/orders/in/b.parquet", None, "id:type", "3000000000"),
    ]


def test_headers_match_as_those_of_csv_and_undeclared_columns_are_kept_where_asked(shop: Typed) -> None:
    shop.thing("id: int\nname: {type: string, as: Full Name}", come=FILES, more="extra: store")
    shop.parquet("in/a.parquet", ID=[1], **{"Full Name": ["x"], "more": [[1, 2]], "none": [None]})
    shop.parquet("in/b.parquet", **{"full name": ["y"], "Id": [2]})
    assert shop.take() == {"read": 2, "inserted": 2}
    assert shop.rows("thing", "id, name, _extra") == [(1, "x", '{"more":[1,2]}'), (2, "y", None)]


def test_a_missing_column_stops_unless_it_has_a_default(shop: Typed) -> None:
    shop.thing("id: int\nname: string", come=FILES)
    shop.parquet("in/a.parquet", id=[1])
    assert 'shop/orders/in/a.parquet lacks declared columns: "name"' in shop.stop()
    shop.thing("id: int\nname: {type: string, default: none}\nn: {type: int, default: 5}", come=FILES)
    shop.parquet("in/b.parquet", id=[2], name=["x"], n=[3])
    shop.parquet("in/c.parquet", id=[4], name=pa.array([None], pa.string()), n=pa.array([None], pa.int32()))
    assert shop.take() == {"read": 3, "inserted": 3}
    assert shop.rows("thing", "id, name, n") == [(1, "none", 5), (2, "x", 3), (4, "none", 5)]


def test_no_rows_and_no_parquet(shop: Typed) -> None:
    shop.thing("id: int", come=FILES)
    shop.put("in/a.parquet", "id\n1\n")
    assert "shop/orders/in/a.parquet is no Parquet file" in shop.stop()
    shop.parquet("in/a.parquet", id=pa.array([], pa.int32()))
    assert shop.take() == {"read": 0}
    assert shop.rows("thing") == []


def test_a_word_of_a_column_sets_rows_of_parquet_aside_too(shop: Typed) -> None:
    shop.thing("id: int not null\nn: {type: int, range: 0..9}", come=FILES)
    shop.parquet("in/a.parquet", id=[1, None, 3], n=[1, 2, 10])
    assert shop.take() == {"read": 3, "inserted": 1, "quarantined": 2}
    assert shop.aside("_rule, _raw") == [("id:not_null", '{"n":2}'), ("n:range", '{"id":3,"n":10}')]
    shop.thing("id: int not null\nn: {type: int, range: 0..10}", come=FILES)
    assert shop.replay("thing").tables[0].accounts.as_json() == {"read": 2, "inserted": 1, "quarantined": 1}
    assert shop.rows("thing", "id, n") == [(1, 1), (3, 10)]


def test_whole_numbers_beside_floats_keep_all_their_digits(shop: Typed) -> None:
    shop.thing("id: int\nn: bigint\nd: double\nmore: string", come=FILES)
    large = 2**53 + 1
    shop.parquet("in/a.parquet", id=[1], n=pa.array([large], pa.int64()), d=pa.array([1], pa.int64()), more=["a"])
    shop.parquet("in/b.parquet", id=[2, 3], n=[2.0, 1.5], d=[0.1, None], more=["b", "c"])
    shop.parquet("in/c.parquet", more=["d"], n=pa.array([None], pa.int64()), id=[4], d=[float("inf")])
    assert shop.take() == {"read": 4, "inserted": 3, "quarantined": 1}
    assert shop.rows("thing", "id, n, d, more") == [
        (1, large, 1.0, "a"),
        (2, 2, 0.1, "b"),
        (4, None, float("inf"), "d"),
    ]
    assert shop.aside("_rule, _source_file") == [("n:type", "shop/orders/in/b.parquet")]


@pytest.mark.parametrize("kind", [pa.float64(), pa.float32(), pa.decimal128(6, 1)])
def test_a_fraction_is_no_whole_number(shop: Typed, kind: pa.DataType) -> None:
    shop.thing("id: int\nn: bigint", come=FILES)
    values = [Decimal("1.5"), Decimal("2.0"), None]
    n = pa.array(values, pa.decimal128(6, 1)).cast(kind)
    shop.parquet("in/a.parquet", id=[1, 2, 3], n=n)
    assert shop.take() == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.rows("thing", "id, n") == [(2, 2), (3, None)]
    assert shop.aside("_rule") == [("n:type",)]


def struct(values: list[object], **fields: pa.DataType) -> pa.Array:
    return pa.array(values, pa.struct(list(fields.items())))


@pytest.mark.parametrize(
    ("declared", "value", "told"),
    [
        ("struct<x:int>", struct([{"x": 1, "y": 2}], x=pa.int32(), y=pa.int64()), "struct<x:int,y:bigint>"),
        ("struct<x:int>", pa.array(["text"]), "string"),
        ("array<int>", pa.array([7]), "bigint"),
        ("int", pa.array([[7]]), "array<bigint>"),
        ("array<struct<x:int>>", pa.array([[[7]]]), "array<array<bigint>>"),
    ],
)
def test_a_nested_value_of_another_shape_is_told_with_its_file_and_column(
    shop: Typed, declared: str, value: pa.Array, told: str
) -> None:
    shop.thing(f"id: int\ns: {declared}", come=FILES)
    shop.parquet("in/a.parquet", id=[1], s=value)
    assert f"shop/orders/in/a.parquet: s is {told} there, and declared {declared}" in shop.stop()


def test_so_is_one_that_lies_beside_files_of_the_right_shape(shop: Typed) -> None:
    shop.thing("id: int\ns: struct<x:int>", come=FILES)
    shop.parquet("in/a.parquet", id=[1], s=struct([{"x": 1}], x=pa.int64()))
    assert shop.take() == {"read": 1, "inserted": 1}
    shop.parquet("in/b.parquet", id=[2], s=struct([{"x": 2}], x=pa.int64()))
    shop.parquet("in/c.parquet", id=[3], s=["text"])
    (turn,) = shop.run().tables
    assert (turn.state, turn.note.startswith("shop/orders/in/c.parquet: s is string there")) == ("stopped", True)
    assert shop.rows("thing", "id") == [(1,)]
