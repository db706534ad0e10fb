"""Each statement that a rule gives as its case means on DuckDB what Spark answered, value by value and type by type."""

import pytest

from dialect_asked import Asked, recorded
from lakemesh.engine.duckdb.rules import CASES

ANSWERS = recorded()


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked()


@pytest.mark.parametrize("case", CASES)
def test_duckdb_answers_as_spark_did(case: str, asked: Asked) -> None:
    expected = ANSWERS[case]
    assert "error" not in expected, f"Spark refuses this case: {expected['error']}"
    outcome = asked.outcome(case, expected)
    assert outcome.kind == "identical", f"{outcome.kind}: {outcome.said}"
