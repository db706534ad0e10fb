"""Minimum, maximum, mean, median, deviation, sum; how many values, and which share of them."""

import math

from lakemesh.quality.expectations.ask import Answer, Arguments, Ask, Check, Statement
from lakemesh.quality.expectations.at import FLOATS, WHOLE, At
from lakemesh.quality.expectations.ranked import ranked
from lakemesh.quality.expectations.whole import Whole, observed, single

NAN = float("nan")


def minimum(at: At, a: Arguments) -> Check:
    answer = yield Ask((f"min({at.value(str(a['column']))})",))
    return observed(single(answer.values[0]), a)


def maximum(at: At, a: Arguments) -> Check:
    answer = yield Ask((f"max({at.value(str(a['column']))})",))
    return observed(single(answer.values[0]), a)


def finite(at: At, column: str) -> tuple[str, tuple[str, ...]]:
    """The finite values, for engines that refuse to add up the others; and counts of all, of inf and of -inf."""
    value = at.number(column)
    if at.type(column) not in FLOATS:
        return value, (f"count({value})",)
    infinite = [f"count(case when {value} = cast('{sign}Infinity' as double) then 1 end)" for sign in ("", "-")]
    return f"case when abs({value}) < cast('Infinity' as double) then {value} end", (f"count({value})", *infinite)


def infinity(answer: Answer, first: int) -> float | None:
    """What the infinite values among them make of a sum; None where there are none. `first`: where finite()'s counts
    begin."""
    if len(answer.values) < first + 3:
        return None
    above, below = answer.number(first + 1), answer.number(first + 2)
    if above and below:
        return NAN
    return math.inf if above else -math.inf if below else None


def mean(at: At, a: Arguments) -> Check:
    value, counts = finite(at, str(a["column"]))
    answer = yield Ask((f"avg(cast({value} as double))", *counts))
    return observed(_mean(answer), a)


def _mean(answer: Answer) -> float:
    odd = infinity(answer, 1)
    if odd is not None:
        return odd
    return NAN if answer.values[0] is None else float(str(answer.values[0]))


def spread(at: At, column: str) -> Ask:
    """The mean and the deviation."""
    value, counts = finite(at, column)
    return Ask((f"avg(cast({value} as double))", *counts, f"stddev_samp(cast({value} as double))"))


def spread_of(answer: Answer) -> tuple[float, float]:
    """Both, as pandas has them: not-a-number where there is no such thing."""
    if infinity(Answer(answer.values[:-1]), 1) is not None:
        return _mean(Answer(answer.values[:-1])), NAN
    last = answer.values[-1]
    deviation = NAN if last is None or answer.number(1) < 2 else float(str(last))
    return _mean(Answer(answer.values[:-1])), deviation


def deviation(at: At, a: Arguments) -> Check:
    answer = yield spread(at, str(a["column"]))
    return observed(spread_of(answer)[1], a)


def total(at: At, a: Arguments) -> Check:
    column = str(a["column"])
    value, counts = finite(at, column)
    # A sum of whole numbers can be longer than they are.
    wide = f"cast({value} as decimal(38,0))" if at.type(column) in WHOLE else value
    answer = yield Ask((f"sum({wide})", *counts))
    odd = infinity(answer, 1)
    return observed(odd if odd is not None else single(answer.values[0]) or 0, a)


def median(at: At, a: Arguments) -> Check:
    column = str(a["column"])
    value = at.number(column)
    many = (yield Ask((f"count({value})",))).number(0)
    if not many:
        return observed(NAN, a)
    places = sorted({(many - 1) // 2, many // 2})
    found = (yield Ask(statements=(ranked(at, value, places),))).table()
    values = [float(str(row["value"])) for row in found]
    return observed(sum(values) / len(values), a)


def distinct(at: At, column: str) -> Statement:
    """How many values there are."""
    value = at.value(column)
    groups = f"select {value} as v from {at.rows} where {value} is not null group by {value}"
    return Statement(f"select count(*) as n from ({groups}) each_value")


def unique_count(at: At, a: Arguments) -> Check:
    answer = yield Ask(statements=(distinct(at, str(a["column"])),))
    return observed(int(str(answer.table()[0]["n"])), a)


def unique_share(at: At, a: Arguments) -> Check:
    column = str(a["column"])
    answer = yield Ask((f"count({at.value(column)})",), (distinct(at, column),))
    there = answer.number(0)
    return observed(int(str(answer.table()[0]["n"])) / there if there else 0, a)


def there_share(at: At, a: Arguments) -> Check:
    answer = yield Ask(("count(*)", f"count({at.value(str(a['column']))})"))
    return observed(answer.number(1) / answer.number(0) if answer.number(0) else 0, a)


FAMILY: dict[str, Whole] = {
    "expect_column_min_to_be_between": minimum,
    "expect_column_max_to_be_between": maximum,
    "expect_column_mean_to_be_between": mean,
    "expect_column_median_to_be_between": median,
    "expect_column_stdev_to_be_between": deviation,
    "expect_column_sum_to_be_between": total,
    "expect_column_unique_value_count_to_be_between": unique_count,
    "expect_column_proportion_of_unique_values_to_be_between": unique_share,
    "expect_column_proportion_of_non_null_values_to_be_between": there_share,
}
