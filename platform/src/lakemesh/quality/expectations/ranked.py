"""Values by their place in the order of all: medians, quantiles, quartiles. Exact, and able to spill."""

from collections.abc import Iterable

from lakemesh.quality.expectations.ask import Arguments, Ask, Check, Outcome, Statement
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.whole import Whole, single


def ranked(at: At, value: str, places: Iterable[int]) -> Statement:
    """The values at these places, from 0, lowest first."""
    numbered = f"select {value} as value, row_number() over (order by {value}) - 1 as place from {at.rows}"
    named = ", ".join(str(place) for place in places)
    text = f"select place, value from ({numbered} where {value} is not null) numbered"
    return Statement(f"{text} where place in ({named}) order by place")


def nearest(many: int, share: float) -> int:
    """The place of a quantile among so many values, as pandas finds the nearest: halves go to the even one."""
    return round((many - 1) * share)


def quantiles(at: At, a: Arguments) -> Check:
    given = a["quantile_ranges"]
    assert isinstance(given, dict)
    shares, ranges = given["quantiles"], given["value_ranges"]
    assert isinstance(shares, tuple)
    assert isinstance(ranges, tuple)
    value = at.number(str(a["column"]))
    many = (yield Ask((f"count({value})",))).number(0)
    values: list[object] = [None for _ in shares]
    if many:
        places = [nearest(many, float(str(share))) for share in shares]
        rows = (yield Ask(statements=(ranked(at, value, sorted(set(places))),))).table()
        by_place = {int(str(row["place"])): single(row["value"]) for row in rows}
        values = [by_place[place] for place in places]
    held = [_inside(found, range_) for found, range_ in zip(values, ranges, strict=True)]
    success = all(held)
    return Outcome(
        success,
        {
            "observed_value": {"quantiles": list(shares), "values": values},
            "details": {"success_details": held},
        },
        bad=0 if success else 1,
    )


def _inside(found: object, range_: object) -> bool:
    assert isinstance(range_, tuple)
    if found is None:
        return False
    seen, (low, high) = float(str(found)), range_
    return (low is None or float(low) <= seen) and (high is None or seen <= float(high))


FAMILY: dict[str, Whole] = {"expect_column_quantile_values_to_be_between": quantiles}
