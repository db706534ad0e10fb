"""What is known to differ is an error with its replacement; what is not proved is a warning."""

import pytest

from dialect_corpus import corpus
from lakemesh.engine.duckdb.rules import CASES, MODULES, REFUSED, RULES
from lakemesh.engine.portable import check
from lakemesh.engine.spark_functions import NAMES
from lakemesh.sql.select import read


def told(sql: str) -> list[tuple[str, str]]:
    return [(mistake.severity, str(mistake)) for mistake in check(read(sql, "q.sql", "d"))]


@pytest.mark.parametrize(
    ("sql", "severity", "what"),
    [
        ("select a,\n hash(b) as h from t", "error", "q.sql:2:2: hash() differs between the engines\n  → use md5"),
        ("select uper(a) as u from t", "error", "q.sql:1:8: Spark has no function uper()\n  → did you mean upper()?"),
        ("select list_sum(a) as u from t", "error", "Spark has no function list_sum()"),
        ("select first(a) as f from t", "warning", "depends on the order in which rows happen to come"),
        (
            "select a from t where b in (select b from u limit 3)",
            "warning",
            "q.sql:1:51: which rows a LIMIT takes is chance",
        ),
        ("select collect_list(a) as f from t", "warning", "put sort_array(…) around it"),
    ],
)
def test_a_function_is_judged_at_its_place(sql: str, severity: str, what: str) -> None:
    ((found, sentence),) = told(sql)
    assert found == severity
    assert what in sentence


@pytest.mark.parametrize(
    "sql",
    [
        "select sort_array(collect_list(a)) as f, size(collect_set(a)) as n from t",
        "select first_value(a) over (partition by b order by c) as f from t",
        "select a from (select a from t order by a limit 3) u order by a limit 2",
        "select last(a) ignore nulls over (order by c) as f from t",
        "select /*+ broadcast(t) */ a, cast(b as int) as c, case when a then b end as d, a || b as e from t",
        "select timestampdiff(hour, a, b) as h, percentile_cont(0.5) within group (order by a) as p from t",
    ],
)
def test_what_is_proved_is_not_spoken_of(sql: str) -> None:
    assert told(sql) == []


def test_no_case_is_an_error() -> None:
    errors = [mistake for case in CASES for mistake in check(read(case, "", "w")) if mistake.severity == "error"]
    assert errors == []


def test_every_rule_is_of_a_function_that_spark_has_and_is_not_refused_too() -> None:
    syntax = {"percentile_cont", "percentile_disc", "timestampadd", "timestampdiff"}
    assert set(RULES) - NAMES - syntax == set()
    assert set(REFUSED) - NAMES - syntax == set()
    assert not set(RULES) & set(REFUSED)


def test_every_rule_stands_in_a_case() -> None:
    spoken = " ".join([*CASES, *(one.sql for one in corpus())]).lower()
    assert {name for name in RULES if f"{name}(" not in spoken} <= {"rlike", "regexp"}  # written as operators


def test_every_module_of_rules_says_what_differs_and_shows_it() -> None:
    for module in MODULES:
        assert module.__doc__
        assert module.CASES
