"""A run is killed at each thing it does to the outside, and started again: nothing is lost, nothing is there twice."""

import sqlite3
from pathlib import Path

import pytest

from lake_processes import CONTEXT, LIVES, Killed, Life, die, live, survey
from lake_world import PRODUCT, TABLE, a_contract, ids, open_lake, rows_of, write
from lakemesh.lake import local, runs


@pytest.mark.parametrize("life", LIVES)
def test_a_run_killed_anywhere_is_put_right_by_the_next(tmp_path: Path, life: Life) -> None:
    undisturbed = tmp_path / "undisturbed"
    effects = live(str(undisturbed), life)
    expected = survey(undisturbed)
    assert effects > 20
    for fatal in range(1, effects + 1):
        root = tmp_path / f"killed at {fatal}"
        with pytest.raises(Killed):
            live(str(root), life, fatal)
        live(str(root), life)
        assert survey(root) == expected, f"killed at {fatal} of {effects}"
        again = open_lake(root)._load(TABLE).metadata_location
        live(str(root), life)
        assert open_lake(root)._load(TABLE).metadata_location == again


def test_a_process_that_is_gone_at_once_leaves_no_more_behind(tmp_path: Path) -> None:
    live(str(tmp_path / "undisturbed"), "append")
    for fatal in (5, 9, 14):
        root = tmp_path / f"gone at {fatal}"
        child = CONTEXT.Process(target=die, args=(str(root), "append", fatal))
        child.start()
        child.join(60)
        assert child.exitcode == 9
        live(str(root), "append")
        assert survey(root) == survey(tmp_path / "undisturbed")


def test_a_locked_catalogue_is_a_conflict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "PATIENCE", 0.05)
    lake = open_lake(tmp_path)
    branch = lake.branch(a_contract(), "r1")
    data_file = write(lake, branch, rows_of(1))
    greedy = sqlite3.connect(tmp_path / "catalog.db", isolation_level=None)
    greedy.execute("begin immediate")
    real, asked = lake._catalog.commit_table, []

    def told(*said: object) -> object:
        asked.append(said)
        if len(asked) == 3:
            greedy.execute("rollback")
        return real(*said)  # type: ignore[arg-type]

    monkeypatch.setattr(lake._catalog, "commit_table", told)
    audited = lake.commit(branch, [data_file], [])
    greedy.close()
    assert len(asked) == 3
    assert ids(lake, audited) == [1]


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    lake = open_lake(tmp_path)
    lake.branch(a_contract(), "r1")
    greedy = sqlite3.connect(tmp_path / "catalog.db", isolation_level=None)
    greedy.execute("begin immediate")
    assert ids(open_lake(tmp_path), open_lake(tmp_path).head(TABLE)) == []
    greedy.close()


def test_everything_is_on_disk_before_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: set[str] = set()
    real = local._sync

    def noted(path: str) -> None:
        synced.add(path)
        real(path)

    monkeypatch.setattr(local, "_sync", noted)
    lake = open_lake(tmp_path)
    branch = lake.branch(a_contract(), "r1")
    commit = lake._catalog.commit_table

    def checked(*said: object) -> object:
        there = {
            str(p) for p in tmp_path.rglob("*") if p.suffix in (".avro", ".parquet", ".json") and "clean" in p.parts
        }
        assert there <= synced
        return commit(*said)  # type: ignore[arg-type]

    monkeypatch.setattr(lake._catalog, "commit_table", checked)
    lake.commit(branch, [write(lake, branch, rows_of(1))], [])
    assert any(path.endswith(".parquet") for path in synced)
    assert any(path.endswith(".metadata.json") for path in synced)


def test_a_dead_run_is_known_by_its_record(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        live(str(tmp_path), "append", 8)
    lake = open_lake(tmp_path)
    assert len(runs.dead(lake.store, PRODUCT)) == 1
    live(str(tmp_path), "append")
    assert runs.dead(lake.store, PRODUCT) == ()
