"""What a contract becomes in Iceberg, and what may change about it later."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pyarrow as pa
import pytest
from pyiceberg.expressions.parser import parse

from lake_world import TABLE, a_column, a_contract, ids, load, note, open_lake, read, rows_of, write
from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct, Type
from lakemesh.errors import Mistakes
from lakemesh.lake.lake import Lake
from lakemesh.lake.schema import columns, schema, to_iceberg, to_spark
from lakemesh.mesh.contract import Partition, Sort

INT, TEXT = Primitive("int"), Primitive("string")
EVERY_TYPE: list[tuple[Type, str]] = [
    (Primitive("boolean"), "boolean"),
    (INT, "int"),
    (Primitive("bigint"), "long"),
    (Primitive("float"), "float"),
    (Primitive("double"), "double"),
    (Primitive("date"), "date"),
    (Primitive("timestamp"), "timestamptz"),
    (Primitive("timestamp_ntz"), "timestamp"),
    (TEXT, "string"),
    (Primitive("binary"), "binary"),
    (Decimal(12, 2), "decimal(12, 2)"),
    (Array(INT), "list<int>"),
    (MapOf(TEXT, Array(INT)), "map<string, list<int>>"),
    (Struct((("a", INT), ("b", Array(TEXT)))), "struct<2: a: optional int, 3: b: optional list<string>>"),
]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return open_lake(tmp_path / "lake")


@pytest.mark.parametrize(("kind", "iceberg"), EVERY_TYPE, ids=lambda value: str(value))
def test_every_type_comes_back_as_it_went(kind: Type, iceberg: str) -> None:
    there = to_iceberg(kind, count(2))
    assert str(there) == iceberg
    assert to_spark(there) == kind


def test_columns_are_optional_numbered_and_described() -> None:
    made = schema(a_contract(columns={"id": "int", "tags": Array(TEXT), "name": "string"}))
    assert [(f.field_id, f.name, f.required) for f in made.fields] == [
        (1, "id", False),
        (2, "tags", False),
        (3, "name", False),
    ]
    assert made.highest_field_id == 4
    assert list(columns(made)) == ["id", "tags", "name"]
    described = schema(replace(a_contract(), columns=(a_column("id", "int", description="Which."),)))
    assert described.fields[0].doc == "Which."


def test_partitions_and_sort_order_come_from_the_contract(lake: Lake) -> None:
    parts = (
        Partition("identity", "name"),
        Partition("year", "day"),
        Partition("month", "day"),
        Partition("day", "at"),
        Partition("hour", "at"),
        Partition("bucket", "id", 16),
        Partition("truncate", "name", 4),
    )
    kinds = {"id": "int", "name": "string", "day": "date", "at": "timestamp"}
    lake.branch(a_contract(columns=kinds, partition=parts, sort=(Sort("at"), Sort("id", descending=True))), "r1")
    metadata = lake._load(TABLE).metadata
    assert [f"{f.name}={f.transform}" for f in metadata.spec().fields] == [
        "name=identity",
        "day_year=year",
        "day_month=month",
        "at_day=day",
        "at_hour=hour",
        "id_bucket=bucket[16]",
        "name_truncate=truncate[4]",
    ]
    assert [f"{f.source_id} {f.direction.value} {f.null_order.value}" for f in metadata.sort_order().fields] == [
        "4 asc nulls-first",
        "1 desc nulls-last",
    ]
    assert metadata.format_version == 2


def test_a_partition_is_not_called_like_a_column(lake: Lake) -> None:
    kinds = {"at": "date", "at_day": "int"}
    lake.branch(a_contract(columns=kinds, partition=(Partition("day", "at"),)), "r1")
    assert [field.name for field in lake._load(TABLE).metadata.spec().fields] == ["at_day_"]


def test_a_new_column_is_not_seen_before_the_publish(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    wider = a_contract(columns={"id": "int", "name": "string", "age": "int"})
    branch = lake.branch(wider, "r2")
    assert list(branch.columns) == ["id", "name", "age"]
    audited = lake.commit(branch, [write(lake, branch, [{"id": 2, "name": "b", "age": 7}])], [])
    head = lake.head(TABLE)
    assert head is not None
    assert list(head.columns) == ["id", "name"]
    assert list(read(lake, head)[0]) == ["id", "name"]
    assert list(audited.columns) == ["id", "name", "age"]
    lake.publish(branch, audited, note("r2"))
    head = lake.head(TABLE)
    assert head is not None
    assert list(head.columns) == ["id", "name", "age"]
    assert [row["age"] for row in read(lake, head)] == [None, 7]


def test_a_column_may_be_widened_and_renamed_and_moved(lake: Lake) -> None:
    kinds: dict[str, str | Type] = {"id": "int", "price": Decimal(5, 2), "rate": "float", "who": Struct((("a", INT),))}
    load(lake, "r1", [{"id": 1, "price": 2, "rate": 0.5, "who": {"a": 1}}], a_contract(columns=kinds))
    before = {f.name: f.field_id for f in lake._load(TABLE).schema().fields}
    changed = a_contract(
        columns={"rate": "double", "id": "bigint", "price": Decimal(9, 2), "who": Struct((("a", INT), ("b", TEXT)))}
    )
    cost = a_column("cost", Decimal(9, 2), was="price")
    changed = replace(changed, columns=tuple(cost if c.name == "price" else c for c in changed.columns))
    load(lake, "r2", [{"rate": 1.5, "id": 2, "cost": 3, "who": {"a": 1, "b": "x"}}], changed)
    table = lake._load(TABLE)
    assert [f.name for f in table.schema().fields] == ["rate", "id", "cost", "who"]
    assert table.schema().find_field("cost").field_id == before["price"]
    assert str(table.schema().find_type("id")) == "long"
    assert [(row["id"], str(row["cost"])) for row in read(lake, lake.head(TABLE))] == [(1, "2.00"), (2, "3.00")]
    # Twice is as once.
    branch = lake.branch(changed, "r3")
    assert branch.schema_id == table.schema().schema_id
    assert len(lake._load(TABLE).metadata.schemas) == 2


@pytest.mark.parametrize(
    ("kinds", "what"),
    [
        ({"id": "int"}, 'film.rental: column "name" (string) is in the table, but no longer in its contract'),
        ({"id": "string", "name": "string"}, 'film.rental: column "id" cannot change from int to string'),
        ({"id": "int", "name": "int"}, 'film.rental: column "name" cannot change from string to int'),
    ],
)
def test_drops_and_narrowing_are_refused_with_a_remedy(lake: Lake, kinds: dict[str, str], what: str) -> None:
    load(lake, "r1", rows_of(1))
    with pytest.raises(Mistakes) as refused:
        lake.branch(a_contract(columns=kinds), "r2")
    (mistake,) = refused.value.mistakes
    assert mistake.what == what
    assert "make a new table beside this one" in mistake.remedy
    assert len(lake._load(TABLE).metadata.schemas) == 1


@pytest.mark.parametrize(
    ("was", "wanted", "part"),
    [
        (Decimal(9, 2), Decimal(8, 2), ""),
        (Decimal(9, 2), Decimal(9, 3), ""),
        (Primitive("bigint"), INT, ""),
        (Primitive("double"), Primitive("float"), ""),
        (Primitive("timestamp"), Primitive("timestamp_ntz"), ""),
        (Array(Primitive("bigint")), Array(INT), ".element"),
        (MapOf(INT, INT), MapOf(Primitive("bigint"), INT), ".key"),
        (Struct((("a", INT), ("b", INT))), Struct((("a", INT),)), ".b"),
        (INT, Array(INT), ""),
    ],
    ids=str,
)
def test_no_type_loses_anything(lake: Lake, was: Type, wanted: Type, part: str) -> None:
    load(lake, "r1", [], a_contract(columns={"x": was}))
    with pytest.raises(Mistakes, match=f'column "x{part}" cannot change from '):
        lake.branch(a_contract(columns={"x": wanted}), "r2")


def test_all_mistakes_are_told_at_once(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    with pytest.raises(Mistakes) as refused:
        lake.branch(a_contract(columns={"id": "string"}), "r2")
    assert len(refused.value.mistakes) == 2


def test_before_the_first_publish_anything_may_change(lake: Lake) -> None:
    failed = lake.branch(a_contract(), "r1")
    lake.commit(failed, [write(lake, failed, rows_of(1))], [])
    other = a_contract(columns={"id": "string", "day": "date"}, partition=(Partition("month", "day"),))
    branch = lake.branch(other, "r2")
    audited = lake.commit(branch, [write(lake, branch, [{"id": "x", "day": None}], [None])], [])
    lake.publish(branch, audited, note("r2"))
    assert read(lake, lake.head(TABLE)) == [{"id": "x", "day": None}]
    assert [field.name for field in lake._load(TABLE).metadata.spec().fields] == ["day_month"]


def test_a_schema_that_a_dead_run_added_is_used_again(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    wider = a_contract(columns={"id": "int", "name": "string", "age": "int"})
    dead = lake.branch(wider, "dead")
    assert lake.branch(wider, "r2").schema_id == dead.schema_id
    narrower = a_contract(columns={"id": "int", "name": "string", "size": "int"})
    other = lake.branch(narrower, "r3")
    lake.publish(other, lake.commit(other, [], []), note("r3"))
    both = a_contract(columns={"id": "int", "name": "string", "size": "int", "age": "bigint"})
    fresh = lake.branch(both, "r4")
    table = lake._load(TABLE)
    numbers = next(s for s in table.metadata.schemas if s.schema_id == fresh.schema_id).field_ids
    assert len(set(numbers)) == 4
    assert max(numbers) == table.metadata.last_column_id


def test_new_words_about_a_column_come_with_the_next_publish(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    said = replace(a_contract(), columns=(a_column("id", "int", description="Which."), a_column("name", "string")))
    load(lake, "r2", rows_of(2), said)
    assert lake._load(TABLE).schema().find_field("id").doc == "Which."
    head = lake.head(TABLE)
    assert head is not None
    assert lake.plan(head).uniform


def test_another_partition_holds_from_the_publish_on(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    split = a_contract(partition=(Partition("identity", "name"),), sort=(Sort("id"),))
    branch = lake.branch(split, "r2")
    audited = lake.commit(branch, [write(lake, branch, [{"id": 2, "name": "b"}], ["b"])], [])
    assert lake._load(TABLE).metadata.spec().is_unpartitioned()
    lake.publish(branch, audited, note("r2"))
    metadata = lake._load(TABLE).metadata
    assert [field.name for field in metadata.spec().fields] == ["name"]
    assert not metadata.sort_order().is_unsorted
    assert ids(lake, lake.head(TABLE)) == [1, 2]
    # And back again: the first spec is known.
    branch = lake.branch(a_contract(), "r3")
    gone = [f for f in lake.plan(branch.base).files if f.spec_id == 1]
    lake.publish(branch, lake.commit(branch, [write(lake, branch, rows_of(3))], gone), note("r3"))
    assert ids(lake, lake.head(TABLE)) == [1, 3]
    assert len(lake._load(TABLE).metadata.partition_specs) == 2
    assert lake._load(TABLE).metadata.sort_order().is_unsorted


def test_a_plan_leaves_out_what_cannot_hold_the_rows(lake: Lake) -> None:
    split = a_contract(partition=(Partition("identity", "name"),))
    branch = lake.branch(split, "r1")
    files = [write(lake, branch, [{"id": n, "name": name}], [name]) for n, name in enumerate("abc")]
    audited = lake.commit(branch, files, [])
    assert len(lake.plan(audited).files) == 3
    (found,) = lake.plan(audited, parse("name = 'b'")).files
    assert found.file_path == files[1].file_path
    assert lake.plan(audited).fields == {"id": 1, "name": 2}


def test_a_plan_of_an_audited_snapshot_knows_its_new_columns(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    branch = lake.branch(a_contract(columns={"id": "int", "name": "string", "age": "int"}), "r2")
    audited = lake.commit(branch, [write(lake, branch, [{"id": 2, "name": "b", "age": 7}])], [])
    assert len(lake.plan(audited, parse("age > 3")).files) == 2


def test_a_plan_says_whether_all_files_have_todays_names_and_types(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    head = lake.head(TABLE)
    assert head is not None
    assert lake.plan(head).uniform
    wider = a_contract(columns={"id": "int", "name": "string", "age": "int"})
    branch = lake.branch(wider, "r2")
    old = lake.plan(branch.base).files
    audited = lake.commit(branch, [write(lake, branch, [{"id": 2, "name": "b", "age": 7}])], [])
    assert not lake.plan(audited).uniform
    assert lake.plan(head).uniform
    lake.publish(branch, audited, note("r2"))
    # The files of the old shape are written again; then what remembers their age expires.
    branch = lake.branch(wider, "r3")
    fresh = lake.commit(branch, [write(lake, branch, [{"id": 1, "name": "a", "age": None}])], old)
    lake.publish(branch, fresh, note("r3"))
    assert lake.plan(fresh).uniform
    table = lake._load(TABLE)
    for snapshot in table.metadata.snapshots:
        if snapshot.snapshot_id != fresh.id:
            table.maintenance.expire_snapshots().by_id(snapshot.snapshot_id).commit()
    assert lake.plan(fresh).uniform


def test_what_came_between_two_snapshots_can_be_planned(lake: Lake) -> None:
    first = load(lake, "r1", rows_of(1))
    second = load(lake, "r2", rows_of(2))
    between = type(second)(second.table, second.id, second.columns, since=first.id)
    assert [f.record_count for f in lake.plan(between).files] == [1]
    assert len(lake.plan(second).files) == 2


def test_the_tables_lie_in_their_zone(lake: Lake) -> None:
    lake.branch(a_contract(), "r1")
    assert lake._load(TABLE).metadata.location == f"{lake.place.root}/clean/film/rental"


def test_a_writer_makes_data_files_for_the_branch(lake: Lake) -> None:
    split = a_contract(partition=(Partition("bucket", "id", 2),), sort=(Sort("id"),))
    branch = lake.branch(split, "r1")
    batch = pa.RecordBatch.from_pylist([{"name": f"n{n}", "id": n} for n in range(10)])
    with lake.writer(branch, 1 << 26) as writer:
        writer.add(batch)
        files = writer.close()
    audited = lake.commit(branch, files, [])
    lake.publish(branch, audited, note("r1"))
    assert ids(lake, lake.head(TABLE)) == list(range(10))
    assert {Path(f.file_path).parent for f in files} == {Path(lake._load(TABLE).metadata.location) / "data"}
