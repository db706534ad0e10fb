"""The record of a run is one file, whole or not there."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from lake_world import NOW, PRODUCT, TABLE
from lakemesh.lake import runs
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.folder import Folder

RUN = runs.Run("20260102-1", PRODUCT, "running", NOW, None, "duckdb", "here", 42)


def test_a_record_comes_back_as_it_went(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    runs.begin(store, RUN)
    assert runs.runs(store, PRODUCT) == (RUN,)
    table = runs.TableRun(TABLE, "published", 2**62, Accounts(3, inserted=3), {"passed": True}, 1.5, "late rows")
    done = replace(RUN, state="done", ended=NOW, tables=(table, replace(table, snapshot=None, verdict=None)))
    runs.end(store, done)
    assert runs.runs(store, PRODUCT) == (done,)


def test_the_newest_run_comes_first(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    for hours in (1, 3, 2):
        runs.begin(store, replace(RUN, id=f"r{hours}", started=NOW + timedelta(hours=hours)))
    assert [run.id for run in runs.runs(store, PRODUCT)] == ["r3", "r2", "r1"]


def test_who_says_running_while_nobody_holds_the_lock_is_dead(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    runs.begin(store, RUN)
    runs.begin(store, replace(RUN, id="over", state="done", ended=NOW))
    assert runs.dead(store, PRODUCT) == (RUN.id,)
    assert runs.state_of(store, PRODUCT, "over") == "done"
    assert runs.state_of(store, PRODUCT, "never") is None


def test_a_torn_record_hides_no_other(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    runs.begin(store, RUN)
    for number, torn in enumerate((b"", b"{", b"[]", b'{"id": "x"}', b"\xff")):
        store.write(f"_runs/film/rentals/torn{number}.json", torn)
    assert runs.runs(store, PRODUCT) == (RUN,)
