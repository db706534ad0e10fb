"""A change is one stream of rows: each has a fate, goes where that is taken, and is counted; or nothing happened."""

import gzip
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyiceberg.expressions import EqualTo

from engine_world import PARQUET, TABLE, World, a_contract, a_select, kinds, outlet
from lakemesh.declare.names import TableName
from lakemesh.declare.types import Array, MapOf, Primitive, Struct
from lakemesh.engine.change import Change, Everything, Keys, Outlet, Where
from lakemesh.errors import Mistakes, Stopped
from lakemesh.events import Progress
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.mesh.contract import Partition

SALE = kinds(id="bigint", name="string", day="date", amount="decimal", at="timestamp")
# As a write of arrivals says it, in small.
JUDGED = """
with typed as (
  select try_cast(id as bigint) as id, name, id as id__text, name as name__text, _broken, _raw as _line,
    _source_file, _source_line
  from shop.sale__landed),
judged as (select *, _broken is not null or (id is null and id__text is not null) as _bad from typed)
select id, name, _source_file, _source_line,
  case when _bad then coalesce(_broken, 'id is no bigint') end as _reason,
  case when _bad then coalesce(_line, to_json(struct(id__text as id, name__text as name))) end as _raw,
  case when _bad then 'quarantined' else 'inserted' end as _fate
from judged
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def files(world: World, at: Snapshot) -> set[str]:
    return {file.file_path for file in world.lake.plan(at).files}


def ids(world: World, at: Snapshot) -> list[object]:
    return [row["id"] for row in world.seen(at, "id")]


def taken_in(world: World) -> tuple[tuple[Outlet, ...], Branch, Branch]:
    branch = world.branch(kinds(id="bigint", name="string", _source_file="string"))
    aside = world.aside()
    return (outlet(aside, "quarantined", lines=True), outlet(branch, "inserted")), branch, aside


def test_every_row_that_lands_is_read_once_and_has_a_fate_and_a_file(world: World) -> None:
    world.land("a.csv", "id,name\n1,x\nq,y\n3\n4,w,v\n")
    world.land("b.csv", "name,id\nx,5\n")
    outlets, branch, aside = taken_in(world)
    written = world.write(JUDGED, outlets, {TABLE.landed: world.landed(["id", "name"])}, per_file=True)
    assert written.accounts == Accounts(read=5, inserted=2, quarantined=3)
    assert written.accounts.balanced
    assert written.files == {
        "a.csv": Accounts(read=4, inserted=1, quarantined=3),
        "b.csv": Accounts(read=1, inserted=1),
    }
    assert ids(world, written.heads[branch.table]) == [1, 5]
    assert [
        (row["_raw"], row["_source_line"], row["_reason"])
        for row in world.seen(written.heads[aside.table], "_raw, _source_line, _reason")
    ] == [
        ("3", 4, "The line has 1 cells, and 2 are expected."),
        ("4,w,v", 5, "The line has 3 cells, and 2 are expected."),
        ('{"id":"q","name":"y"}', 3, "id is no bigint"),
    ]


def test_a_branch_is_written_and_main_stays(world: World) -> None:
    world.land("a.csv", "id,name\n1,x\n")
    outlets, branch, _ = taken_in(world)
    world.write(JUDGED, outlets, {TABLE.landed: world.landed(["id", "name"])})
    head = world.lake.head(TABLE)
    assert head is not None
    assert head.id == branch.base.id
    assert world.lake.branches(TABLE) == (branch.name,)


def test_an_outlet_that_nothing_comes_to_and_nothing_leaves_keeps_its_base(world: World) -> None:
    world.land("a.csv", "id,name\n1,x\n")
    outlets, _, aside = taken_in(world)
    written = world.write(JUDGED, outlets, {TABLE.landed: world.landed(["id", "name"])})
    assert written.heads[aside.table] == aside.base
    assert world.lake.branches(aside.table) == ()


def test_rows_of_a_parquet_file_are_counted_by_what_it_says_of_itself(world: World) -> None:
    (world.root / "landing").mkdir()
    pq.write_table(pa.table({"id": ["1", "2", "x"], "name": ["a", "b", "c"]}), world.root / "landing" / "a.parquet")
    outlets, branch, _ = taken_in(world)
    written = world.write(JUDGED, outlets, {TABLE.landed: world.landed(["id", "name"], PARQUET)}, per_file=True)
    assert written.accounts == Accounts(read=3, inserted=2, quarantined=1)
    assert ids(world, written.heads[branch.table]) == [1, 2]


def test_a_select_that_loses_a_row_is_found_out_by_the_reader(world: World) -> None:
    world.land("a.csv", "id,name\n" + "".join(f"{n},x\n" for n in range(1000)))
    outlets, _, _ = taken_in(world)
    lossy = JUDGED + " where id <> 7"
    written = world.write(lossy, outlets, {TABLE.landed: world.landed(["id", "name"])})
    assert (written.accounts.read, written.accounts.accounted) == (1000, 999)


def test_a_relation_that_is_read_twice_counts_once(world: World) -> None:
    world.land("a.csv", "id,name\n1,x\n2,y\n3\n")
    world.land("b.csv", "name,id\nz,3\n")
    outlets, _, _ = taken_in(world)
    twice = JUDGED + " where coalesce(name, '') not in (select 'q' from shop.sale__landed where id = 'no')"
    written = world.write(twice, outlets, {TABLE.landed: world.landed(["id", "name"])}, per_file=True)
    assert written.accounts == Accounts(read=4, inserted=3, quarantined=1)


def test_all_types_come_back_as_they_were_written(world: World) -> None:
    nested = {
        "tags": Array(Primitive("string")),
        "map": MapOf(Primitive("string"), Primitive("int")),
        "at": Struct((("x", Primitive("int")), ("y", Array(Struct((("z", Primitive("double")),)))))),
    }
    branch = world.branch({**kinds(id="bigint", flag="boolean", b="binary", f="float", ntz="timestamp_ntz"), **nested})
    text = """
    select cast(1 as bigint) as id, true as flag, cast('ab' as binary) as b, cast(1.5 as float) as f,
      cast('2024-01-01 00:00:00' as timestamp_ntz) as ntz, array('a', null) as tags, map('k', 1) as map,
      named_struct('x', 1, 'y', array(named_struct('z', 2.5D))) as at, 'inserted' as _fate
    union all select 2 as id, null as flag, null as b, null as f, null as ntz, null as tags, null as map, null as at,
      'inserted' as _fate
    """
    written = world.write(text, (outlet(branch, "inserted"),), {})
    first, second = world.seen(written.heads[TABLE])
    assert first["at"] == {"x": 1, "y": [{"z": 2.5}]}
    assert (first["tags"], first["map"], first["b"]) == (["a", None], [("k", 1)], b"ab")
    assert set(second.values()) == {2, None}


def test_a_value_that_does_not_fit_names_its_column_and_no_branch_moves(world: World) -> None:
    branch = world.branch(kinds(id="bigint", amount="decimal"))
    with pytest.raises(Stopped, match='column "amount"'):
        world.write(
            "select 1L as id, cast('12345678901234' as decimal(20,0)) as amount, 'inserted' as _fate",
            (outlet(branch, "inserted"),),
            {},
        )
    assert world.lake.branches(TABLE) == ()
    assert list((world.root / "lake").rglob("*.parquet")) == []


def test_a_file_that_ends_midway_leaves_no_data_file_and_no_branch(world: World) -> None:
    whole = gzip.compress(b"id,name\n" + b"".join(b"%d,%d\n" % (n, hash(n * 7)) for n in range(400_000)))
    world.land("a.csv.gz", whole[: len(whole) // 2])
    outlets, _, aside = taken_in(world)
    with pytest.raises(Mistakes, match="a file cannot be read"):
        world.write(JUDGED, outlets, {TABLE.landed: world.landed(["id", "name"])})
    assert world.lake.branches(TABLE) == world.lake.branches(aside.table) == ()
    assert list((world.root / "lake").rglob("*.parquet")) == []
    assert list((world.root / "scratch").iterdir()) == []


def test_a_commit_that_fails_leaves_the_other_outlets_branches_at_most(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.land("a.csv", "id,name\n1,x\nq,y\n")
    outlets, _, aside = taken_in(world)
    whole = world.lake.commit

    def only_beside(branch: Branch, add: object, gone: object) -> Snapshot:
        if branch.table == TABLE:
            raise OSError(28, "No space left on device")
        return whole(branch, add, gone)  # type: ignore[arg-type]

    monkeypatch.setattr(world.lake, "commit", only_beside)
    with pytest.raises(OSError, match="No space left"):
        world.write(JUDGED, outlets, {TABLE.landed: world.landed(["id", "name"])})
    assert world.lake.branches(TABLE) == ()
    assert world.lake.branches(aside.table) == (aside.name,)


def test_progress_is_told_a_few_times_a_second(world: World) -> None:
    branch = world.branch(kinds(id="bigint", name="string"))
    world.write(
        "select id, md5(cast(id as string)) as name, 'inserted' as _fate from range(3000000)",
        (outlet(branch, "inserted"),),
        {},
    )
    steps = [event for event in world.told if isinstance(event, Progress)]
    assert 0 < len(steps) < 40
    assert all(event.table == "shop.sale" and event.rows for event in steps)


def test_replace_takes_everything_out(world: World) -> None:
    columns = kinds(id="bigint", name="string")
    world.fill(world.branch(columns), "(1, 'a'), (2, 'b')")
    branch = world.branch(columns)
    head = world.fill(branch, "(3, 'c')", Everything())
    assert ids(world, head) == [3]


def test_a_span_of_time_drops_whole_files_and_rewrites_those_it_cuts(world: World) -> None:
    columns = kinds(id="bigint", at="timestamp")
    for day, rows in (
        ("01", "(1, '{} 00:00:00'), (2, '{} 23:59:59')"),
        ("02", "(3, '{} 08:00:00')"),
        ("03", "(4, '{} 00:00:00'), (5, '{} 18:00:00'), (6, null)"),
    ):
        before = world.fill(world.branch(columns), rows.replace("{}", f"2024-01-{day}"))
    span = Where("at", since=datetime(2024, 1, 2, tzinfo=UTC), until=datetime(2024, 1, 3, 12, tzinfo=UTC))
    after = world.fill(world.branch(columns), "(7, '2024-01-02 09:00:00')", span)
    assert ids(world, after) == [1, 2, 5, 6, 7]
    assert len(files(world, before) & files(world, after)) == 1


@pytest.mark.parametrize(("kind", "spans"), [("date", date(2024, 1, 2)), ("timestamp_ntz", datetime(2024, 1, 2))])
def test_a_span_is_understood_in_the_type_of_its_column(world: World, kind: str, spans: date) -> None:
    columns = kinds(id="bigint", at=kind)
    world.fill(world.branch(columns), "(1, '2024-01-01'), (2, '2024-01-02'), (3, '2024-01-03'), (4, null)")
    end = datetime(2024, 1, 3, tzinfo=UTC)
    after = world.fill(world.branch(columns), "(5, '2024-01-02')", Where("at", since=spans, until=end))
    assert ids(world, after) == [1, 3, 4, 5]


def test_rows_among_values_leave_whatever_the_values_hold(world: World) -> None:
    columns = kinds(id="bigint", file="string")
    world.fill(world.branch(columns), "(1, 'it\\'s'), (2, 'b'), (3, null), (4, 'c')")
    after = world.fill(world.branch(columns), "(5, 'b')", Where("file", among=("it's", "b", "')--")))
    assert ids(world, after) == [3, 4, 5]
    again = world.fill(world.branch(columns), "(6, 'b')", Where("file", among=()))
    assert ids(world, again) == [3, 4, 5, 6]


def test_only_files_that_hold_a_changed_key_are_rewritten(world: World) -> None:
    columns = kinds(id="bigint", region="string", name="string")
    for rows in ("(1, 'eu', 'a'), (2, 'eu', 'b')", "(3, 'eu', 'c'), (3, null, 'n')", "(4, 'us', 'd')"):
        before = world.fill(world.branch(columns), rows)
    branch = world.branch(columns)
    text = """
    select * from (values
      (cast(2 as bigint), 'eu', 'B', 'updated'), (cast(4 as bigint), 'us', null, 'deleted'),
      (cast(9 as bigint), 'eu', 'z', 'inserted'), (cast(3 as bigint), 'eu', 'same', 'unchanged'),
      (cast(3 as bigint), null, 'x', 'updated'))
    as v(id, region, name, _fate)"""
    remove = Keys(("id", "region"), frozenset({"updated", "deleted"}))
    written = world.write(text, (outlet(branch, "inserted", "updated", remove=remove),), {})
    assert written.accounts == Accounts(read=5, inserted=1, updated=2, deleted=1, unchanged=1)
    head = world.publish(branch, written.heads[TABLE])
    assert [(row["id"], row["name"]) for row in world.seen(head, "id, name")] == [
        (1, "a"), (2, "B"), (3, "c"), (3, "n"), (3, "x"), (9, "z"),
    ]  # fmt: skip
    assert len(files(world, before) & files(world, head)) == 1


def test_keys_that_nobody_has_touch_no_file(world: World) -> None:
    columns = kinds(id="bigint", name="string")
    before = world.fill(world.branch(columns), "(1, 'a')")
    branch = world.branch(columns)
    text = "select 5L as id, 'x' as name, 'deleted' as _fate"
    remove = Keys(("id",), frozenset({"deleted"}))
    written = world.write(text, (outlet(branch, "inserted", remove=remove),), {})
    assert written.heads[TABLE] == branch.base
    assert branch.base.id == before.id


def test_a_removal_follows_columns_that_were_added_renamed_and_widened(world: World) -> None:
    first = world.branch(kinds(id="int", name="string"))
    world.fill(first, "(1, 'a'), (2, 'b')")
    wider = a_contract(kinds(id="bigint", title="string", day="date"))
    renamed = tuple(replace(column, was="name") if column.name == "title" else column for column in wider.columns)
    branch = world.lake.branch(replace(wider, columns=renamed), "run-wide")
    text = "select 2L as id, 'B' as title, date '2024-01-01' as day, 'updated' as _fate"
    remove = Keys(("id",), frozenset({"updated"}))
    written = world.write(text, (outlet(branch, "updated", remove=remove),), {})
    head = world.publish(branch, written.heads[TABLE])
    assert world.seen(head) == [
        {"id": 1, "title": "a", "day": None},
        {"id": 2, "title": "B", "day": date(2024, 1, 1)},
    ]


def test_a_snapshot_whose_files_differ_is_read_by_the_numbers_of_its_fields(world: World) -> None:
    world.fill(world.branch(kinds(id="int", name="string")), "(1, 'a')")
    head = world.fill(world.branch(kinds(id="bigint", name="string", amount="decimal")), "(5000000000, 'b', 1.5)")
    rows = world.seen(head, "id, name, cast(amount as double) as amount")
    assert rows == [{"id": 1, "name": "a", "amount": None}, {"id": 5000000000, "name": "b", "amount": 1.5}]


def test_an_empty_table_has_its_columns_and_no_rows(world: World) -> None:
    branch = world.branch(SALE)
    assert world.seen(branch.base) == []
    assert world.ask("select count(*) as n, max(amount) as m from shop.sale", {TABLE: branch.base}) == [
        {"n": 0, "m": None}
    ]


def test_a_reader_sees_only_the_columns_of_its_snapshot(world: World) -> None:
    head = world.fill(world.branch(kinds(id="bigint", secret="string")), "(1, 's')")
    shown = Snapshot(head.table, head.id, kinds(id="bigint"))
    assert world.seen(shown) == [{"id": 1}]


def test_two_engines_and_open_questions_do_not_disturb_each_other(world: World) -> None:
    head = world.fill(world.branch(kinds(id="bigint", name="string")), "(1, 'a'), (2, 'b')")
    asked = a_select("select s.id from shop.sale s cross join range(100000) r")
    one, two = world.engine.query(asked, {TABLE: head}), world.engine.query(asked, {TABLE: head})
    rows = sum(a.num_rows + b.num_rows for a, b in zip(one, two, strict=True))
    assert rows == 400_000


def test_rows_with_several_fates_go_to_several_outlets(world: World) -> None:
    branch = world.branch(kinds(id="bigint", name="string"))
    other = world.branch(kinds(id="bigint"), table=TableName("shop", "grave"))
    fate = "case when id % 2 = 0 then 'inserted' when id % 3 = 0 then 'deleted' else 'superseded' end"
    text = f"select id, 'n' as name, {fate} as _fate from range(600000)"
    written = world.write(text, (outlet(other, "deleted", "inserted"), outlet(branch, "inserted")), {})
    assert written.accounts == Accounts(read=600_000, inserted=300_000, deleted=100_000, superseded=200_000)
    assert world.lake.rows(written.heads[other.table]) == 400_000
    assert world.lake.rows(written.heads[branch.table]) == 300_000


def test_a_partitioned_write_is_pruned_when_it_is_read(world: World) -> None:
    branch = world.branch(
        kinds(id="bigint", day="date", kind="string"), (Partition("month", "day"), Partition("bucket", "kind", 4))
    )
    text = """
    select id, date_add(date '2024-01-01', cast(id % 90 as int)) as day, cast(id % 7 as string) as kind,
      'inserted' as _fate from range(5000)"""
    written = world.write(text, (outlet(branch, "inserted"),), {})
    head = written.heads[TABLE]
    every = world.lake.plan(head).files
    some = world.lake.plan(head, EqualTo("day", date(2024, 2, 3))).files
    assert 0 < len(some) < len(every) / 2
    assert world.lake.rows(head) == 5000


def test_a_change_is_what_its_outlets_take_and_no_more(world: World) -> None:
    branch = world.branch(kinds(id="bigint"))
    change = Change(a_select("select 1L as id, 2 as other, 'inserted' as _fate"), (outlet(branch, "inserted"),))
    assert world.seen(world.engine.write(change, {}, world.told.append).heads[TABLE]) == [{"id": 1}]
