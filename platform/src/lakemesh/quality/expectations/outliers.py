"""Values far from the others: first where they lie, then how many lie outside."""

import math
from collections.abc import Generator

from lakemesh.quality.expectations.ask import Answer, Arguments, Ask, Check
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.counted import Condition, counted
from lakemesh.quality.expectations.ranked import ranked
from lakemesh.quality.expectations.totals import spread, spread_of
from lakemesh.quality.expectations.whole import Whole, share
from lakemesh.sql import quote


def _judged(at: At, a: Arguments, good: str) -> Check:
    column = str(a["column"])
    return counted(at, Condition(good, f"{at.value(column)} is not null", (column,)), share(a))


def z_scores(at: At, a: Arguments) -> Check:
    column, threshold = str(a["column"]), a["threshold"]
    assert isinstance(threshold, (int, float))
    mean, deviation = spread_of((yield spread(at, column)))
    if math.isnan(deviation) or deviation == 0:
        return (yield from _judged(at, a, "true"))
    value = f"cast({at.number(column)} as double)"
    score = f"({value} - {quote.literal(mean)}) / {quote.literal(deviation)}"
    limit = quote.literal(float(abs(threshold) if a["double_sided"] else threshold))
    return (yield from _judged(at, a, f"{f'abs({score})' if a['double_sided'] else score} < {limit}"))


def not_outliers(at: At, a: Arguments) -> Check:
    column, multiplier = str(a["column"]), a.get("multiplier", 1.5)
    assert isinstance(multiplier, (int, float))
    value = f"cast({at.number(column)} as double)"
    if a.get("method", "iqr") == "std":
        mean, deviation = spread_of((yield spread(at, column)))
        if not math.isfinite(mean) or not math.isfinite(deviation):
            return (yield from _judged(at, a, "true"))
        limit = multiplier * deviation
        far = f"abs({value} - {quote.literal(mean)}) < {quote.literal(limit)}"
        return (yield from _judged(at, a, far if limit > 0 else f"{value} = {quote.literal(mean)}"))
    low, high = yield from _quartiles(at, column)
    if not math.isfinite(low) or not math.isfinite(high):
        return (yield from _judged(at, a, "true"))
    reach = multiplier * (high - low)
    inside = f"{value} >= {quote.literal(low - reach)} and {value} <= {quote.literal(high + reach)}"
    return (yield from _judged(at, a, inside))


def _quartiles(at: At, column: str) -> Generator[Ask, Answer, tuple[float, float]]:
    value = at.number(column)
    many = (yield Ask((f"count({value})",))).number(0)
    if not many:
        return math.nan, math.nan
    places = [(many - 1) * quarter for quarter in (0.25, 0.75)]
    wanted = sorted({whole for place in places for whole in (math.floor(place), math.ceil(place))})
    rows = (yield Ask(statements=(ranked(at, value, wanted),))).table()
    found = {int(str(row["place"])): float(str(row["value"])) for row in rows}
    low, high = (_between(found, place) for place in places)
    return low, high


def _between(found: dict[int, float], place: float) -> float:
    low, high, part = found[math.floor(place)], found[math.ceil(place)], place - math.floor(place)
    if part == 0 or low == high:
        return low
    return low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part)


FAMILY: dict[str, Whole] = {
    "expect_column_value_z_scores_to_be_less_than": z_scores,
    "expect_column_values_to_not_be_outliers": not_outliers,
}
