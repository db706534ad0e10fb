"""Results as CSV, JSON lines and Parquet."""

import csv
import io
import json
import math
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from lakemesh.cli.show.export import export

SCHEMA = pa.schema(
    [
        ("n", pa.int64()),
        ("text", pa.string()),
        ("amount", pa.decimal128(12, 2)),
        ("share", pa.float64()),
        ("day", pa.date32()),
        ("at", pa.timestamp("us", "UTC")),
        ("raw", pa.binary()),
        ("item", pa.struct([("sku", pa.string()), ("tags", pa.list_(pa.string()))])),
        ("words", pa.map_(pa.string(), pa.int32())),
        ("yes", pa.bool_()),
    ]
)
FULL = {
    "n": 9007199254740993,
    "text": 'a "quoted", line\nbroken é',
    "amount": Decimal("1234567890.10"),
    "share": math.nan,
    "day": date(2013, 1, 31),
    "at": datetime(2013, 1, 31, 5, 0, 0, 250000, tzinfo=UTC),
    "raw": b"\x00\xff",
    "item": {"sku": "x", "tags": ["a", None]},
    "words": [("k", 1)],
    "yes": True,
}
BATCHES = [
    pa.RecordBatch.from_pylist([FULL, dict.fromkeys(FULL)], SCHEMA),
    pa.RecordBatch.from_pylist([{**FULL, "text": ""}], SCHEMA),
]


def written(kind: str) -> bytes:
    stream = io.BytesIO()
    assert export(iter(BATCHES), SCHEMA, kind, stream) == 3
    return stream.getvalue()


def test_csv_is_what_rfc_4180_says() -> None:
    data = written("csv")
    assert data.startswith(
        b'n,text,amount,share,day,at,raw,item,words,yes\n9007199254740993,"a ""quoted"", line\nbroken'
    )
    header, full, nulls, _ = csv.reader(io.StringIO(data.decode(), newline=""))
    assert dict(zip(header, full, strict=True)) == {
        "n": "9007199254740993",
        "text": 'a "quoted", line\nbroken é',
        "amount": "1234567890.10",
        "share": "NaN",
        "day": "2013-01-31",
        "at": "2013-01-31T05:00:00.250000Z",
        "raw": "00ff",
        "item": '{"sku":"x","tags":["a",null]}',
        "words": '{"k":1}',
        "yes": "true",
    }
    assert set(nulls) == {""}


def test_csv_tells_null_from_the_empty_text() -> None:
    stream = io.BytesIO()
    batch = pa.RecordBatch.from_pylist([{"a": None}, {"a": ""}], pa.schema([("a", pa.string())]))
    two = pa.RecordBatch.from_arrays([batch.column(0), batch.column(0)], names=["a", "b"])
    export(iter([two]), two.schema, "csv", stream)
    assert stream.getvalue() == b'a,b\n,\n"",""\n'


def test_json_is_one_object_a_line_with_exact_numbers() -> None:
    full, nulls, _ = written("json").decode().splitlines()
    assert json.loads(full) == {
        **FULL,
        "amount": 1234567890.10,
        "share": "NaN",
        "day": "2013-01-31",
        "at": "2013-01-31T05:00:00.250000Z",
        "raw": "00ff",
        "words": {"k": 1},
    }
    assert '"amount":1234567890.10,' in full
    assert json.loads(nulls) == dict.fromkeys(FULL)


def test_parquet_reads_back_as_it_was() -> None:
    table = pq.read_table(io.BytesIO(written("parquet")))
    assert table.schema.equals(SCHEMA)
    assert table.num_rows == 3


def test_no_rows_are_a_header_and_a_valid_file() -> None:
    for kind, expected in (("csv", b"a\n"), ("json", b"")):
        stream = io.BytesIO()
        assert export(iter(()), pa.schema([("a", pa.int32())]), kind, stream) == 0
        assert stream.getvalue() == expected


def test_nanoseconds_are_cut_to_what_can_be_said() -> None:
    stream = io.BytesIO()
    batch = pa.RecordBatch.from_arrays([pa.array([1_359_608_400_000_000_789], pa.timestamp("ns"))], names=["at"])
    export(iter([batch]), batch.schema, "csv", stream)
    assert stream.getvalue() == b"at\n2013-01-31T05:00:00\n"
