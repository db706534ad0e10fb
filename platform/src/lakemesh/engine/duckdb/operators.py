"""Spark's operators: what their operands become first, and the type of what they yield."""

import fractions
import re

from lakemesh.declare.types import Decimal, Type
from lakemesh.engine.duckdb.casts import cast, instant, utc, wrapped
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    INT,
    INTERVAL,
    NTZ,
    NUMBERS,
    SMALLINT,
    STRING,
    TIMES,
    TIMESTAMP,
    TINYINT,
    UNKNOWN,
    VOID,
    WHOLE,
    Refused,
    Typed,
    as_decimal,
    bounded,
    is_number,
    once,
    or_null,
    wider,
)
from lakemesh.engine.duckdb.types import to_duckdb as spelled


def arithmetic(sign: str, left: Typed, right: Typed, wraps: bool = True) -> Typed:
    """`+ - * / % div` of two values. `wraps`: as small whole numbers do it in Spark."""
    if INTERVAL in (left.type, right.type) or (sign in "+-" and (left.type in TIMES or right.type in TIMES)):
        return _moved(sign, left, right)
    left, right = _as_number(left), _as_number(right)
    if sign == "div":
        return _whole_division(left, right)
    if isinstance(left.type, Decimal) or isinstance(right.type, Decimal):
        if {left.type, right.type} & {DOUBLE, NUMBERS[4]}:
            left, right = cast(left, DOUBLE), cast(right, DOUBLE)
        elif UNKNOWN not in (left.type, right.type):
            return _decimal(sign, left, right)
    if sign == "/":
        return Typed(f"({cast(left, DOUBLE).sql} / {cast(right, DOUBLE).sql})", DOUBLE)
    kind = wider(left.type, right.type)
    if kind == VOID:
        kind = DOUBLE
    if wraps and kind in (TINYINT, SMALLINT) and sign in "+-*":
        return Typed(wrapped(f"({cast(left, INT).sql} {sign} {cast(right, INT).sql})", kind), kind)
    return Typed(f"({cast(left, kind).sql} {sign} {cast(right, kind).sql})", kind)


def _as_number(value: Typed) -> Typed:
    if value.type == STRING:
        return cast(value, DOUBLE)
    if value.type == BOOLEAN:
        raise Refused("arithmetic with a boolean", "write if(b, 1, 0)")
    return value


def literal_decimal(value: Typed) -> Decimal:
    """The decimal type of an operand: a whole literal has only as many digits as it shows."""
    if isinstance(value.value, int) and value.type in WHOLE:
        return Decimal(max(len(str(abs(value.value))), 1), 0)
    return as_decimal(value.type)


def _decimal(sign: str, left: Typed, right: Typed) -> Typed:
    a, b = literal_decimal(left), literal_decimal(right)
    if VOID in (left.type, right.type):
        a, b = (b, b) if left.type == VOID else (a, a)
    x, y = f"CAST({left.sql} AS {spelled(a)})", f"CAST({right.sql} AS {spelled(b)})"
    whole, scale = max(a.precision - a.scale, b.precision - b.scale), max(a.scale, b.scale)
    match sign:
        case "+" | "-":
            kind = bounded(whole + scale + 1, scale)
            if kind.scale < scale:
                wide = spelled(Decimal(38, kind.scale))
                return Typed(f"CAST(CAST({x} AS {wide}) {sign} CAST({y} AS {wide}) AS {spelled(kind)})", kind)
            made = f"CAST({x} {sign} {y} AS {spelled(kind)})"
            return Typed(or_null(made) if whole + scale >= 38 else made, kind)
        case "*":
            kind = bounded(a.precision + b.precision + 1, a.scale + b.scale)
            if max(a.precision, b.precision) <= 18 < a.precision + b.precision:
                x = f"CAST({left.sql} AS DECIMAL(19,{a.scale}))"  # else DuckDB has no room for the product
            made = f"CAST({x} * {y} AS {spelled(kind)})"
            full = a.precision + b.precision >= 38 and kind.scale == a.scale + b.scale
            return Typed(or_null(made) if full else made, kind)
        case "/":
            return divided(x, a, y, b)
        case _:
            kind = bounded(min(a.precision - a.scale, b.precision - b.scale) + scale, scale)
            wide = spelled(Decimal(min(38, whole + scale), scale))
            return Typed(f"CAST(CAST({x} AS {wide}) % nullif(CAST({y} AS {wide}), 0) AS {spelled(kind)})", kind)


def divided(x: str, a: Decimal, y: str, b: Decimal) -> Typed:
    """One decimal by another, with Spark's digits, rounded half up; null by zero."""
    scale = max(6, a.scale + b.precision + 1)
    precision = a.precision - a.scale + b.scale + scale
    kind = bounded(precision, scale)
    if precision <= 38:
        # DuckDB's own division gives exactly these digits, but stops at a zero.
        return Typed(f"CAST(decimal_division({x}, nullif({y}, 0)) AS {spelled(kind)})", kind)
    more = kind.scale + b.scale - a.scale
    d = once([y], lambda names: _unscaled(names[0], b, 0))
    if 0 <= more <= 38 - b.precision:
        n = once([x], lambda names: _unscaled(names[0], a, 0))
        form = f"spark_long_division({{0}}, {{1}}, {10**more}::HUGEINT)"
    else:
        n = once([x], lambda names: _unscaled(names[0], a, more))
        form = "spark_half_up({0}, {1})"
    whole = once([n, d], lambda names: form.format(*names))
    made = once([whole], lambda names: f"spark_scaled({names[0]}, {kind.scale})")
    return Typed(f"TRY_CAST({made} AS {spelled(kind)})", kind)


def _unscaled(sql: str, kind: Decimal, more: int) -> str:
    """The digits of a decimal as a whole number, with `more` zeros (fewer digits where it is below zero)."""
    if kind.scale > 18:
        # So many digits behind the point that no product with them has room.
        digits = f"CAST(replace(CAST({sql} AS VARCHAR), '.', '') AS HUGEINT)"
        return f"({digits} * {10**more}::HUGEINT)" if more >= 0 else f"({digits} // {10**-more}::HUGEINT)"
    whole = f"CAST(trunc({sql}) AS HUGEINT) * {10 ** max(kind.scale + more, 0)}::HUGEINT"
    if not kind.scale:
        return f"({whole})"
    part = f"CAST(({sql} - trunc({sql})) * {10**kind.scale}::DECIMAL({min(kind.scale + 1, 38)},0) AS HUGEINT)"
    return f"({whole} + {part} * {10 ** max(more, 0)}::HUGEINT)"


def _whole_division(left: Typed, right: Typed) -> Typed:
    if isinstance(left.type, Decimal) or isinstance(right.type, Decimal):
        a, b = literal_decimal(left), literal_decimal(right)
        scale = max(a.scale, b.scale)
        x, y = f"CAST({left.sql} AS {spelled(a)})", f"CAST({right.sql} AS {spelled(b)})"
        n = once([x], lambda names: _unscaled(names[0], a, scale - a.scale))
        d = once([y], lambda names: _unscaled(names[0], b, scale - b.scale))
        return Typed(wrapped(f"({n} // nullif({d}, 0))", BIGINT), BIGINT)
    if left.type not in (*WHOLE, VOID, UNKNOWN) or right.type not in (*WHOLE, VOID, UNKNOWN):
        left, right = cast(left, BIGINT), cast(right, BIGINT)
    return Typed(f"({cast(left, BIGINT).sql} // {cast(right, BIGINT).sql})", BIGINT)


def span_literal(said: str, first: str, last: str) -> Typed:
    """`interval '1-2' year to month`, `interval '1 02:03:04' day to second`."""
    years = re.fullmatch(r"\s*([+-]?)(\d+)-(\d+)\s*", said)
    if (first, last) == ("YEAR", "MONTH") and years:
        months = int(f"{years[1]}1") * (int(years[2]) * 12 + int(years[3]))
        return Typed(f"INTERVAL ({months}) MONTH", INTERVAL, f"months {months}")
    times = re.fullmatch(r"\s*([+-]?)(\d+) (\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)\s*", said)
    if (first, last) == ("DAY", "SECOND") and times:
        seconds = fractions.Fraction(times[5]) + int(times[4]) * 60 + int(times[3]) * 3600 + int(times[2]) * 86400
        micros = int(seconds * 10**6) * int(f"{times[1]}1")
        return Typed(f"to_microseconds({micros})", INTERVAL, "time")
    raise Refused(f"an interval of {first} to {last}".lower(), "add one interval per unit: + interval 1 day")


def _moved(sign: str, left: Typed, right: Typed) -> Typed:
    """A date or time and an interval, or whole days."""
    if sign == "*":
        span, count = (left, right) if left.type == INTERVAL else (right, left)
        if count.type not in WHOLE or str(span.value).startswith("months"):
            raise Refused(f"{left.type} * {right.type}", "use timestampadd(unit, count, t)")
        return Typed(f"({span.sql} * {cast(count, BIGINT).sql})", INTERVAL, "time")
    if left.type == INTERVAL and right.type == INTERVAL:
        kind = "time" if "time" in (left.value, right.value) else "day"
        return Typed(f"({left.sql} {sign} {right.sql})", INTERVAL, kind)
    if left.type == INTERVAL and sign == "+":
        left, right = right, left
    if right.type == INTERVAL:
        moment = cast(left, TIMESTAMP) if left.type == STRING else left
        if moment.type not in TIMES:
            raise Refused(f"an interval with {left.type}", "intervals move dates and timestamps")
        moved = f"({utc(moment.sql) if moment.type == TIMESTAMP else moment.sql} {sign} {right.sql})"
        if moment.type == DATE and right.value != "time":
            return Typed(f"CAST({moved} AS DATE)", DATE)
        return Typed(moved, NTZ) if moment.type == NTZ else Typed(instant(moved), TIMESTAMP)
    if left.type == DATE and right.type in (*WHOLE, VOID):
        return Typed(f"CAST({left.sql} {sign} CAST({right.sql} AS INTEGER) AS DATE)", DATE)
    if sign == "-":
        raise Refused(
            "a difference of two times is an interval, which no table holds",
            "use datediff(a, b) for days, or unix_timestamp(a) - unix_timestamp(b) for seconds",
        )
    raise Refused(f"{left.type} {sign} {right.type}", "use date_add(d, days), or an interval")


def comparable(left: Typed, right: Typed) -> tuple[Typed, Typed]:
    """Two values as Spark makes them alike before it compares them."""
    kind = compared(left.type, right.type)
    if kind == UNKNOWN:
        return left, right
    return cast(left, kind), cast(right, kind)


def compared(left: Type, right: Type) -> Type:
    """The type in which two values are compared: a text becomes what the other is."""
    if STRING in (left, right) and left != right:
        other = right if left == STRING else left
        if isinstance(other, Decimal):
            return DOUBLE
        if other in (*NUMBERS, BOOLEAN, DATE, TIMESTAMP, NTZ):
            return other
    if BOOLEAN in (left, right) and (is_number(left) or is_number(right)):
        raise Refused("a boolean compared with a number", "compare it with true or false")
    return wider(left, right)


def whole_literal(value: int) -> Typed:
    """A whole number as Spark reads it: int, bigint, or a decimal."""
    if -(2**31) <= value < 2**31:
        return Typed(str(value) if value != -(2**31) else "(-2147483648)::INTEGER", INT, value)
    if -(2**63) <= value < 2**63:
        return Typed(f"({value})::BIGINT", BIGINT, value)
    kind = Decimal(len(str(abs(value))), 0)
    return Typed(f"CAST('{value}' AS {spelled(kind)})", kind)
