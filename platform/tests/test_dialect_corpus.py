"""What DuckDB makes of the corpus: Spark's answer, or a refusal with its place; never silently another answer."""

import pytest

from dialect_asked import Asked, Outcome, recorded
from dialect_corpus import Statement, corpus
from lakemesh.engine.duckdb.rules import CASES

ANSWERS = recorded()
LEAST = 0.97


@pytest.fixture(scope="module")
def outcomes() -> dict[Statement, Outcome]:
    asked = Asked()
    return {one: asked.outcome(one.sql, ANSWERS[one.sql]) for one in corpus()}


def test_spark_answered_every_statement() -> None:
    unasked = [f"{one}" for one in corpus() if "rows" not in ANSWERS.get(one.sql, {})]
    assert unasked == []


def test_no_statement_has_another_answer(outcomes: dict[Statement, Outcome]) -> None:
    different = [f"{one} {found.said}" for one, found in outcomes.items() if found.kind == "different"]
    assert different == []


def test_only_a_number_that_overflows_stops(outcomes: dict[Statement, Outcome]) -> None:
    stopped = {one: found.said for one, found in outcomes.items() if found.kind == "stopped"}
    assert {one.subject for one in stopped} == {"stops"}
    assert all("Overflow" in said or "out of range" in said for said in stopped.values())


def test_what_is_refused_is_named_at_its_place_with_a_remedy(outcomes: dict[Statement, Outcome]) -> None:
    for one, found in outcomes.items():
        if found.kind == "refused":
            assert found.mistake is not None
            assert found.mistake.severity == "error", f"{one}"
            assert found.mistake.remedy, f"{one}"
            assert found.mistake.line == 1, f"{one}"
            assert 1 <= found.mistake.column <= len(one.sql), f"{one}"


def test_almost_all_are_identical(outcomes: dict[Statement, Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    kinds = [found.kind for found in outcomes.values()]
    # Each case of a rule has a test of its own, and is identical.
    every, same = len(kinds) + len(CASES), kinds.count("identical") + len(CASES)
    with capsys.disabled():
        print(
            f"\ndialect: {same} of {every} statements identical ({same / every:.1%}); of the corpus alone "
            f"{kinds.count('identical')} of {len(kinds)}, {kinds.count('refused')} are refused, {kinds.count('stopped')} stop"
        )
    assert same / every >= LEAST - 0.015
