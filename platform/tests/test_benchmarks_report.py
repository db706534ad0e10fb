"""What was measured becomes a page: ratios of pairs, targets met and missed, and what is kept of it."""

from pathlib import Path

import pytest
from benchmarks import report, results
from benchmarks.__main__ import ORDER
from benchmarks.measure import Measured
from benchmarks.results import Found
from benchmarks.side import work as named
from benchmarks.work import Side, Work

OURS, THEIRS = "Lakemesh", "DuckDB COPY"


def measured(seconds: float, rows: int = 1_000, peak: int = 5_000_000) -> Measured:
    return Measured(seconds, seconds + 1, 2 * seconds, 2 * seconds + 1, rows, peak, 2_000_000, {"audit": seconds / 4})


def found(ours: list[Measured], theirs: list[Measured], name: str = THEIRS) -> Found:
    runs = {OURS: dict(enumerate(ours)), name: dict(enumerate(theirs))}
    return Found(1_000, "2026-05-01", "abc", "2 cores", "duckdb 2", runs)


def work(*others: Side, noun: str = "rows") -> Work:
    return Work("CSV", lambda where: None, (Side(OURS), *others), noun=noun)


def cells(told: Work, of: Found, nth: int) -> list[str]:
    return [cell.strip() for cell in list(report.lines(told, of))[nth].split("|")[1:-1]]


def test_a_ratio_is_that_of_one_turn_and_the_page_shows_the_median() -> None:
    told = work(Side(THEIRS, at_most=1.25))
    of = found([measured(2), measured(9), measured(5)], [measured(2), measured(3), measured(4)])
    assert report.ratios(told, told.sides[1], of) == [1, 3, 1.25]
    assert cells(told, of, 1)[2:6] == ["3.00", "**1.25 (1.00-3.00)**", "≤ 1.25", "met"]
    assert cells(told, of, 0)[2] == "5.00"


def test_a_turn_that_one_side_lacks_is_no_pair() -> None:
    told = work(Side(THEIRS))
    of = found([measured(2), measured(4)], [])
    of.runs[THEIRS] = {1: measured(2)}
    assert report.ratios(told, told.sides[1], of) == [2]


def test_of_two_sides_of_ours_it_is_the_second_that_is_compared_with_the_first() -> None:
    told = work(Side("Lakemesh, after 1,000 runs", ours=True, at_most=1.5))
    of = found([measured(2)], [measured(4)], "Lakemesh, after 1,000 runs")
    assert report.ratios(told, told.sides[1], of) == [2]
    assert report.verdicts(told, told.sides[1], of) == [
        (False, "Lakemesh, after 1,000 runs: 2.00 of Lakemesh, and 1.5 was the target")
    ]


def test_where_sides_make_different_numbers_of_rows_the_time_of_a_row_is_compared() -> None:
    told = work(Side("Lakemesh, all", ours=True, alike=False))
    of = found([measured(1, rows=100)], [measured(6, rows=500)], "Lakemesh, all")
    assert report.ratios(told, told.sides[1], of) == [pytest.approx(1.2)]


def test_memory_and_a_time_of_its_own_are_targets_too() -> None:
    told = Work("check", lambda where: None, (Side(OURS, seconds=3, limit=4_000_000),))
    met = report.verdicts(told, told.sides[0], found([measured(1.5)], []))
    assert met == [
        (True, "2.5 s, and 3 s was the target"),
        (False, "5 MB at its peak, of 4 (Lakemesh)"),
    ]


def test_the_page_says_what_is_missed_who_is_missing_and_what_was_not_measured() -> None:
    works = {"one": work(Side(THEIRS, at_most=1.25), Side("Spark")), "other": work()}
    of = found([measured(4)], [measured(2)])
    of.missing["Spark"] = "Java is not installed"
    page = report.page({"one": of}, works)
    assert "- **CSV**: 2.00 of DuckDB COPY, and 1.25 was the target." in page
    assert "| CSV | Spark | not measured: Java is not installed |" in page
    assert "- **CSV**: audit 25%, else 75%." in page
    assert "Not measured: `other`." in page


def test_what_was_measured_is_kept_by_work_and_read_again(tmp_path: Path) -> None:
    of = found([measured(4)], [measured(2)])
    of.missing["Spark"] = "Java is not installed"
    results.write("one", of, tmp_path / "results")
    results.write("two", of, tmp_path / "results")
    again = results.read(tmp_path / "results")
    assert list(again) == ["one", "two"]
    assert again["one"] == of


@pytest.mark.parametrize("name", ORDER)
def test_every_work_of_the_page_is_there_and_begins_with_ours(name: str) -> None:
    first, *others = named(name).sides
    assert first.name.startswith("Lakemesh")
    assert len({side.name for side in (first, *others)}) == len(others) + 1
    assert all(side.ready or side.command for side in (first, *others))
