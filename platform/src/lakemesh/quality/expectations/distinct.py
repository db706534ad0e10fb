"""The set of a column's values: within another set, holding one, equal to one; the most common; their shares."""

import math
from datetime import UTC, datetime

from lakemesh.declare.arguments import Given
from lakemesh.quality.expectations.ask import PARTIAL, Answer, Arguments, Ask, Check, Outcome, Statement, Unfit
from lakemesh.quality.expectations.at import DATE, TIMES, At
from lakemesh.quality.expectations.rows import values
from lakemesh.quality.expectations.whole import Whole, single
from lakemesh.sql import quote

MOST = 1000
"""As many values as are compared one by one."""


def _others(at: At, a: Arguments) -> tuple[Statement, Statement]:
    """Values that the set does not have: how many, and the first of them."""
    column = str(a["column"])
    value = at.value(column)
    each = f"select {value} as v from {at.rows} where {_outside(at, a)} group by {value}"
    return Statement(f"select count(*) as n from ({each}) others"), Statement(f"{each} order by v limit {PARTIAL}")


def _outside(at: At, a: Arguments) -> str:
    """True of a value that the set does not have."""
    column = str(a["column"])
    value, held = at.value(column), values(at, column, a["value_set"])
    return f"{value} is not null" + (f" and {value} not in ({', '.join(held)})" if held else "")


def _missing(at: At, a: Arguments) -> tuple[Statement, ...]:
    """For each value of the set whether the column has it."""
    column = str(a["column"])
    held = values(at, column, a["value_set"])
    if not held:
        return ()
    value = at.value(column)
    return (Statement(f"select {value} as v from {at.rows} where {value} in ({', '.join(held)}) group by {value}"),)


def _lacks(at: At, a: Arguments, answer: Answer, place: int) -> list[Given]:
    column, given = str(a["column"]), a["value_set"]
    assert isinstance(given, tuple)
    found = {_key(single(row["v"])) for row in answer.table(place)} if len(answer.rows) > place else set()
    wanted = {_given(at, column, each): each for each in given}
    return [each for key, each in wanted.items() if key not in found]


def _key(value: object) -> object:
    return str(value) if not isinstance(value, (int, float, str)) else value


def _given(at: At, column: str, value: Given) -> object:
    """A value of a set as the key that it has among those of the column."""
    made = at.literal(value, column)
    if made is None:
        return ("another kind", repr(value))
    if isinstance(value, str) and made != quote.literal(value):
        return str(moment_of(at, column, value))
    return value


def moment_of(at: At, column: str, value: str) -> object:
    """A text as the date or time that the column would hold."""
    found = datetime.fromisoformat(value)
    if at.type(column) == DATE:
        return found.date()
    return found.replace(tzinfo=found.tzinfo or UTC) if at.type(column) == TIMES[0] else found


def in_set(at: At, a: Arguments) -> Check:
    answer = yield Ask(statements=_others(at, a))
    return _ended(a, at, answer, unexpected=True, missing=None)


def contain_set(at: At, a: Arguments) -> Check:
    answer = yield Ask(statements=_missing(at, a))
    return _ended(a, at, answer, unexpected=False, missing=0)


def equal_set(at: At, a: Arguments) -> Check:
    answer = yield Ask(statements=(*_others(at, a), *_missing(at, a)))
    return _ended(a, at, answer, unexpected=True, missing=2)


def _ended(a: Arguments, at: At, answer: Answer, unexpected: bool, missing: int | None) -> Outcome:
    result: dict[str, object] = {"observed_value": None}
    success = True
    failing = ""
    if unexpected:
        many = int(str(answer.table(0)[0]["n"]))
        result["unexpected_count"] = many
        success = many == 0
        if many:
            failing = at.rows_where(_outside(at, a))
    if missing is not None:
        lacking = _lacks(at, a, answer, missing)
        result["missing_count"] = len(lacking)
        success = success and not lacking
    if unexpected:
        result["partial_unexpected_list"] = [single(row["v"]) for row in answer.table(1)]
    if missing is not None:
        result["partial_missing_list"] = _lacks(at, a, answer, missing)[:PARTIAL]
    return Outcome(success, result, bad=0 if success else 1, failing=failing)


def _counts(at: At, column: str) -> str:
    value = at.value(column)
    return f"select {value} as v, count(*) as n from {at.rows} where {value} is not null group by {value}"


def most_common(at: At, a: Arguments) -> Check:
    column, given = str(a["column"]), a["value_set"]
    assert isinstance(given, tuple)
    most = "select v from counts where n = (select max(n) from counts) order by v"
    text = f"with counts as ({_counts(at, column)}) {most} limit {MOST}"
    answer = yield Ask(statements=(Statement(text),))
    found = [single(row["v"]) for row in answer.table()]
    keys = {_given(at, column, each) for each in given}
    shared = sum(1 for each in found if _key(each) in keys)
    success = shared > 0 if a.get("ties_okay") else len(found) == 1 and shared == 1
    return Outcome(success, {"observed_value": found}, bad=0 if success else 1)


def divergence(at: At, a: Arguments) -> Check:
    column, threshold, holdout = str(a["column"]), a["threshold"], a.get("tail_weight_holdout", 0)
    given = a["partition_object"]
    assert isinstance(given, dict)
    assert isinstance(threshold, (int, float))
    assert isinstance(holdout, (int, float))
    of, weights = given["values"], given["weights"]
    assert isinstance(of, tuple)
    assert isinstance(weights, tuple)
    text = f"{_counts(at, column)} order by n desc, v limit {MOST + 1}"
    rows = (yield Ask(statements=(Statement(text),))).table()
    if len(rows) > MOST:
        raise Unfit(f"{column} has more than {MOST} values, which are too many to weigh one by one")
    many = sum(int(str(row["n"])) for row in rows)
    seen = {_key(single(row["v"])): int(str(row["n"])) / many for row in rows}
    names = {_given(at, column, each): each for each in of}
    expected = {key: float(str(weight)) for key, weight in zip(names, weights, strict=True)}
    others = [key for key in seen if key not in expected]
    scale = 1 - holdout if others else 1
    q = [expected[key] * scale for key in expected] + [holdout / len(others) for _ in others]
    p = [seen.get(key, 0.0) for key in expected] + [seen[key] for key in others]
    found = _entropy(p, q)
    success = found <= threshold
    labels = [*names.values(), *others]
    return Outcome(
        success,
        {
            "observed_value": found if math.isfinite(found) else None,
            "details": {
                "observed_partition": {"values": labels, "weights": p},
                "expected_partition": {"values": labels, "weights": q},
            },
        },
        bad=0 if success else 1,
    )


def _entropy(p: list[float], q: list[float]) -> float:
    """Kullback and Leibler's, of weights that need not add up to 1."""
    if not sum(p) or not sum(q):
        return math.nan
    p, q = [each / sum(p) for each in p], [each / sum(q) for each in q]
    if any(seen and not expected for seen, expected in zip(p, q, strict=True)):
        return math.inf
    return sum(seen * math.log(seen / expected) for seen, expected in zip(p, q, strict=True) if seen)


FAMILY: dict[str, Whole] = {
    "expect_column_distinct_values_to_be_in_set": in_set,
    "expect_column_distinct_values_to_contain_set": contain_set,
    "expect_column_distinct_values_to_equal_set": equal_set,
    "expect_column_most_common_value_to_be_in_set": most_common,
    "expect_column_kl_divergence_to_be_less_than": divergence,
}
