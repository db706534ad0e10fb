"""All expectations by name: how each is asked."""

from lakemesh.quality.expectations import (
    distinct,
    outliers,
    parsed,
    ranked,
    rows,
    several,
    table,
    totals,
    types,
    unique,
)
from lakemesh.quality.expectations.ask import Arguments, Check
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.counted import ByRow, Condition, counted
from lakemesh.quality.expectations.whole import Whole, share

BY_ROW: dict[str, ByRow] = {**rows.FAMILY, **several.FAMILY}
WHOLE: dict[str, Whole] = {
    name: each
    for family in (unique, totals, ranked, outliers, distinct, table, types, parsed)
    for name, each in family.FAMILY.items()
}


def condition(name: str, at: At, a: Arguments) -> Condition:
    """What it asks of a single row. Raises Unfit, and KeyError where it asks nothing of single rows."""
    return BY_ROW[name](at, a)


def check(name: str, at: At, a: Arguments) -> Check:
    """The check itself. Raises Unfit where it cannot be asked of these columns."""
    if name in parsed.PATTERNS and parsed.only_python(a):
        return parsed.PATTERNS[name](at, a)
    if name in BY_ROW:
        return counted(at, BY_ROW[name](at, a), share(a))
    return WHOLE[name](at, a)
