"""Sides take turns, each in a process of its own, on data that is made from a seed."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from benchmarks import events, tree
from benchmarks.__main__ import take_turn
from benchmarks.measure import Failed, measured, prepare
from benchmarks.results import Found
from benchmarks.work import Side, Where, Work


def command(says: str) -> Side:
    return Side(says, command=lambda where: [sys.executable, "-c", says])


def appends(name: str) -> Side:
    """A side that says who it is in a file beside what it writes."""
    return Side(name, command=lambda where: ["sh", "-c", f"echo {name} >> {where.data}/told"])


@pytest.fixture
def where(tmp_path: Path) -> Where:
    (tmp_path / "out").mkdir()
    return Where(500, tmp_path, tmp_path / "out")


def test_every_other_turn_is_taken_from_behind(where: Where) -> None:
    work = Work("none", lambda _: None, (appends("A"), appends("B"), appends("C")))
    found = Found(500, "", "", "", "")
    for turn in range(3):
        take_turn("none", work, where, found, turn)
    assert (where.data / "told").read_text().split() == [*"ABC", *"CBA", *"ABC"]
    assert [sorted(turns) for turns in found.runs.values()] == [[0, 1, 2]] * 3


def test_a_side_that_fails_is_left_out_and_the_others_are_measured(where: Where) -> None:
    work = Work("none", lambda _: None, (appends("A"), command("raise SystemExit(3)")))
    found = Found(500, "", "", "", "")
    for turn in range(2):
        take_turn("none", work, where, found, turn)
    assert found.missing["raise SystemExit(3)"].startswith("ended with 3")
    assert list(found.runs) == ["A"]


def test_a_side_that_takes_too_long_is_given_up_with_all_that_it_started(where: Where) -> None:
    with pytest.raises(Failed, match="given up"):
        measured("none", 0, Side("long", command=slept, patience=3), where)
    child = int((where.data / "told").read_text())
    assert not Path(f"/proc/{child}/stat").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]


def slept(where: Where) -> list[str]:
    return ["sh", "-c", f"sleep 60 & echo $! > {where.data}/told; wait"]


def test_the_memory_of_a_process_is_that_of_all_below_it(where: Where) -> None:
    grown = "b = bytearray(150_000_000); import time; time.sleep(0.3)"
    side = Side(
        "two",
        command=lambda _: ["sh", "-c", f"'{sys.executable}' -c '{grown}' & '{sys.executable}' -c '{grown}'; wait"],
    )
    one = measured("none", 0, side, where)
    assert one.peak > 300_000_000
    assert one.seconds > 0.3


def test_what_a_side_wrote_is_what_is_there_more_than_before(where: Where) -> None:
    (where.out / "before").write_bytes(b"x" * 1000)
    one = measured("none", 0, Side("one", command=lambda w: ["sh", "-c", f"printf 12345 > {w.out}/more"]), where)
    assert one.written == 5


def test_the_seed_makes_the_same_rows_whatever_the_files_are(tmp_path: Path) -> None:
    events.land(tmp_path / "one", 900)
    events.land(tmp_path / "many", 900, "json", files=7, suffix=".gz")
    sums = [
        duckdb.sql(f"SELECT count(*), sum(hash(t)) FROM ({events.typed(source)}) t").fetchall()
        for source in (events.scan(tmp_path / "one"), events.scan(tmp_path / "many", "json", ".gz"))
    ]
    assert sums[0] == sums[1]


def test_a_work_is_prepared_and_run_from_its_file(where: Where) -> None:
    prepare("ingest_csv", where)
    from benchmarks.side import work

    ours, theirs, _ = work("ingest_csv").sides
    one, other = measured("ingest_csv", 0, ours, where), measured("ingest_csv", 1, theirs, where)
    assert one.rows == other.rows > 450
    assert one.written > other.written > 0
    assert one.stages["publish"] > 0


def test_what_stands_below_a_process_is_found() -> None:
    with subprocess.Popen(["sleep", "30"]) as child:
        assert child.pid in tree.pids(os.getpid())
        child.kill()
