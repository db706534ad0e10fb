"""How questions are asked: together, in one scan; and those that have no form in pandas, by what they say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine_world import World, kinds
from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.quality.compile.scan import run
from lakemesh.quality.expectations.ask import Outcome, Row
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.every import check
from lakemesh.quality.reading import Reading
from quality_asked import Asked, asked
from quality_cases import CASES, Case

TABLE = TableName("shop", "sale")


@pytest.fixture(scope="module")
def ours() -> Asked:
    return Asked()


def answer(ours: Asked, name: str, dataset: str = "unicode", **arguments: Any) -> Outcome:
    (outcome,) = ours.answers(dataset, [Case(f"expect_{name}", arguments)]).values()
    return outcome


def test_whatever_is_counted_is_counted_in_one_scan(ours: Asked) -> None:
    counted = [
        Case("expect_column_values_to_not_be_null", {"column": "id"}),
        Case("expect_column_values_to_be_between", {"column": "i", "min_value": 0, "max_value": 9}),
        Case("expect_column_values_to_be_in_set", {"column": "s", "value_set": list("abcdefghij")}),
        Case("expect_column_mean_to_be_between", {"column": "f", "min_value": 0, "max_value": 9}),
        Case("expect_column_max_to_be_between", {"column": "i", "max_value": 5}),
        Case("expect_column_values_to_match_regex", {"column": "s", "regex": "^[a-z]$"}, "i > 4"),
        Case("expect_column_pair_values_to_be_equal", {"column_A": "s", "column_B": "t"}),
        Case("expect_table_row_count_to_be_between", {"min_value": 1}),
        Case("expect_table_column_count_to_equal", {"value": 12}),
    ]
    ours.statements.clear()
    found = ours.answers("good", counted)
    assert [outcome.success for outcome in found.values()] == [True] * 4 + [False] + [True] * 4
    assert len(ours.statements) == 1
    assert ours.statements[0].count("count(*)") == 2, "once of all rows, and once of those that one rule is about"
    ours.answers("good", [*counted, Case("expect_column_values_to_be_unique", {"column": "id"})])
    assert len(ours.statements) == 3


def test_a_fault_stays_with_its_rule(ours: Asked) -> None:
    fine = asked(next(iter(CASES.values())))

    def read(text: str, tables: tuple[TableName, ...]) -> Iterator[Row]:
        if "`s`" in text:
            raise Mistakes.of("a file is torn")
        yield from ours.read(text, tables)

    from quality_data import table

    ours.connection.register("data", table("good"))
    wrong = asked(Case("expect_column_values_to_not_be_null", {"column": "s"}))
    good, bad = run([fine, wrong], read)
    assert good.success
    assert not bad.success
    assert bad.raised == "a file is torn"


def test_the_engine_of_a_run_answers_them_from_a_table_of_the_lake(tmp_path: Path) -> None:
    world = World(tmp_path)
    branch = world.branch(kinds(id="bigint", f="double", s="string"))
    head = world.fill(branch, "(1, 0.5, 'a'), (2, cast('NaN' as double), null), (3, 9.0, 'cc')")
    at = At(TABLE, head.columns)
    questions: list[tuple[str, dict[str, Any]]] = [
        ("expect_column_values_to_not_be_null", {"column": "f", "mostly": 0.5}),
        ("expect_column_values_to_be_unique", {"column": "s"}),
        ("expect_column_median_to_be_between", {"column": "f", "max_value": 4}),
        ("expect_column_values_to_match_regex", {"column": "s", "regex": r"^\w$"}),
    ]
    reading = Reading(world.engine, {TABLE: head})
    checks = [(at, lambda name=name, given=given: check(name, at, given)) for name, given in questions]
    found = run(checks, reading)  # type: ignore[arg-type]
    assert [outcome.success for outcome in found] == [True, True, False, False]
    assert (found[0].bad, found[0].of) == (1, 3)
    assert found[2].result == {"observed_value": 4.75}
    assert [row["s"] for row in reading(found[3].failing, (TABLE,))] == ["cc"]


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("a%", ["a\n", "a\nb", "a%b", "a.b", "aB"]),
        ("_", [" ", "%", "_", "'", '"', "\\", "A", "0", "ß", "😀", "\t"]),
    ],
)
def test_like_means_what_sql_says_and_a_backslash_is_a_letter(ours: Asked, pattern: str, matched: list[str]) -> None:
    outcome = answer(ours, "column_values_to_not_match_like_pattern", column="s", like_pattern=pattern)
    shown = outcome.result["partial_unexpected_list"]
    assert isinstance(shown, list)
    assert sorted(shown) == sorted(matched)
    opposite = answer(ours, "column_values_to_match_like_pattern", column="s", like_pattern=pattern)
    assert opposite.bad + outcome.bad == outcome.of


def test_like_with_an_escape_and_lists_of_it(ours: Asked) -> None:
    escaped = answer(ours, "column_values_to_not_match_like_pattern", column="s", like_pattern="a!%b", escape="!")
    assert escaped.result["partial_unexpected_list"] == ["a%b"]
    any_ = answer(ours, "column_values_to_match_like_pattern_list", column="s", like_pattern_list=["a%", "%b"])
    all_ = answer(
        ours, "column_values_to_match_like_pattern_list", column="s", like_pattern_list=["a%", "%b"], match_on="all"
    )
    none = answer(ours, "column_values_to_not_match_like_pattern_list", column="s", like_pattern_list=["a%", "%b"])
    assert (any_.of - any_.bad, all_.of - all_.bad, none.bad) == (5, 3, 5)


@pytest.mark.parametrize(
    ("column", "name", "holds"),
    [
        *(("i", name, True) for name in ("bigint", "LongType", "int64", "int", "BIGINT")),
        *(("s", name, True) for name in ("string", "str", "StringType")),
        *(("d", name, True) for name in ("decimal", "decimal(10,2)", "DecimalType")),
        *(("s", name, False) for name in ("int", "float64")),
        *(("at", name, True) for name in ("timestamp_ntz", "datetime64[us]")),
    ],
)
def test_a_type_goes_by_many_names(ours: Asked, column: str, name: str, holds: bool) -> None:
    for asking in ("column_values_to_be_of_type", "column_type_to_be"):
        assert answer(ours, asking, "good", column=column, type_=name).success == holds
    assert (
        answer(ours, "column_values_to_be_in_type_list", "good", column=column, type_list=["map", name]).success
        == holds
    )


def test_a_name_that_no_type_has_is_told(ours: Asked) -> None:
    assert (
        answer(ours, "column_type_to_be", "good", column="i", type_="integr").raised
        == '"integr" is the name of no type'
    )


def test_as_many_rows_as_another_table_has_is_no_comparison_with_itself(tmp_path: Path) -> None:
    world = World(tmp_path)
    other = TableName("shop", "refund")
    sales = world.fill(world.branch(kinds(id="bigint")), "(1), (2), (3)")
    refunds = world.fill(world.branch(kinds(id="bigint"), table=other), "(1), (2)")
    at = At(TABLE, sales.columns)
    reading = Reading(world.engine, {TABLE: sales, other: refunds})
    for name, same in (("refund", False), ("shop.refund", False), ("shop.sale", True)):
        given = {"other_table_name": name}
        (outcome,) = run(
            [(at, lambda given=given: check("expect_table_row_count_to_equal_other_table", at, given))],  # type: ignore[misc]
            reading,
        )
        assert outcome.success == same
