"""The promises of a commit: readers see a published state or the next one; nothing is lost, nothing is there twice."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from pyiceberg.exceptions import CommitFailedException
from pyiceberg.table import Table

from lake_processes import CONTEXT, publish_many
from lake_world import (
    NOW,
    PRODUCT,
    TABLE,
    a_contract,
    ids,
    load,
    note,
    open_lake,
    read,
    rows_of,
    took,
    write,
)
from lakemesh.declare.names import ProductName, TableName
from lakemesh.errors import Mistakes
from lakemesh.lake import runs
from lakemesh.lake.lake import Lake
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.publication import Moved


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return open_lake(tmp_path / "lake")


def test_a_table_begins_with_an_empty_snapshot_in_one_commit(lake: Lake) -> None:
    branch = lake.branch(a_contract(), "r1")
    assert ids(lake, lake.head(TABLE)) == []
    assert branch.base == lake.head(TABLE)
    assert len(list(Path(lake._load(TABLE).metadata.location).glob("metadata/*.metadata.json"))) == 1
    assert [(p.created, p.rows, p.current) for p in lake.log(TABLE)] == [(True, 0, True)]


def test_a_reader_sees_the_old_rows_until_the_publish_and_the_new_ones_after(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    branch = lake.branch(a_contract(), "r2")
    audited = lake.commit(branch, [write(lake, branch, rows_of(2))], [])
    assert ids(lake, lake.head(TABLE)) == [1]
    assert ids(lake, audited) == [1, 2]
    assert lake.branches(TABLE) == ("audit_r2",)
    lake.publish(branch, audited, note("r2"))
    assert ids(lake, lake.head(TABLE)) == [1, 2]
    assert lake.branches(TABLE) == ()


def test_one_commit_carries_main_branch_and_everything_that_is_said(lake: Lake) -> None:
    branch = lake.branch(a_contract(meta={"cost": "12"}), "r1")
    audited = lake.commit(branch, [write(lake, branch, rows_of(1))], [])
    before = lake._load(TABLE).metadata_location
    lake.publish(branch, audited, note("r1", Ledger(), inputs={TABLE: 7}, properties={"lakemesh.more": "x"}))
    said = lake.properties(TABLE)
    assert lake._load(TABLE).metadata.metadata_log[-1].metadata_file == before
    assert said["lakemesh.run"] == "r1"
    assert json.loads(said["lakemesh.inputs"]) == {"film.rental": 7}
    assert said["lakemesh.published_at"] == NOW.isoformat()
    assert (said["comment"], said["lakemesh.meta.cost"], said["lakemesh.more"]) == ("Who rented what.", "12", "x")
    assert lake.said(audited)["lakemesh.contract"] == "c1"


def test_what_the_contract_no_longer_says_leaves_the_properties(lake: Lake) -> None:
    load(lake, "r1", rows_of(1), a_contract(meta={"cost": "12"}))
    load(lake, "r2", rows_of(2), a_contract(description="Other."))
    said = lake.properties(TABLE)
    assert "lakemesh.meta.cost" not in said
    assert said["comment"] == "Other."


def test_a_publish_on_a_main_that_moved_is_refused(lake: Lake) -> None:
    mine = lake.branch(a_contract(), "mine")
    audited = lake.commit(mine, [write(lake, mine, rows_of(1))], [])
    load(lake, "theirs", rows_of(2))
    with pytest.raises(Moved):
        lake.publish(mine, audited, note("mine"))
    assert ids(lake, lake.head(TABLE)) == [2]


def test_an_append_goes_on_todays_head_with_the_same_data_files(lake: Lake) -> None:
    mine = lake.branch(a_contract(), "mine")
    data_file = write(lake, mine, rows_of(1))
    lake.commit(mine, [data_file], [])
    load(lake, "theirs", rows_of(2))
    moved, audited = lake.reattach(mine)
    assert moved.base == lake.head(TABLE)
    lake.publish(moved, audited, note("mine"))
    assert ids(lake, lake.head(TABLE)) == [1, 2]
    assert data_file.file_path in {f.file_path for f in lake.plan(audited).files}
    assert lake.rows(audited) == 2


def test_an_append_that_is_overtaken_again_and_again_adds_its_rows_once(lake: Lake) -> None:
    load(lake, "r0", rows_of(0))
    mine = lake.branch(a_contract(), "mine")
    audited = lake.commit(mine, [write(lake, mine, rows_of(9))], [])
    for number in (1, 2, 3):
        load(lake, f"r{number}", rows_of(number))
        mine, audited = lake.reattach(mine)
        assert ids(lake, audited) == [*range(number + 1), 9]
    lake.publish(mine, audited, note("mine"))
    assert ids(lake, lake.head(TABLE)) == [0, 1, 2, 3, 9]


def test_a_branch_that_took_rows_away_is_not_attached_again(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    mine = lake.branch(a_contract(), "mine")
    lake.commit(mine, [write(lake, mine, rows_of(3))], lake.plan(mine.base).files)
    load(lake, "theirs", rows_of(2))
    with pytest.raises(ValueError, match="took nothing away"):
        lake.reattach(mine)


def test_attaching_where_main_did_not_move_changes_nothing(lake: Lake) -> None:
    mine = lake.branch(a_contract(), "mine")
    audited = lake.commit(mine, [write(lake, mine, rows_of(1))], [])
    assert lake.reattach(mine) == (mine, audited)


def test_a_replace_takes_out_every_file_of_its_base(lake: Lake) -> None:
    load(lake, "r1", rows_of(1, 2))
    load(lake, "r2", rows_of(3))
    branch = lake.branch(a_contract(), "r3")
    audited = lake.commit(branch, [write(lake, branch, rows_of(9))], lake.plan(branch.base).files)
    lake.publish(branch, audited, note("r3"))
    assert ids(lake, lake.head(TABLE)) == [9]
    assert (lake.rows(audited), [p.rows for p in lake.log(TABLE)]) == (1, [1, 3, 2, 0])


def test_a_merge_rewrites_one_file_and_keeps_the_rest(lake: Lake) -> None:
    load(lake, "r1", rows_of(1, 2))
    load(lake, "r2", rows_of(3))
    branch = lake.branch(a_contract(), "r3")
    gone = [f for f in lake.plan(branch.base).files if f.record_count == 2]
    audited = lake.commit(branch, [write(lake, branch, rows_of(1, 4))], gone)
    lake.publish(branch, audited, note("r3"))
    assert ids(lake, lake.head(TABLE)) == [1, 3, 4]
    assert lake.rows(audited) == 3


def test_a_file_that_is_not_there_cannot_be_taken_out(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    branch = lake.branch(a_contract(), "r2")
    with pytest.raises(KeyError):
        lake.commit(branch, [], [write(lake, branch, rows_of(2))])


def test_a_run_may_commit_twice_on_its_branch(lake: Lake) -> None:
    branch = lake.branch(a_contract(), "r1")
    lake.commit(branch, [write(lake, branch, rows_of(1))], [])
    audited = lake.commit(branch, [write(lake, branch, rows_of(2))], [])
    lake.publish(branch, audited, note("r1"))
    assert ids(lake, lake.head(TABLE)) == [1, 2]


def test_a_run_that_begins_a_table_again_leaves_its_first_try_behind(lake: Lake) -> None:
    first = lake.branch(a_contract(), "r1")
    lake.commit(first, [write(lake, first, rows_of(1))], [])
    again = lake.branch(a_contract(), "r1")
    audited = lake.commit(again, [write(lake, again, rows_of(2))], [])
    assert ids(lake, audited) == [2]


def test_a_branch_made_again_on_another_base_is_not_written_to(lake: Lake) -> None:
    stale = lake.branch(a_contract(), "r1")
    load(lake, "r0", rows_of(1))
    fresh = lake.branch(a_contract(), "r1")
    lake.commit(fresh, [write(lake, fresh, rows_of(2))], [])
    with pytest.raises(Moved):
        lake.commit(stale, [write(lake, stale, rows_of(3))], [])


def test_only_what_was_audited_is_published(lake: Lake) -> None:
    branch = lake.branch(a_contract(), "r1")
    audited = lake.commit(branch, [write(lake, branch, rows_of(1))], [])
    lake.commit(branch, [write(lake, branch, rows_of(2))], [])
    with pytest.raises(Moved):
        lake.publish(branch, audited, note("r1"))


def test_a_branch_is_opened_on_its_base_for_an_engine_that_commits_by_itself(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    branch = lake.branch(a_contract(), "r2")
    lake.open(branch)
    lake.open(branch)
    assert lake.branches(TABLE) == ("audit_r2",)
    audited = lake.commit(branch, [write(lake, branch, rows_of(2))], [])
    assert ids(lake, audited) == [1, 2]


def test_what_another_engine_committed_on_the_branch_is_published_and_attached_like_ours(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    branch = lake.branch(a_contract(), "r2")
    lake.open(branch)
    table = lake._load(TABLE)
    arrow = pa.Table.from_pylist([{"id": 2, "name": "b"}], schema=table.schema().as_arrow())
    table.append(arrow, branch=branch.name)
    load(lake, "r3", rows_of(3))
    branch, audited = lake.reattach(branch)
    lake.publish(branch, audited, note("r2"))
    assert ids(lake, lake.head(TABLE)) == [1, 2, 3]
    branch = lake.branch(a_contract(columns={"id": "int", "name": "string", "age": "int"}), "r4")
    lake.open(branch)
    lake._load(TABLE).append(arrow, branch=branch.name)
    ref = lake._load(TABLE).metadata.refs[branch.name]
    lake.publish(branch, replace(audited, id=ref.snapshot_id), note("r4"))
    assert lake.log(TABLE)[0].run == "r4"
    assert ids(lake, lake.head(TABLE)) == [1, 2, 2, 3]


@pytest.mark.parametrize("what", ["commit", "publish"])
def test_an_answer_that_was_lost_is_found_again(lake: Lake, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = lake.branch(a_contract(), "r1")
    data_file = write(lake, branch, rows_of(1))
    real = lake._catalog.commit_table

    def lost(*said: object) -> None:
        monkeypatch.setattr(lake._catalog, "commit_table", real)
        real(*said)  # type: ignore[arg-type]
        raise ConnectionError("the answer never came")

    if what == "commit":
        monkeypatch.setattr(lake._catalog, "commit_table", lost)
    audited = lake.commit(branch, [data_file], [])
    if what == "publish":
        monkeypatch.setattr(lake._catalog, "commit_table", lost)
    lake.publish(branch, audited, note("r1"))
    lake.publish(branch, audited, note("r1"))
    assert ids(lake, lake.head(TABLE)) == [1]
    assert len(lake.log(TABLE)) == 2


@pytest.mark.parametrize(
    "conflict",
    [
        CommitFailedException("database is locked"),
        ValueError("Cannot add snapshot with sequence number 3 older than last sequence number 3"),
    ],
)
def test_a_busy_catalogue_is_asked_again(lake: Lake, conflict: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = lake.branch(a_contract(), "r1")
    data_file = write(lake, branch, rows_of(1))
    real, asked = lake._catalog.commit_table, []

    def busy(*said: object) -> object:
        asked.append(said)
        if len(asked) % 2:
            raise conflict
        return real(*said)  # type: ignore[arg-type]

    monkeypatch.setattr(lake._catalog, "commit_table", busy)
    lake.publish(branch, lake.commit(branch, [data_file], []), note("r1"))
    assert len(asked) == 4
    assert ids(lake, lake.head(TABLE)) == [1]


def test_any_other_failure_of_the_catalogue_is_told(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = lake.branch(a_contract(), "r1")
    data_file = write(lake, branch, rows_of(1))

    def broken(*said: object) -> None:
        raise ConnectionError("no route")

    monkeypatch.setattr(lake._catalog, "commit_table", broken)
    with pytest.raises(ConnectionError):
        lake.commit(branch, [data_file], [])


def test_processes_that_publish_at_once_lose_nothing(tmp_path: Path) -> None:
    root = tmp_path / "lake"
    workers = [CONTEXT.Process(target=publish_many, args=(str(root), number, 8)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    lake = open_lake(root)
    expected = [worker * 100 + turn for worker in range(3) for turn in range(8)]
    assert ids(lake, lake.head(TABLE)) == expected
    head = lake.head(TABLE)
    assert head is not None
    assert sorted(lake.ledger(head).files) == sorted(f"{number}.csv" for number in expected)
    assert lake.branches(TABLE) == ()
    assert lake.rows(head) == 24


def test_two_products_of_one_domain_may_begin_at_once(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    load(lake, "r1", rows_of(1))
    # The other one looked before the domain was there.
    monkeypatch.setattr(lake._catalog, "namespace_exists", lambda namespace: False)
    other = a_contract(table=replace(TABLE, table="other"), product=ProductName("film", "other"))
    lake.branch(other, "r2")
    assert lake.head(other.table) is not None


def test_a_table_that_somebody_else_made_first_is_used(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = lake._find, []

    def blind(table: TableName) -> Table | None:
        asked.append(table)
        if len(asked) == 1:
            open_lake(Path(lake.place.root)).branch(a_contract(), "first")
            return None
        return real(table)

    monkeypatch.setattr(lake, "_find", blind)
    branch = lake.branch(a_contract(), "second")
    assert branch.run == "second"
    assert len(lake.log(TABLE)) == 1


def test_two_products_cannot_claim_one_table(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    with pytest.raises(Mistakes, match=r"film\.rental belongs to film/rentals, and film/other claims it too"):
        lake.branch(a_contract(product=ProductName("film", "other")), "r2")


def test_the_branch_of_a_dead_run_is_swept(lake: Lake) -> None:
    for run in ("dead", "alive"):
        branch = lake.branch(a_contract(), run)
        lake.commit(branch, [write(lake, branch, rows_of(1))], [])
    lake.sweep(TABLE, ["dead", "unheard-of"])
    assert lake.branches(TABLE) == ("audit_alive",)
    written = lake._load(TABLE).metadata.snapshots[-1].timestamp_ms
    lake.sweep(TABLE, [], before=NOW.fromtimestamp(written / 1000, NOW.tzinfo))
    assert lake.branches(TABLE) == ("audit_alive",)
    lake.sweep(TABLE, [], before=NOW.fromtimestamp(written / 1000, NOW.tzinfo) + timedelta(days=7))
    assert lake.branches(TABLE) == ()
    lake.sweep(replace(TABLE, table="nothing"), ["dead"])


def test_the_branch_of_a_failed_audit_stays_until_the_next_publish(lake: Lake) -> None:
    states: Sequence[tuple[str, runs.State]] = (("stopped", "stopped"), ("live", "running"))
    for run, state in states:
        branch = lake.branch(a_contract(), run)
        lake.commit(branch, [write(lake, branch, rows_of(1))], [])
        runs.begin(lake.store, runs.Run(run, PRODUCT, state, NOW, None, "duckdb", "here", 1))
    assert lake.branches(TABLE) == ("audit_live", "audit_stopped")
    load(lake, "r3", rows_of(2))
    assert lake.branches(TABLE) == ("audit_live",)


def test_expiry_between_audit_and_publish_loses_nothing(lake: Lake) -> None:
    for number in range(3):
        load(lake, f"r{number}", rows_of(number), files=[f"{number}.csv"])
    branch = lake.branch(a_contract(), "last")
    lake.commit(branch, [write(lake, branch, rows_of(3))], [])
    audited = lake.commit(branch, [write(lake, branch, rows_of(4))], [])
    table = lake._load(TABLE)
    keep = {audited.id, branch.base.id}
    for snapshot in table.metadata.snapshots:
        if snapshot.snapshot_id not in keep:
            table.maintenance.expire_snapshots().by_id(snapshot.snapshot_id).commit()
    ledger = took(lake.ledger(branch.base), "last", ["3.csv", "4.csv"])
    lake.publish(branch, audited, note("last", ledger))
    assert ids(lake, lake.head(TABLE)) == [0, 1, 2, 3, 4]
    assert sorted(lake.ledger(audited).files) == ["0.csv", "1.csv", "2.csv", "3.csv", "4.csv"]
    assert len(lake.log(TABLE)) == 2


def test_a_base_that_expired_is_a_main_that_moved(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    branch = lake.branch(a_contract(), "slow")
    load(lake, "r2", rows_of(2))
    lake._load(TABLE).maintenance.expire_snapshots().by_id(branch.base.id).commit()
    with pytest.raises(Moved):
        lake.commit(branch, [write(lake, branch, rows_of(3))], [])


def test_many_publishes_leave_few_manifests(lake: Lake) -> None:
    for number in range(55):
        load(lake, f"r{number}", rows_of(number))
    head = lake.head(TABLE)
    table = lake._load(TABLE)
    snapshot = table.current_snapshot()
    assert head is not None
    assert snapshot is not None
    assert len(snapshot.manifests(table.io)) < 20
    assert len(lake.plan(head).files) == 55
    assert lake.rows(head) == 55
    assert len(read(lake, head)) == 55


def test_a_publish_without_new_rows_is_a_publish(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    branch = lake.branch(a_contract(), "r2")
    lake.publish(branch, lake.commit(branch, [], []), note("r2"))
    assert ids(lake, lake.head(TABLE)) == [1]
    assert [p.run for p in lake.log(TABLE)] == ["r2", "r1", "r1"]


def test_a_path_may_hold_anything(tmp_path: Path) -> None:
    root = tmp_path / "my lake 100%20 é ü?#[x]'"
    load(open_lake(root), "r1", rows_of(1))
    lake = open_lake(root)
    assert ids(lake, lake.head(TABLE)) == [1]
    assert (root / "catalog.db").exists()
    assert lake.tables() == (TABLE,)


def test_there_is_nothing_to_see_where_there_is_no_table(lake: Lake) -> None:
    assert (lake.head(TABLE), list(lake.log(TABLE)), lake.properties(TABLE), lake.branches(TABLE)) == (None, [], {}, ())
    assert lake.tables() == ()
