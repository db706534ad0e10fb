"""Checks that look at all rows together."""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal as Number
from typing import TypeAlias

from lakemesh.quality.expectations.ask import Arguments, Check, Outcome, Unfit
from lakemesh.quality.expectations.at import At, comparable

Whole: TypeAlias = Callable[[At, Arguments], Check]


def share(a: Arguments) -> float:
    """`mostly`: all, where it is not said."""
    said = a.get("mostly", 1)
    assert isinstance(said, (int, float))
    return said


def within(observed: object, a: Arguments) -> bool:
    """Whether an observed value lies between the bounds. What is no value lies nowhere. Raises Unfit."""
    if observed is None or (isinstance(observed, float) and math.isnan(observed)):
        return False
    low, high = a.get("min_value"), a.get("max_value")
    above = low is None or _less(comparable(observed, low), observed, bool(a.get("strict_min")))
    return above and (high is None or _less(observed, comparable(observed, high), bool(a.get("strict_max"))))


def _less(low: object, high: object, strict: bool) -> bool:
    try:
        return bool(low < high if strict else low <= high)  # type: ignore[operator]
    except TypeError:
        raise Unfit(f"{low!r} does not compare with {high!r}") from None


def observed(value: object, a: Arguments, more: Mapping[str, object] | None = None) -> Outcome:
    """The outcome of an observed value that should lie between bounds."""
    seen = None if isinstance(value, float) and math.isnan(value) else value
    success = within(value, a)
    return Outcome(success, {"observed_value": seen, **(more or {})}, bad=0 if success else 1)


def single(value: object) -> object:
    """A number of the engine as Python's own: a whole decimal is an integer."""
    if isinstance(value, Number):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else value
    assert value is None or isinstance(value, (str, int, float, bool, date, datetime))
    return value
