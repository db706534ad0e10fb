"""Of several columns of one row: equal, greater, in a set of pairs, summing up, all different."""

from decimal import Decimal as Number
from itertools import combinations

from lakemesh.declare.arguments import Given
from lakemesh.declare.types import Decimal, Primitive
from lakemesh.quality.expectations.ask import Arguments, Unfit
from lakemesh.quality.expectations.at import BOOLEAN, DATE, FLOATS, TEXT, TIMES, WHOLE, At
from lakemesh.quality.expectations.counted import ByRow, Condition
from lakemesh.sql import quote


def kind(at: At, column: str) -> str:
    """What it compares with: numbers with numbers, texts with texts."""
    found = at.type(column)
    if found in (*WHOLE, *FLOATS) or isinstance(found, Decimal):
        return "a number"
    named = {TEXT: "a text", BOOLEAN: "true or false", DATE: "a date", TIMES[0]: "an instant", TIMES[1]: "a time"}
    return named.get(found, str(found)) if isinstance(found, Primitive) else str(found)


def asked(at: At, columns: tuple[str, ...], ignored: Given) -> str:
    """Which rows are looked at."""
    there = [f"{at.value(column)} is not null" for column in columns]
    match ignored:
        case "either_value_is_missing" | "any_value_is_missing":
            return f"({' and '.join(there)})"
        case "neither" | "never":
            return "true"
    return f"({' or '.join(there)})"


def _pair(at: At, a: Arguments, good: str) -> Condition:
    columns = (str(a["column_A"]), str(a["column_B"]))
    return Condition(good, asked(at, columns, a.get("ignore_row_if")), columns, "pair")


def _two(at: At, a: Arguments) -> tuple[str, str]:
    first, second = str(a["column_A"]), str(a["column_B"])
    if kind(at, first) != kind(at, second):
        raise Unfit(f"{first} is {kind(at, first)} and {second} is {kind(at, second)}: they do not compare")
    return at.value(first), at.value(second)


def pair_equal(at: At, a: Arguments) -> Condition:
    first, second = _two(at, a)
    return _pair(at, a, f"{first} = {second}")


def pair_greater(at: At, a: Arguments) -> Condition:
    first, second = _two(at, a)
    return _pair(at, a, f"{first} {'>=' if a.get('or_equal') else '>'} {second}")


def pair_in_set(at: At, a: Arguments) -> Condition:
    columns = (str(a["column_A"]), str(a["column_B"]))
    given = a["value_pairs_set"]
    assert isinstance(given, tuple)
    options = []
    for pair in given:
        assert isinstance(pair, tuple)
        sides = [_same(at, column, value) for column, value in zip(columns, pair, strict=True)]
        if all(side is not None for side in sides):
            options.append(f"({sides[0]} and {sides[1]})")
    return _pair(at, a, " or ".join(options) or "false")


def _same(at: At, column: str, value: Given) -> str | None:
    if value is None:
        return f"{at.value(column)} is null"
    made = at.literal(value, column)
    return None if made is None else f"coalesce({at.value(column)} = {made}, false)"


def _columns(a: Arguments) -> tuple[str, ...]:
    given = a["column_list"]
    assert isinstance(given, tuple)
    return tuple(str(column) for column in given)


def _record(at: At, a: Arguments, good: str) -> Condition:
    return Condition(good, asked(at, _columns(a), a.get("ignore_row_if")), _columns(a), "record")


def sum_equal(at: At, a: Arguments) -> Condition:
    columns, total = _columns(a), a["sum_total"]
    assert isinstance(total, (int, float))
    double = any(at.type(column) in FLOATS for column in columns)
    wide = "double" if double else "decimal(38,0)"
    exact = {column for column in columns if isinstance(at.type(column), Decimal) and not double}
    parts = [at.number(each) if each in exact else f"cast({at.number(each)} as {wide})" for each in columns]
    whole = quote.literal(float(total) if double else Number(repr(total)))
    return _record(at, a, f"{' + '.join(parts)} = {whole}")


def all_equal(at: At, a: Arguments) -> Condition:
    first, *others = _columns(a)
    for other in others:
        if kind(at, first) != kind(at, other):
            raise Unfit(f"{first} is {kind(at, first)} and {other} is {kind(at, other)}: they do not compare")
    return _record(at, a, " and ".join(f"({at.value(first)} <=> {at.value(other)})" for other in others))


def all_different(at: At, a: Arguments) -> Condition:
    return _record(at, a, " and ".join(f"not {_alike(at, *two)}" for two in combinations(_columns(a), 2)))


def _alike(at: At, first: str, second: str) -> str:
    if kind(at, first) == kind(at, second):
        return f"({at.value(first)} <=> {at.value(second)})"
    return f"({at.value(first)} is null and {at.value(second)} is null)"


FAMILY: dict[str, ByRow] = {
    "expect_column_pair_values_to_be_equal": pair_equal,
    "expect_column_pair_values_a_to_be_greater_than_b": pair_greater,
    "expect_column_pair_values_to_be_in_set": pair_in_set,
    "expect_multicolumn_sum_to_equal": sum_equal,
    "expect_multicolumn_values_to_be_equal": all_equal,
    "expect_select_column_values_to_be_unique_within_record": all_different,
}
