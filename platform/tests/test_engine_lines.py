"""A row that was set aside says which line of which file it is from."""

import gzip
from pathlib import Path

import pytest

from engine_world import CSV, JSON, TABLE, World, kinds, outlet
from lakemesh.engine.duckdb import lines
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.landing.batch import Landed
from lakemesh.mesh.contract import Format
from test_engine_write import JUDGED


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def set_aside(world: World, landed: Landed) -> list[tuple[object, object, object]]:
    branch = world.branch(kinds(id="bigint", name="string", _source_file="string"))
    aside = world.aside()
    outlets = (outlet(aside, "quarantined", lines=True), outlet(branch, "inserted"))
    written = world.write(JUDGED, outlets, {TABLE.landed: landed}, per_file=True)
    assert written.accounts.balanced
    rows = world.seen(written.heads[aside.table], "_source_file, _source_line, _raw")
    found = [(row["_source_file"], row["_source_line"], row["_raw"]) for row in rows]
    return sorted(found, key=lambda row: (str(row[0]), str(row[1]).zfill(9)))


def test_lines_are_those_of_the_file_also_after_quoted_line_ends_and_empty_lines(world: World) -> None:
    world.land("a.csv", 'id,name\n1,"two\nlines"\n\nbad,x\n2,y\nshort\nbad,x\nworse,"a\nb"\n')
    assert set_aside(world, world.landed(["id", "name"])) == [
        ("a.csv", 5, '{"id":"bad","name":"x"}'),
        ("a.csv", 7, "short"),
        ("a.csv", 8, '{"id":"bad","name":"x"}'),
        ("a.csv", 9, '{"id":"worse","name":"a\\nb"}'),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_lines_are_found_in_every_encoding_plain_or_packed(world: World, encoding: str, packed: bool) -> None:
    rows = "".join(f'{n},"é\r\n{n}"\r\n' if n % 3 else f"é{n},ü\r\n" for n in range(1, 7)) + "née\r\n"
    data = f"id,name\r\n{rows}".encode(encoding)
    world.land("a.csv.gz" if packed else "a.csv", gzip.compress(data) if packed else data)
    found = set_aside(world, world.landed(["id", "name"], Format("csv", encoding=encoding)))
    assert [(line, raw) for _, line, raw in found] == [
        (6, '{"id":"é3","name":"ü"}'),
        (11, '{"id":"é6","name":"ü"}'),
        (12, "née"),
    ]


def test_bytes_that_are_no_letters_stay_legible(world: World) -> None:
    world.land("a.csv", b"id,name\r\n1,x\r\n2,caf\xe9\r\n")
    landed = world.landed(["id", "name"], told={"a.csv": ("id", "name")})
    assert set_aside(world, landed) == [("a.csv", 3, "2,caf\\xe9")]


def test_lines_of_json_are_counted_with_the_empty_ones(world: World) -> None:
    world.land("a.jsonl", '{"id": 1, "name": "x"}\n\n{"id": 1.10, "name": {"deep": [1, 2]}}\nnonsense\n{"id": "q"}\n')
    world.land("b.jsonl", "[1, 2]\n")
    assert set_aside(world, world.landed(["id", "name"], JSON)) == [
        ("a.jsonl", 3, '{"id":"1.1","name":"{\\"deep\\":[1,2]}"}'),
        ("a.jsonl", 4, "nonsense"),
        ("a.jsonl", 5, '{"id":"q"}'),
        ("b.jsonl", 1, "[1, 2]"),
    ]


def test_a_file_of_broken_lines_alone_is_read_to_its_end(world: World) -> None:
    world.land("a.csv", "id;name\n" + "".join(f"{n};x\n" for n in range(25_000)))
    landed = world.landed(["id", "name"], CSV, told={"a.csv": ("id", "name")})
    found = set_aside(world, landed)
    assert len(found) == 25_000
    assert found[0] == ("a.csv", 2, "0;x")
    assert found[-1][1] == 25_001


def test_many_rows_set_aside_are_kept_without_lines(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST", 10)
    world.land("a.csv", "id,name\n" + "x,y\n" * 11)
    found = set_aside(world, world.landed(["id", "name"]))
    assert [line for _, line, _ in found] == [None] * 11


def test_a_quote_that_is_never_closed_loses_no_line_in_silence(world: World) -> None:
    world.land("a.csv", 'id,name\n1,x\n2,"open\n3,y\n')
    ((file, line, raw),) = set_aside(world, world.landed(["id", "name"]))
    assert (file, line) == ("a.csv", 3)
    assert str(raw).startswith('2,"open\n3,y')


def test_files_that_end_their_lines_in_two_ways_are_written_all_the_same(world: World) -> None:
    world.land("a.csv", 'id,name\r\n1,x\nq,"y\r\nz"\r\n3,w\r\nshort\n')
    branch = world.branch(kinds(id="bigint", name="string", _source_file="string"))
    aside = world.aside()
    outlets = (outlet(aside, "quarantined", lines=True), outlet(branch, "inserted"))
    written = world.write(JUDGED, outlets, {TABLE.landed: world.landed(["id", "name"])}, per_file=True)
    assert written.accounts == Accounts(read=4, inserted=2, quarantined=2)
    lines_told = [
        (row["_source_line"], row["_raw"]) for row in world.seen(written.heads[aside.table], "_source_line, _raw")
    ]
    assert lines_told == [(3, '{"id":"q","name":"y\\r\\nz"}'), (6, "short")]
