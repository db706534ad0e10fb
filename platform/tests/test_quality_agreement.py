"""Our verdicts are Great Expectations': the same questions, the same tables, its recorded answers.

Here each question is put to a quarter of the tables, in turns, so that every expectation meets them all; QUALITY_ALL=1
puts every question to every table (a minute of CPU).
"""

import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from lakemesh.declare.expectations import EXPECTATIONS
from quality_asked import Asked
from quality_cases import CASES, Case
from quality_compared import differences, recorded
from quality_data import DATASETS

ROOT = Path(__file__).parents[2]
RECORDED = recorded()
TURNS = 1 if os.environ.get("QUALITY_ALL") else 4
WHOLE = ("i", "j", "id")
# What has no form in pandas, or another one: it is tested beside.
APART = {
    *(f"expect_column_values_to_{word}match_like_pattern{list_}" for word in ("", "not_") for list_ in ("", "_list")),
    *("expect_column_values_to_be_of_type", "expect_column_values_to_be_in_type_list", "expect_column_type_to_be"),
    "expect_table_row_count_to_equal_other_table",
}


@pytest.fixture(scope="module")
def ours() -> Asked:
    return Asked()


def cases(dataset: str) -> Iterable[Case]:
    """A part of the questions, by turns; of an expectation that has few, all."""
    turn, seen = list(DATASETS).index(dataset), Counter[str]()
    many = Counter(case.name for case in CASES.values())
    for case in CASES.values():
        seen[case.name] += 1
        if many[case.name] < TURNS or seen[case.name] % TURNS == turn % TURNS:
            yield case


def known(case: Case, dataset: str) -> str:
    """The id of a difference that stays, as docs/concepts/quality.md tells it; empty where there is none."""
    column = str(case.arguments.get("column", ""))
    missing = any(row.get(column) is None for row in DATASETS[dataset])
    if column in WHOLE and missing and ("length" in case.name or "regex" in case.name):
        return "Q1"
    if "{," in str(case.arguments.get("regex", "")):
        return "Q2"
    if case.name.endswith("within_record") and {"id", "b"} <= set(case.arguments["column_list"]):
        return "Q3"
    return ""


@pytest.mark.parametrize("dataset", DATASETS)
def test_we_find_what_great_expectations_finds(dataset: str, ours: Asked) -> None:
    theirs = RECORDED["answers"][dataset]
    wanted = list(cases(dataset))
    answers = ours.answers(dataset, wanted)
    unexplained = {
        case.id: told
        for case in wanted
        if (told := differences(answers[case.id], theirs[case.id])) and not known(case, dataset)
    }
    assert unexplained == {}


def test_every_expectation_is_compared_on_more_than_twelve_tables_and_fails_about_as_often_as_it_passes() -> None:
    asked = {case.name for case in CASES.values()}
    assert asked | APART == set(EXPECTATIONS)
    assert len(DATASETS) > 12
    verdicts = Counter(answer["success"] for of in RECORDED["answers"].values() for answer in of.values())
    assert 0.4 < verdicts[False] / sum(verdicts.values()) < 0.65
    for name in asked:
        own = {RECORDED["answers"][data][id]["success"] for data in DATASETS for id in CASES if CASES[id].name == name}
        assert own == {True, False}, name


def test_what_stays_different_is_met_and_told(ours: Asked) -> None:
    ids = set()
    for dataset in ("nulls", "random_2"):
        different: dict[str, Any] = RECORDED["answers"][dataset]
        wanted = [case for case in CASES.values() if known(case, dataset)]
        answers = ours.answers(dataset, wanted)
        ids |= {known(case, dataset) for case in wanted if differences(answers[case.id], different[case.id])}
    assert ids == {"Q1", "Q2", "Q3"}
    page = (ROOT / "docs/concepts/quality.md").read_text("utf-8")
    assert all(f"| {id} |" in page for id in ids)


def test_the_answers_are_those_of_the_version_that_we_pin() -> None:
    pinned = re.search(r"^great-expectations==(\S+)", (ROOT / "requirements/dev.txt").read_text(), re.MULTILINE)
    assert pinned
    assert RECORDED["version"] == pinned[1], "record them again with `make gx-answers`"
    assert {id for of in RECORDED["answers"].values() for id in of} == set(CASES)


def test_a_share_is_compared_in_floats_as_it_compares_it() -> None:
    """Exactly at the boundary and one step beside it, for every count up to 60."""
    import math

    from lakemesh.quality.expectations.counted import outcome

    for asked in range(1, 61):
        for bad in range(asked + 1):
            mostly = (asked - bad) / asked
            assert outcome(asked, asked, bad, mostly, []).success
            assert not outcome(asked, asked, bad, math.nextafter(mostly, 2), []).success
