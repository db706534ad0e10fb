"""The example mesh, run by both engines on the same real files, leaves the same tables, row for row."""

import json

import pyarrow as pa
import pytest

from demo_world import Demo

OF_THE_RUN = {"_ingested_at", "_deleted_at", "_quarantined_at", "_run"}
"""Which run it was, and when: the one thing in which two runs differ."""


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> tuple[Demo, Demo]:
    by_duckdb, by_spark = (Demo(tmp_path_factory.mktemp(name)) for name in ("duckdb", "spark"))
    by_duckdb.word("demo", "--plain")
    by_spark.word("demo", "--plain", "--engine", "spark")
    return by_duckdb, by_spark


def test_both_leave_the_same_tables(demos: tuple[Demo, Demo]) -> None:
    mine, theirs = demos
    assert set(theirs.snapshots()) == set(mine.snapshots())
    assert len([name for name in mine.snapshots() if "__" not in name]) == 23


def test_every_table_is_equal_row_for_row_and_type_for_type(demos: tuple[Demo, Demo]) -> None:
    mine, theirs = demos
    rows = 0
    for name in sorted(mine.snapshots()):
        one, other = mine.table(name), theirs.table(name)
        assert other.schema == one.schema, name
        assert ordered(other) == ordered(one), name
        rows += one.num_rows
    assert rows > 700_000


def test_states_accounts_and_verdicts_are_equal(demos: tuple[Demo, Demo]) -> None:
    mine, theirs = (turns(demo) for demo in demos)
    assert {name: turn["state"] for name, turn in theirs.items()} == dict.fromkeys(mine, "published")
    assert {name: turn["accounts"] for name, turn in theirs.items()} == {
        n: turn["accounts"] for n, turn in mine.items()
    }
    assert sum(turn["accounts"]["read"] for turn in mine.values()) == 721_459  # type: ignore[index]
    assert {name: findings(turn) for name, turn in theirs.items()} == {n: findings(turn) for n, turn in mine.items()}
    assert {run["engine"] for run in demos[1].runs} == {"spark"}


def test_a_second_run_on_the_other_engine_finds_nothing_new(demos: tuple[Demo, Demo]) -> None:
    for demo, engine in zip(demos, ("spark", "duckdb"), strict=True):
        before = demo.snapshots()
        said = demo.word("run", "--product", "film/catalog", "--engine", engine, "--plain")
        assert "published" not in said
        assert demo.snapshots() == before


def ordered(table: pa.Table) -> pa.Table:
    """Its rows in one order, without what tells one run from another."""
    kept = table.select([name for name in table.schema.names if name not in OF_THE_RUN])
    return kept.sort_by([(name, "ascending") for name in kept.schema.names]).combine_chunks()


def turns(demo: Demo) -> dict[str, dict[str, object]]:
    """What the runs' records say of each table."""
    return {turn["table"]: turn for run in demo.runs for turn in run["tables"]}  # type: ignore[attr-defined]


def findings(turn: dict[str, object]) -> object:
    """What was found in it: the examples in one order, and nothing that names the run."""
    verdict = json.loads(json.dumps(turn["verdict"]))
    for found in verdict["findings"]:
        found["examples"].sort()
        found["query"] = found["query"].partition(" where ")[0]
    return verdict
