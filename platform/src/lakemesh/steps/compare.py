"""Rows expected beside rows found: those that are only on one side, those with the same key together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = object
Row: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not as expected; None on the side where it is not. `columns` names its values."""

    table: str
    columns: tuple[str, ...]
    expected: Row | None
    found: Row | None


def differences(
    table: str, columns: Sequence[str], key: Sequence[str], expected: Sequence[Row], found: Sequence[Row]
) -> tuple[Difference, ...]:
    """None where both sides hold the same rows, as often. Fractions are compared to nine digits."""
    left = list(found)
    missing = [row for row in expected if not _taken(left, row)]
    places = [list(columns).index(name) for name in key if name in columns]
    told = []
    for row in missing:
        partner = next(
            (other for other in left if places and _same([row[p] for p in places], [other[p] for p in places])), None
        )
        if partner is not None:
            left.remove(partner)
        told.append(Difference(table, tuple(columns), row, partner))
    return (*told, *(Difference(table, tuple(columns), None, row) for row in left))


def _taken(rows: list[Row], wanted: Row) -> bool:
    for n, row in enumerate(rows):
        if _same(row, wanted):
            del rows[n]
            return True
    return False


def _same(one: Sequence[Value], other: Sequence[Value]) -> bool:
    return all(_equal(a, b) for a, b in zip(one, other, strict=True))


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_equal(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and _same(one, other)
    return one == other
