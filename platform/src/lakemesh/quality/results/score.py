"""How good a table is, by dimension: the share of what was looked at that is so, over its rules."""

from collections.abc import Mapping

from lakemesh.declare.expectations import DIMENSIONS
from lakemesh.quality.results.kept import Kept, Told


def scores(kept: Kept) -> Mapping[str, float]:
    """From 0 to 1, for each dimension that any rule counts for; `all`: over all of these rules."""
    counted = [told for told in kept.rules if told.dimension]
    found: dict[str, float] = {
        dimension: _mean([told for told in counted if told.dimension == dimension])
        for dimension in DIMENSIONS
        if any(told.dimension == dimension for told in counted)
    }
    return {**found, "all": _mean(counted)} if counted else {}


def _mean(rules: list[Told]) -> float:
    return sum(map(_share, rules)) / len(rules)


def _share(told: Told) -> float:
    """Of rules about rows, the share of rows that are as they should be; of all others, all or nothing."""
    if told.of:
        return 1 - min(told.bad, told.of) / told.of
    return 1.0 if told.success else 0.0
