"""Rows as tables in plain text."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from lakemesh.cli.show.cells import cell, cut, width
from lakemesh.cli.show.rows import table


def test_numbers_stand_on_the_right_and_text_on_the_left() -> None:
    assert list(table(("carrier", "flights"), [("UA", 58665), ("HA", 342)])) == [
        "carrier  flights",
        "───────  ───────",
        "UA         58665",
        "HA           342",
    ]


def test_null_the_empty_text_and_the_text_null_look_different() -> None:
    assert [cell(None), cell(""), cell("null"), cell("x")] == ["null", "''", "'null'", "x"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        (Decimal("1E+3"), "1000"),
        (date(2013, 1, 31), "2013-01-31"),
        (datetime(2013, 1, 31, 5, 0, tzinfo=UTC), "2013-01-31 05:00:00"),
        (b"\x00\xff", "0x00ff"),
        ([{"sku": "é", "qty": None}], '[{"sku": "é", "qty": null}]'),
        ("two\nlines\t\x1b[31m", "two\\nlines\\t\\x1b[31m"),
    ],
)
def test_a_value_is_one_line_that_moves_no_cursor(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_wide_letters_take_two_columns_and_accents_none() -> None:
    assert (width("東京"), width("é"), width("ab")) == (4, 1, 2)
    assert cut("東京都", 5) == "東京…"
    lines = list(table(("city", "n"), [("東京", 1), ("Oslo", 2)]))
    assert {width(line) for line in lines} == {7}


def test_text_gives_way_to_fit_the_terminal_and_numbers_never_do() -> None:
    lines = list(table(("id", "text"), [(123456789012, "x" * 90)], columns=30))
    assert lines[2] == "123456789012  xxxxxxxxxxxxxxx…"
    assert all(width(line) <= 30 for line in lines)


def test_columns_that_do_not_fit_are_named_below() -> None:
    names = tuple(f"column_{i}" for i in range(9))
    lines = list(table(names, [tuple(f"value {i}" for i in range(9))], columns=40))
    assert all(width(line) <= 40 for line in lines)
    assert lines[-1].startswith("… and 5 more columns: column_4, ")


def test_a_table_without_rows_still_has_its_names() -> None:
    assert list(table(("a", "b"), [])) == ["a  b", "─  ─"]


def test_where_nobody_looks_nothing_is_cut() -> None:
    assert list(table(("text",), [("x" * 300,)]))[2] == "x" * 300
