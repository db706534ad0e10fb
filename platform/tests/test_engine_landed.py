"""Files that landed are relations: every cell as text, every line accounted for."""

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine_world import CSV, JSON, PARQUET, World
from lakemesh.mesh.contract import Format


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def plain(rows: list[dict[str, object]], *names: str) -> list[tuple[object, ...]]:
    return sorted((tuple(row[name] for name in names) for row in rows), key=str)


def test_each_file_is_read_by_its_own_header(world: World) -> None:
    world.land("a.csv", "id,name\n1,x\n")
    world.land("b.csv", "name,note,ID \ny,n,2\n")
    world.land("c.csv", "id\n3\n")
    rows = world.rows(world.landed(["id", "name"]))
    assert plain(rows, "id", "name", "_source_file") == [("1", "x", "a.csv"), ("2", "y", "b.csv"), ("3", None, "c.csv")]
    assert list(rows[0]) == ["id", "name", "_source_file", "_broken", "_raw", "_source_line"]


def test_a_header_may_hold_any_letter_and_a_column_any_name(world: World) -> None:
    world.land(
        "we \"ird's; *[1]?.csv",
        'Order "ID";it\'s, odd\n1;x\n'.replace('"ID"', '""ID""').replace("Order", '"Order').replace(";it", '";it'),
    )
    landed = world.landed({"id": 'Order "ID"', "select": "it's, odd"}, Format("csv", delimiter=";"))
    rows = world.rows(landed, "id, `select`, _source_file")
    assert rows == [{"id": "1", "select": "x", "_source_file": "we \"ird's; *[1]?.csv"}]


def test_text_keeps_its_line_ends_its_zero_bytes_and_its_quotes(world: World) -> None:
    world.land("a.csv", '\ufeffid,name\r\n1,"a\r\nb"\r\n2,"say ""hi"""\r\n3,nul\0x\r\n\r\n4, sp \r\n')
    rows = world.rows(world.landed(["id", "name"]))
    assert plain(rows, "id", "name") == [("1", "a\r\nb"), ("2", 'say "hi"'), ("3", "nul\0x"), ("4", " sp ")]


def test_lines_that_end_in_two_ways_are_read_all_the_same(world: World) -> None:
    world.land("a.csv", 'id,name\r\n1,x\n2,"in\r\nside"\r\n3,z\n')
    world.land("b.csv", "id,name\n4,w\n")
    rows = world.rows(world.landed(["id", "name"]))
    assert plain(rows, "id", "name") == [("1", "x"), ("2", "in\r\nside"), ("3", "z"), ("4", "w")]
    assert {row["_source_file"] for row in rows} == {"a.csv", "b.csv"}


@pytest.mark.parametrize(
    ("encoding", "text"), [("latin-1", "café"), ("utf-16", "日本"), ("cp1252", "10 €"), ("utf-8", "日本 €")]
)
def test_letters_are_read_in_the_encoding_of_the_format(world: World, encoding: str, text: str) -> None:
    world.land("a.csv", f"id,name\n1,{text}\n".encode(encoding))
    world.land("b.csv.gz", gzip.compress(f"id,name\n2,{text}\n".encode(encoding)))
    rows = world.rows(world.landed(["id", "name"], Format("csv", encoding=encoding)))
    assert plain(rows, "id", "name") == [("1", text), ("2", text)]


def test_only_the_tokens_of_the_format_are_null(world: World) -> None:
    world.land("a.csv", 'id,name\n1,NA\n2,\n3,""\n4,"NA"\n5,null\n')
    both = world.rows(world.landed(["id", "name"], Format("csv", empty=("", "NA"))))
    assert plain(both, "id", "name") == [("1", None), ("2", None), ("3", None), ("4", None), ("5", "null")]
    one = world.rows(world.landed(["id", "name"], Format("csv", empty=("NA",))))
    assert plain(one, "id", "name") == [("1", None), ("2", ""), ("3", ""), ("4", None), ("5", "null")]
    none = world.rows(world.landed(["id", "name"], Format("csv", empty=())))
    assert plain(none, "id", "name")[0] == ("1", "NA")


def test_without_a_header_columns_are_known_by_their_place(world: World) -> None:
    world.land("a.csv", "1|x\n2|'y|z'\n")
    form = Format("csv", delimiter="|", header=False, quote="'")
    assert plain(world.rows(world.landed(["id", "name"], form)), "id", "name") == [("1", "x"), ("2", "y|z")]


def test_an_empty_file_and_one_of_a_header_alone_have_no_rows(world: World) -> None:
    world.land("a.csv", "id,name\n")
    world.land("b.csv", "")
    world.land("c.csv", "id,name")
    landed = world.landed(
        ["id", "name"], told={"a.csv": ("id", "name"), "b.csv": ("id", "name"), "c.csv": ("id", "name")}
    )
    assert world.rows(landed) == []


def test_rows_are_numbered_in_the_order_of_files_and_rows(world: World) -> None:
    for file in range(4):
        head = "id,name" if file % 3 else "name,id"
        world.land(
            f"{file}.csv",
            f"{head}\n" + "".join(f"{file * 50_000 + row},{file * 50_000 + row}\n" for row in range(50_000)),
        )
    rows = world.rows(world.landed(["id", "name"], numbered=True), "cast(id as bigint) as id, _source_row")
    numbers = sorted((row["_source_row"], row["id"]) for row in rows)  # type: ignore[type-var]
    assert [identity for _, identity in numbers] == list(range(200_000))
    assert [number for number, _ in numbers] == list(range(1, 200_001))


def test_undeclared_columns_are_kept_as_json_where_asked(world: World) -> None:
    world.land("a.csv", "id,Color,size\n1,red,\n2,,\n")
    rows = world.rows(world.landed(["id"], extra=True))
    assert plain(rows, "id", "_extra") == [("1", '{"Color":"red"}'), ("2", None)]


def test_ten_thousand_rows_of_a_thousand_files_are_all_there(world: World) -> None:
    for file in range(1000):
        world.land(f"{file // 100}/{file:04}.csv", "id\n" + "".join(f"{file}\n" for _ in range(10)))
    (row,) = world.rows(world.landed(["id"]), "count(*) as n, count(distinct _source_file) as files")
    assert row == {"n": 10_000, "files": 1000}


def test_json_is_read_by_path_and_its_text_is_bare(world: World) -> None:
    lines = [
        {"id": 1, "name": 'q"uote', "at": {"city": "Ny", "zip": [1, 2]}, "n": None},
        {"id": 12345678901234567890123, "name": True},
    ]
    world.land("a.jsonl", "\n".join(json.dumps(line) for line in lines) + "\n")
    world.land("b.jsonl.gz", gzip.compress(b'{"id": 2.50, "name": "\\u00e9", "at": {"city": null}}\r\n'))
    columns = {"id": "$.id", "name": "$.name", "city": "$.at.city", "at": "$.at", "n": "$.n"}
    rows = world.rows(world.landed(columns, JSON))
    assert plain(rows, "id", "name", "city", "at", "n") == [
        ("1", 'q"uote', "Ny", '{"city":"Ny","zip":[1,2]}', None),
        ("12345678901234567890123", "true", None, None, None),
        ("2.5", "é", None, '{"city":null}', None),
    ]


def test_a_line_that_is_no_json_object_is_a_broken_row_with_its_text(world: World) -> None:
    world.land("a.json", '{"id": 1}\nnonsense\n\n[1, 2]\n"x"\n{"id": 2} {"id": 3}\n{"id": 4}')
    rows = world.rows(world.landed(["id"], JSON))
    assert sorted(str(row["id"]) for row in rows if row["_broken"] is None) == ["1", "4"]
    assert sorted(str(row["_raw"]) for row in rows if row["_broken"]) == [
        '"x"',
        "[1, 2]",
        "nonsense",
        '{"id": 2} {"id": 3}',
    ]


def test_a_json_file_may_be_one_array(world: World) -> None:
    world.land("a.json", '\n[ {"id": 1},\n {"id": {"x": 2}}, 7 ]')
    world.land("b.json", '{"id": 3}\n')
    rows = world.rows(world.landed(["id"], JSON))
    assert plain(rows, "id", "_raw") == [("1", None), ("3", None), ('{"x":2}', None), (None, "7")]


def test_what_json_has_beyond_the_declared_is_kept_where_asked(world: World) -> None:
    world.land("a.jsonl", '{"id": 1, "color": "red", "deep": {"a": 1}}\n{"id": 2}\n')
    rows = world.rows(world.landed(["id"], JSON, extra=True))
    assert plain(rows, "id", "_extra") == [("1", '{"color":"red","deep":{"a":1}}'), ("2", None)]


def test_parquet_keeps_its_types_and_files_may_differ(world: World) -> None:
    folder = world.root / "landing"
    folder.mkdir()
    pq.write_table(pa.table({"ID": [1, 2], "amount": pa.array([1, 2], pa.int32())}), folder / "a.parquet")
    pq.write_table(pa.table({"amount": [2.5], "note": ["x"], "ID": [3]}), folder / "b.parquet")
    landed = world.landed(["id", "amount", "gone"], PARQUET, extra=True)
    rows = world.rows(landed)
    assert plain(rows, "id", "amount", "gone") == [
        (1, "1", None),
        (2, "2", None),
        (3, "2.5", None),
    ]
    assert plain(rows, "_extra") == [('{"note":"x"}',), (None,), (None,)]
    assert {row["_source_file"] for row in rows} == {"a.parquet", "b.parquet"}


def test_a_folder_name_that_looks_like_a_partition_adds_no_column(world: World) -> None:
    world.land("day=2024-01-01/a.csv", "id\n1\n")
    (row,) = world.rows(world.landed(["id"]))
    assert "day" not in row
    assert row["_source_file"] == "day=2024-01-01/a.csv"


def test_files_outside_one_root_are_still_known_by_their_paths(world: World, tmp_path: Path) -> None:
    world.land("a.csv", "id\n1\n")
    landed = world.landed(["id"])
    (elsewhere := tmp_path / "else.csv").write_text("id\n2\n")
    (file,) = landed.files
    other = type(file)("seeds/b.csv", 5, file.modified, "v", str(elsewhere))
    both = type(landed)((file, other), CSV, landed.columns, {"a.csv": ("id",), "seeds/b.csv": ("id",)})
    assert plain(world.rows(both), "id", "_source_file") == [("1", "a.csv"), ("2", "seeds/b.csv")]
