"""What a failing test of a product shows, and how a run's end is told."""

from datetime import UTC, datetime

from lakemesh.cli.show.differences import side_by_side
from lakemesh.cli.show.runs import next_steps, summary
from lakemesh.declare.names import ProductName
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.runs import Run, TableRun
from lakemesh.steps.compare import Difference

COLUMNS = ("film_id", "title", "category")


def test_a_row_with_another_value_stands_beside_the_one_that_was_expected() -> None:
    difference = Difference("film.film_category", COLUMNS, (1, "Amber", "Comedy"), (1, "Amber", None))
    assert list(side_by_side([difference], 80)) == [
        "",
        "film.film_category: 1 row differs",
        "",
        "     column    expected  found",
        "  ─  ────────  ────────  ─────",
        "     film_id   1         1",
        "     title     Amber     Amber",
        "  ✗  category  Comedy    null",
    ]


def test_a_row_that_is_missing_or_should_not_be_there_is_shown_whole() -> None:
    lines = list(side_by_side([Difference("f.a", ("id",), (1,), None), Difference("f.a", ("id",), None, (2,))], 80))
    assert "f.a: 2 rows differ" in lines
    assert "  expected, but not found:" in lines
    assert "  not expected, but found:" in lines


def test_many_differences_are_counted_rather_than_listed() -> None:
    lines = list(side_by_side([Difference("f.a", ("id",), (i,), None) for i in range(25)], 80))
    assert lines[-1] == "  … and 15 more"


def test_long_values_are_cut_so_that_both_sides_fit() -> None:
    difference = Difference("f.a", ("text",), ("x" * 200,), ("y" * 200,))
    assert max(map(len, side_by_side([difference], 80))) <= 80


def a_run(state: str, *tables: TableRun) -> Run:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Run("r1", ProductName("flights", "departures"), state, at, at, "duckdb", "laptop", 1, tables)  # type: ignore[arg-type]


def test_a_run_ends_with_a_table_of_what_became_of_its_rows() -> None:
    taken = TableRun("flights.departure", "published", 7, Accounts(336776, 336764, quarantined=12), None, 2.14)  # type: ignore[arg-type]
    nothing = TableRun("flights.route", "nothing new", None, Accounts(), None, 0.02)  # type: ignore[arg-type]
    assert list(summary(a_run("done", taken, nothing), 80)) == [
        "table              state           read  inserted  quarantined  seconds",
        "─────────────────  ───────────  ───────  ────────  ───────────  ───────",
        "flights.departure  published    336,776   336,764           12      2.1",
        "flights.route      nothing new        0                             0.0",
    ]


def test_what_is_in_quarantine_comes_with_a_question_to_paste() -> None:
    taken = TableRun("flights.departure", "published", 7, Accounts(13, 1, quarantined=12), None, 2.14)  # type: ignore[arg-type]
    assert list(next_steps(a_run("done", taken))) == [
        "12 rows do not fit flights.departure. Which, and why:",
        '  make query SQL="select _reason, _raw from flights.departure__quarantine"',
    ]


def test_a_stop_says_which_promise_was_broken_and_by_which_rows() -> None:
    finding = {
        "rule": "key",
        "sentence": "No two rows have the same id.",
        "bad": 2,
        "of": 9,
        "else": "stop",
        "examples": ['{"id": 1}'],
    }
    verdict = {"verdict": "stopped", "findings": [finding, {**finding, "else": "warn"}]}
    stopped = TableRun("flights.departure", "stopped", None, Accounts(9, 9), verdict, 0.1, "long")  # type: ignore[arg-type]
    assert list(next_steps(a_run("stopped", stopped), 80)) == [
        "flights.departure: stopped",
        "  No two rows have the same id. 2 of 9 rows fail.",
        '    {"id": 1}',
    ]
    failed = TableRun("flights.departure", "failed", None, Accounts(), None, 0.1, "two\nlines")  # type: ignore[arg-type]
    assert list(next_steps(a_run("failed", failed), 80)) == ["flights.departure: failed", "  two", "  lines"]
