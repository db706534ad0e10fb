"""What DuckDB makes of the corpus: Spark's answer, or a refusal with its place; never silently another answer."""

from collections import Counter

import pytest

from dialect_asked import Asked, Outcome, recorded
from dialect_corpus import corpus
from lakemesh.engine.duckdb.rules import CASES

ANSWERS = recorded()
RANDOM = recorded("dialect_random.json")
LEAST = 0.97
SUBJECTS = [*dict.fromkeys(one.subject for one in corpus()), "random"]


# One worker asks them all, once.
pytestmark = pytest.mark.xdist_group("dialect corpus")


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, tuple[str, Outcome]]]:
    """What became of each statement, by its subject and where it stands."""
    asked = Asked()
    answers = {**RANDOM, **ANSWERS}
    return {
        subject: {at: (sql, asked.outcome(sql, answers[sql])) for at, sql in statements(subject).items()}
        for subject in SUBJECTS
    }


def statements(subject: str) -> dict[str, str]:
    if subject == "random":
        return {f"random {place}": sql for place, sql in enumerate(RANDOM)}
    return {f"{one}": one.sql for one in corpus() if one.subject == subject}


def test_spark_answered_every_statement() -> None:
    assert [f"{one}" for one in corpus() if "rows" not in ANSWERS.get(one.sql, {})] == []
    assert len(RANDOM) >= 300


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_statement_is_identical_or_refused(
    subject: str, outcomes: dict[str, dict[str, tuple[str, Outcome]]]
) -> None:
    found = outcomes[subject]
    different = [f"{at} {sql}\n{outcome.said}" for at, (sql, outcome) in found.items() if outcome.kind == "different"]
    assert different == []
    for at, (sql, outcome) in found.items():
        if outcome.kind == "refused":
            _is_told(at, sql, outcome)
        elif outcome.kind == "stopped":
            assert subject in ("stops", "random"), f"{at} {sql}\n{outcome.said}"
            assert "verflow" in outcome.said or "out of range" in outcome.said, f"{at} {sql}\n{outcome.said}"


def _is_told(at: str, sql: str, outcome: Outcome) -> None:
    assert outcome.mistake is not None
    assert outcome.mistake.severity == "error", at
    assert outcome.mistake.remedy, at
    assert outcome.mistake.line == 1, at
    assert 1 <= outcome.mistake.column <= len(sql), at


def test_almost_all_are_identical(
    outcomes: dict[str, dict[str, tuple[str, Outcome]]], capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = Counter(outcome.kind for found in outcomes.values() for _, outcome in found.values())
    # Each case of a rule has a test of its own, and is identical.
    same, every = kinds["identical"] + len(CASES), kinds.total() + len(CASES)
    with capsys.disabled():
        print(
            f"\ndialect: {same} of {every} statements are identical ({same / every:.1%}), "
            f"{kinds['refused']} are refused, {kinds['stopped']} stop"
        )
    assert same / every >= LEAST
