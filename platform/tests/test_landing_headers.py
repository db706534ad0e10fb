import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakemesh.declare.types import Decimal, Primitive
from lakemesh.errors import Mistakes, Stopped
from lakemesh.lake.landing.headers import headers
from lakemesh.lake.landing.match import match
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Arrival, Column, Contract, Format
from landing_world import APPEND, CDC, COLUMNS, CSV, contract, files


def landed(folder: Path, name: str, data: bytes) -> File:
    path = folder / name
    path.write_bytes(data)
    return File(name, len(data), datetime.now(UTC), "1", str(path))


def header(folder: Path, data: bytes, name: str = "a.csv", **words: object) -> tuple[str, ...]:
    form = Format("csv", **words)  # type: ignore[arg-type]
    return headers([landed(folder, name, data)], form)[name]


@pytest.mark.parametrize(
    "data,words,expected",
    [
        (b"id,Full Name\n1,x\n", {}, ("id", "Full Name")),
        (b"\xef\xbb\xbfid,b\r\n", {}, ("id", "b")),
        (b"id,b", {}, ("id", "b")),
        (b'"a ""b""","c,d","e\nf"\n1,2,3\n', {}, ('a "b"', "c,d", "e\nf")),
        ("id;größe\n".encode("latin-1"), {"delimiter": ";", "encoding": "latin-1"}, ("id", "größe")),
        ("id\tb\n".encode("utf-16"), {"delimiter": "\t", "encoding": "utf-16"}, ("id", "b")),
        (b"'a,b',c\n", {"quote": "'"}, ("a,b", "c")),
        (b'say "a",c\n', {"quote": ""}, ('say "a"', "c")),
    ],
)
def test_a_header_is_read_as_the_format_says(tmp_path, data, words, expected):
    assert header(tmp_path, data, **words) == expected


def test_a_zipped_header_is_read_without_the_rest(tmp_path):
    data = gzip.compress(b"id,b\n" + b"1,2\n" * 100_000)
    assert header(tmp_path, data[:2000], "a.csv.gz") == ("id", "b")


def test_a_header_longer_than_a_chunk_is_whole(tmp_path):
    names = tuple(f"column_{number}" for number in range(20_000))
    assert header(tmp_path, (",".join(names) + "\n1\n").encode()) == names


def test_files_without_headers_have_none(tmp_path):
    assert headers([landed(tmp_path, "a.csv", b"1,2\n")], Format("csv", header=False)) == {}
    assert headers([landed(tmp_path, "a.json", b"{}\n")], Format("json")) == {}


def test_a_parquet_file_names_its_columns(tmp_path):
    pq.write_table(pa.table({"id": [1], "Full Name": ["x"]}), tmp_path / "a.parquet")
    file = File("a.parquet", 1, datetime.now(UTC), "1", str(tmp_path / "a.parquet"))
    assert headers([file], Format("parquet")) == {"a.parquet": ("id", "Full Name")}
    with pytest.raises(Stopped, match="is no Parquet file"):
        headers([landed(tmp_path, "b.parquet", b"id\n1\n")], Format("parquet"))


@pytest.mark.parametrize(
    "data,name,told",
    [
        (b"", "a.csv", "is empty"),
        ("id,größe\n".encode("latin-1"), "a.csv", "is not utf-8"),
        (b"id\n", "a.csv.gz", "cannot be read"),
        (b'id,"b\n' + b"x" * 5_000_000, "a.csv", "does not end"),
    ],
)
def test_a_file_without_a_readable_header_stops_with_its_name(tmp_path, data, name, told):
    with pytest.raises(Stopped) as caught:
        header(tmp_path, data, name)
    assert f"{name} {told}" in str(caught.value) or f"of {name} {told}" in str(caught.value)


FILES = contract(files("crm/people/*.csv"))


def stopped(of: Contract, found: dict[str, tuple[str, ...]]) -> str:
    with pytest.raises(Stopped) as caught:
        match(of, found)
    return str(caught.value)


def test_headers_match_after_lowering_and_trimming():
    found = match(FILES, {"a.csv": (" ID", "full name ", "Changed")})
    assert {name: text.lower() for name, text in found.items()} == {
        "id": "id",
        "name": "full name",
        "changed": "changed",
    }


def test_two_headers_that_become_one_stop():
    assert stopped(FILES, {"a.csv": ("id", "Full Name", "changed", "ID ")}) == (
        'a.csv has two columns that are one name: "id" and "ID "\n'
        "  → headers match after lowering and trimming; rename one of them where the file is made"
    )
    assert "two columns" in stopped(FILES, {"a.csv": ("id", "id", "Full Name", "changed")})


def test_undeclared_columns_stop_with_the_lines_to_add():
    header = ("id", "Full Name", "changed", "phone", "Home Town")
    assert stopped(FILES, {"a.csv": header, "b.csv": header}) == (
        'a.csv (and 1 more) has columns that are not declared: "phone", "Home Town"\n'
        "  → declare them in domains/crm/people/ingest/customer.yaml below `columns:`, or say `extra: ignore`\n"
        "      phone: string\n"
        '      home_town: {type: string, as: "Home Town"}'
    )


@pytest.mark.parametrize("extra", ["ignore", "store"])
def test_undeclared_columns_may_be_welcome(extra):
    found = match(contract(files("crm/people/*.csv", extra=extra)), {"a.csv": ("id", "Full Name", "changed", "phone")})
    assert list(found) == ["id", "name", "changed"]


def test_missing_columns_stop():
    told = stopped(FILES, {"a.csv": ("id", "Full Name", "changed"), "b.csv": ("id", "Full Name")})
    assert told.startswith('b.csv lacks declared columns: "changed"\n  → land the file again with them; or')
    assert "`default:` at changed" in told


def test_a_column_with_a_default_may_be_missing():
    columns = (*COLUMNS[:2], Column("changed", Primitive("timestamp"), default="2024-01-01"))
    assert match(contract(files("x/*.csv"), columns=columns), {"a.csv": ("id", "Full Name")})["changed"] == "changed"


def test_a_renamed_column_is_told_as_one():
    columns = (Column("id", Primitive("int")), Column("price", Decimal(12, 2)))
    told = stopped(contract(files("x/*.csv"), columns=columns), {"a.csv": ("id", "unit price")})
    assert 'price: {type: "decimal(12,2)", as: "unit price"}' in told


def test_a_log_of_changes_has_its_operation_and_a_full_load_may_lack_it():
    log = contract(Arrival("dms", "crm/shop/s/t", CSV), CDC)
    names = ("id", "Full Name", "changed")
    found = match(log, {"LOAD.csv": names, "changes.csv": ("OP", *names)}, full={"LOAD.csv"})
    assert found["Op"].lower() == "op"
    assert 'changes.csv lacks declared columns: "Op"' in stopped(log, {"changes.csv": names})


def test_json_is_matched_by_path():
    columns = (
        Column("id", Primitive("int")),
        Column("os", Primitive("string"), source="$.device.os"),
        Column("kind", Primitive("string"), source="eventType"),
    )
    arrival = Arrival("stream", "crm/clicks/event", Format("json"), extra="ignore")
    assert match(contract(arrival, APPEND, columns), {}) == {"id": "$.id", "os": "$.device.os", "kind": "$.eventType"}


def test_files_without_headers_are_matched_by_position():
    found = match(contract(Arrival("files", "x/*.csv", Format("csv", header=False))), {})
    assert list(found) == ["id", "name", "changed"]


def test_a_log_of_changes_needs_headers():
    with pytest.raises(Mistakes, match="AddColumnName"):
        match(contract(Arrival("dms", "crm/shop/s/t", Format("csv", header=False)), CDC), {})


def test_an_encoding_that_nobody_knows_is_told(tmp_path):
    with pytest.raises(Mistakes, match='"klingon" is no encoding'):
        header(tmp_path, b"id\n", encoding="klingon")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("id\n".encode("utf-16"), "it begins as UTF-16 does\n  → say what it is: `format: {encoding: utf-16}`"),
        ("id\n".encode("utf-16-le"), "zero bytes, as UTF-16 does\n  → say what it is: `format: {encoding: utf-16-le}`"),
        ("id\n".encode("utf-16-be"), "`format: {encoding: utf-16-be}`"),
        ("größe\n".encode("latin-1"), "`format: {encoding: latin-1}`"),
    ],
)  # fmt: skip
def test_a_header_in_another_encoding_is_told_with_the_likely_one(tmp_path, data, told):
    with pytest.raises(Stopped, match=re.escape(told)):
        header(tmp_path, data)


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [("id;full name", '";"'), ("ID\tx", "tab"), ('"id"|"Full Name"', '"|"'), ("x;changed", '";"')],
)
def test_a_header_that_comes_as_one_cell_is_told_with_its_delimiter(header, delimiter):
    told = stopped(FILES, {"a.csv": (header,)})
    assert f"a.csv has {delimiter} between its cells" in told
    assert f"say `format: {{delimiter: {delimiter}}}` in domains/crm/people/ingest/customer.yaml" in told
