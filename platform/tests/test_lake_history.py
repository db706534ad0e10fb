"""What was seen when, and how to go back: the log, the ledger, rollback and held files."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lake_world import TABLE, a_contract, ids, load, note, open_lake, rows_of, took, write
from lakemesh.errors import Mistakes
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.lake import Lake
from lakemesh.lake.ledger import FOLD_AT, Entry, Ledger
from lakemesh.lake.snapshot import Snapshot


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return open_lake(tmp_path / "lake")


def head(lake: Lake) -> Snapshot:
    at = lake.head(TABLE)
    assert at is not None
    return at


def test_the_log_tells_each_publish_newest_first(lake: Lake) -> None:
    first, second = load(lake, "r1", rows_of(1)), load(lake, "r2", rows_of(2))
    assert [(p.snapshot, p.run, p.rows, p.current, p.created) for p in lake.log(TABLE)] == [
        (second.id, "r2", 2, True, False),
        (first.id, "r1", 1, False, False),
        (lake.log(TABLE)[2].snapshot, "r1", 0, False, True),
    ]


def test_as_of_a_time_is_by_when_it_was_published_not_when_it_was_written(lake: Lake) -> None:
    slow = lake.branch(a_contract(), "slow")
    early = lake.commit(slow, [write(lake, slow, rows_of(1))], [])
    written = lake._load(TABLE).metadata.snapshots[-1].timestamp_ms
    lake.publish(slow, early, note("slow"))
    published = lake.log(TABLE)[0].at
    assert lake.head(TABLE, published) == early
    assert lake.head(TABLE, published - timedelta(milliseconds=1)) == slow.base
    assert published >= datetime.fromtimestamp(written / 1000, published.tzinfo)
    assert lake.head(TABLE, lake.log(TABLE)[-1].at - timedelta(seconds=1)) is None
    assert lake.head(TABLE, published.replace(tzinfo=None)) == early


def test_as_of_a_snapshot_shows_published_ones_only(lake: Lake) -> None:
    first = load(lake, "r1", rows_of(1))
    load(lake, "r2", rows_of(2))
    assert ids(lake, lake.head(TABLE, first.id)) == [1]
    branch = lake.branch(a_contract(), "r3")
    audited = lake.commit(branch, [write(lake, branch, rows_of(3))], [])
    for unknown in (audited.id, 12345):
        with pytest.raises(Mistakes, match="never published a snapshot"):
            lake.head(TABLE, unknown)


def test_as_of_a_snapshot_that_expired_says_so(lake: Lake) -> None:
    first = load(lake, "r1", rows_of(1))
    load(lake, "r2", rows_of(2))
    lake._load(TABLE).maintenance.expire_snapshots().by_id(first.id).commit()
    with pytest.raises(Mistakes):
        lake.head(TABLE, first.id)
    with pytest.raises(Mistakes, match="no longer keeps snapshot"):
        lake.plan(first)


def test_the_ledger_of_every_publish_can_be_read(lake: Lake) -> None:
    snapshots = [load(lake, f"r{n}", rows_of(n), files=[f"{n}.csv"]) for n in range(3)]
    for number, snapshot in enumerate(snapshots):
        assert sorted(lake.ledger(snapshot).files) == [f"{n}.csv" for n in range(number + 1)]
    assert lake.ledger(snapshots[2]).files["1.csv"] == Entry("v1", "r1", Accounts(1, inserted=1))


def test_the_ledger_is_a_chain_that_is_folded_now_and_then(lake: Lake) -> None:
    for number in range(FOLD_AT + 2):
        load(lake, f"r{number}", rows_of(number), files=[f"{number}.csv"])
    files = sorted(Path(lake.place.root).glob("_ledger/film/rental/*.json"), key=lambda path: path.stat().st_mtime_ns)
    chain = [json.loads(path.read_text()) for path in files]
    assert [len(link["files"]) for link in chain] == [1] * FOLD_AT + [FOLD_AT + 1, 1]
    assert [link["before"] is None for link in chain] == [True, *[False] * (FOLD_AT - 1), True, False]
    assert len(lake.ledger(head(lake)).files) == FOLD_AT + 2


def test_a_ledger_may_lose_and_change_entries(lake: Lake) -> None:
    load(lake, "r1", rows_of(1), files=["a", "b"])
    branch = lake.branch(a_contract(), "r2")
    audited = lake.commit(branch, [], [])
    wanted = Ledger({"b": Entry("v2", "r2", Accounts(3, inserted=3))}, {"c": "v9"}, frozenset({"a v1 c1"}))
    lake.publish(branch, audited, note("r2", wanted))
    assert lake.ledger(head(lake)) == wanted
    load(lake, "r3", rows_of(3), files=["d"])
    assert lake.ledger(head(lake)).held == {"c": "v9"}
    assert lake.ledger(head(lake)).replays == {"a v1 c1"}


def test_a_publish_that_says_nothing_of_files_keeps_the_ledger(lake: Lake) -> None:
    load(lake, "r1", rows_of(1), files=["a"])
    branch = lake.branch(a_contract(), "r2")
    lake.publish(branch, lake.commit(branch, [], []), note("r2"))
    assert list(lake.ledger(head(lake)).files) == ["a"]


def test_the_ledger_outlives_expiry_and_a_compaction_by_others(lake: Lake) -> None:
    for number in range(4):
        load(lake, f"r{number}", rows_of(number), files=[f"{number}.csv"])
    table = lake._load(TABLE)
    for entry in lake.log(TABLE)[1:]:
        table.maintenance.expire_snapshots().by_id(entry.snapshot).commit()
    table = lake._load(TABLE)
    table.overwrite(table.scan().to_arrow())
    assert len(lake.ledger(head(lake)).files) == 4
    compacted = head(lake)
    load(lake, "r9", rows_of(9), files=["9.csv"])
    assert len(lake.ledger(compacted).files) == 4
    assert len(lake.ledger(head(lake)).files) == 5


def test_a_ledger_that_is_gone_stops_everything(lake: Lake) -> None:
    load(lake, "r1", rows_of(1), files=["a"])
    path = lake.properties(TABLE)["lakemesh.ledger"]
    lake.store.write(path, b'{"run"', over=True)
    with pytest.raises(Mistakes, match="the ledger cannot be read"):
        lake.ledger(head(lake))
    lake.store.remove(path)
    with pytest.raises(Mistakes, match="the ledger cannot be read"):
        lake.ledger(head(lake))


def test_a_rollback_holds_the_files_that_came_after(lake: Lake) -> None:
    good = load(lake, "r1", rows_of(1), files=["good.csv"])
    load(lake, "r2", rows_of(2), files=["bad.csv"])
    load(lake, "r3", rows_of(3), files=["worse.csv"])
    before = lake._load(TABLE).metadata_location
    assert lake.rollback(TABLE, good) == good
    assert lake._load(TABLE).metadata.metadata_log[-1].metadata_file == before
    assert ids(lake, lake.head(TABLE)) == [1]
    ledger = lake.ledger(head(lake))
    assert list(ledger.files) == ["good.csv"]
    assert ledger.held == {"bad.csv": "v1", "worse.csv": "v1"}
    assert [(p.run, p.held, p.current) for p in lake.log(TABLE)] == [
        ("r3", True, False),
        ("r2", True, False),
        ("r1", False, True),
        ("r1", False, False),
    ]
    assert lake.properties(TABLE)["lakemesh.run"] == "r1"


def test_a_table_goes_on_after_a_rollback(lake: Lake) -> None:
    good = load(lake, "r1", rows_of(1), files=["good.csv"])
    bad = load(lake, "r2", rows_of(2), files=["bad.csv"])
    lake.rollback(TABLE, good)
    rolled = lake.log(TABLE)
    last = load(lake, "r3", rows_of(3), files=["new.csv"])
    assert ids(lake, lake.head(TABLE)) == [1, 3]
    assert sorted(lake.ledger(last).files) == ["good.csv", "new.csv"]
    assert lake.ledger(last).held == {"bad.csv": "v1"}
    assert [(p.run, p.held) for p in lake.log(TABLE)][:3] == [("r3", False), ("r2", True), ("r1", False)]
    # Time travel sees what was seen, mistakes included.
    assert ids(lake, lake.head(TABLE, rolled[0].at)) == [1, 2]
    assert ids(lake, lake.head(TABLE, bad.id)) == [1, 2]
    # And forward again: what was held is in the table, what came in between is held.
    lake.rollback(TABLE, bad)
    assert lake.ledger(head(lake)).held == {"new.csv": "v1"}
    assert [(p.run, p.held) for p in lake.log(TABLE)][:3] == [("r3", True), ("r2", False), ("r1", False)]


def test_held_files_are_released_all_or_some(lake: Lake) -> None:
    good = load(lake, "r1", rows_of(1), files=["good.csv"])
    load(lake, "r2", rows_of(2), files=["a.csv", "b.csv"])
    lake.rollback(TABLE, good)
    lake.release(TABLE, ["a.csv"])
    assert lake.ledger(head(lake)).held == {"b.csv": "v1"}
    lake.release(TABLE)
    assert lake.ledger(head(lake)).held == {}
    assert list(lake.ledger(head(lake)).files) == ["good.csv"]
    location = lake._load(TABLE).metadata_location
    lake.release(TABLE)
    assert lake._load(TABLE).metadata_location == location
    assert ids(lake, lake.head(TABLE)) == [1]


def test_a_changed_file_goes_back_to_its_old_version_and_the_new_one_is_held(lake: Lake) -> None:
    good = load(lake, "r1", rows_of(1), files=["a.csv"])
    branch = lake.branch(a_contract(), "r2")
    audited = lake.commit(branch, [write(lake, branch, rows_of(2))], [])
    changed = {"a.csv": Entry("v2", "r2", Accounts(1, inserted=1))}
    lake.publish(branch, audited, note("r2", Ledger(changed)))
    lake.rollback(TABLE, good)
    ledger = lake.ledger(head(lake))
    assert ledger.files["a.csv"].version == "v1"
    assert ledger.held == {"a.csv": "v2"}


def test_a_rollback_goes_back_in_columns_too_and_the_next_run_forward_again(lake: Lake) -> None:
    good = load(lake, "r1", rows_of(1))
    wider = a_contract(columns={"id": "int", "name": "string", "age": "int"})
    bad = load(lake, "r2", [{"id": 2, "name": "b", "age": 7}], wider)
    lake.rollback(TABLE, good)
    assert list(head(lake).columns) == ["id", "name"]
    load(lake, "r3", [{"id": 3, "name": "c", "age": 8}], wider)
    assert list(head(lake).columns) == ["id", "name", "age"]
    assert ids(lake, lake.head(TABLE)) == [1, 3]
    assert ids(lake, lake.head(TABLE, bad.id)) == [1, 2]
    assert not lake.plan(head(lake)).uniform


def test_a_rollback_keeps_what_the_table_was_made_from_so_that_it_is_not_made_again(lake: Lake) -> None:
    def make(run: str, pin: int, verdict: str) -> Snapshot:
        branch = lake.branch(a_contract(), run)
        audited = lake.commit(branch, [write(lake, branch, rows_of(pin))], lake.plan(branch.base).files)
        return lake.publish(branch, audited, note(run, inputs={TABLE: pin}, verdict=verdict))

    good = make("r1", 1, "passed")
    make("r2", 2, "passed, with warnings")
    lake.rollback(TABLE, good)
    said = lake.properties(TABLE)
    assert json.loads(said["lakemesh.inputs"]) == {"film.rental": 2}
    assert said["lakemesh.verdict"] == "passed"
    assert json.loads(lake.said(good)["lakemesh.inputs"]) == {"film.rental": 1}


def test_a_first_load_can_be_rolled_back_to_the_empty_table(lake: Lake) -> None:
    load(lake, "r1", rows_of(1), files=["bad.csv"])
    empty = lake.head(TABLE, lake.log(TABLE)[-1].snapshot)
    assert empty is not None
    lake.rollback(TABLE, empty)
    assert ids(lake, lake.head(TABLE)) == []
    assert lake.ledger(head(lake)).held == {"bad.csv": "v1"}
    assert "lakemesh.run" not in lake.properties(TABLE)
    load(lake, "r2", rows_of(2), files=["good.csv"])
    assert ids(lake, lake.head(TABLE)) == [2]


def test_a_rollback_to_what_was_never_published_is_refused(lake: Lake) -> None:
    load(lake, "r1", rows_of(1))
    branch = lake.branch(a_contract(), "r2")
    audited = lake.commit(branch, [write(lake, branch, rows_of(2))], [])
    with pytest.raises(Mistakes, match="never published"):
        lake.rollback(TABLE, audited)


def test_a_run_that_was_under_way_during_a_rollback_does_not_undo_it(lake: Lake) -> None:
    good = load(lake, "r1", rows_of(1), files=["a"])
    load(lake, "r2", rows_of(2), files=["b"])
    branch = lake.branch(a_contract(), "r3")
    audited = lake.commit(branch, [write(lake, branch, rows_of(3))], [])
    ledger = took(lake.ledger(branch.base), "r3", ["c"])
    lake.rollback(TABLE, good)
    with pytest.raises(Exception, match="rolled back"):
        lake.publish(branch, audited, note("r3", ledger))
