"""Numbers and texts in a pattern of Java's: null has a width too, widths count as Java counts, halves go to the even digit."""

import re

from lakemesh.declare.types import Decimal
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BIGINT, BOOLEAN, DOUBLE, STRING, WHOLE, Refused, Typed, text

RULES = Rules()
MARK = re.compile(r"%(?:%|([-+0, #(]*)(\d*)(?:\.(\d+))?([a-zA-Z]))")
KEEP = "keep to %s, %d, %05d, %.2f, %x and %%"


@RULES.of("format_string", "printf")
def format_string(call: Call) -> Typed:
    pattern, parts, end, place = call.text(0), [], 0, 0
    for found in MARK.finditer(pattern):
        parts.append(text(pattern[end : found.start()]))
        end = found.end()
        if found[0] == "%%":
            parts.append("'%'")
            continue
        place += 1
        if place >= len(call):
            raise Refused(f'format_string() with "{pattern}"', "give it as many values as it has marks")
        parts.append(_one(call, place, found))
    parts.append(text(pattern[end:]))
    if "%" in MARK.sub("", pattern):
        raise Refused(f'format_string() with "{pattern}"', KEEP)
    return Typed(f"({' || '.join(part for part in parts if part != text('')) or text('')})", STRING)


def _one(call: Call, place: int, found: re.Match[str]) -> str:
    flags, width, digits, letter = found[1], int(found[2] or 0), found[3], found[4]
    value = call.args[place]
    nothing = "null"[: int(digits)] if digits else "null"
    pad = "rpad" if "-" in flags else "lpad"
    empty = text(getattr(nothing, "ljust" if pad == "rpad" else "rjust")(width))
    if letter == "s" and not flags.strip("-"):
        said = cast(value, STRING).sql
        said = f"left({said}, {digits})" if digits else said
        return f"coalesce(spark_{pad}({said}, {width}), {empty})" if width else f"coalesce({said}, {empty})"
    if letter == "b" and not flags and not width:
        return f"coalesce(CAST({cast(value, BOOLEAN).sql} AS VARCHAR), 'false')"
    whole = letter in "dxXo" and value.type in WHOLE and not digits
    real = letter in "feE" and value.type == DOUBLE  # a decimal Spark itself does not take
    if not (whole or real) or set(flags) - set("-0,") or ("," in flags and (width or letter not in "df")):
        raise Refused(f"format_string() with {found[0]} for {value.type}", KEEP)
    if "," in flags:
        made = f"format('{{:,{'d' if whole else '.' + (digits or '6') + 'f'}}}', {value.sql})"
    else:
        made = f"printf({text(found[0])}, {value.sql})"
    return f"CASE WHEN {value.sql} IS NULL THEN {empty} ELSE {made} END"


@RULES.of("format_number")
def format_number(call: Call) -> Typed:
    needs(call, 2)
    places = call.number(1)
    if places < 0:
        return Typed("CAST(NULL AS VARCHAR)", STRING)
    value = call.args[0]
    if value.type in WHOLE:
        tail = f" || '.{'0' * places}'" if places else ""
        return Typed(f"(format('{{:,d}}', {cast(value, BIGINT).sql}){tail})", STRING)
    if isinstance(value.type, Decimal):
        kept = min(places, value.type.scale)
        digits = f"CAST(CAST(round_even({value.sql}, {kept}) AS DECIMAL(38,{kept})) AS VARCHAR)"
        return Typed(f"spark_thousands({digits}, {value.sql} < 0, '{'0' * (places - kept)}', {places})", STRING)
    said = f"format('{{:,.{places}f}}', {cast(value, DOUBLE).sql})"
    return Typed(f"spark_number({cast(value, DOUBLE).sql}, {said})", STRING)


MACROS = (
    # Java counts a letter beyond the first 65536 as two.
    """spark_units(s) AS CASE WHEN strlen(s) = length(s) THEN length(s)
    ELSE length(s) + length(regexp_replace(s, '[^\\x{10000}-\\x{10FFFF}]', '', 'g')) END""",
    "spark_lpad(s, n) AS repeat(' ', CAST(greatest(n - spark_units(s), 0) AS BIGINT)) || s",
    "spark_rpad(s, n) AS s || repeat(' ', CAST(greatest(n - spark_units(s), 0) AS BIGINT))",
    """spark_thousands(t, below, zeros, places) AS CASE WHEN below THEN '-' ELSE '' END
    || format('{:,d}', CAST(nullif(ltrim(split_part(t, '.', 1), '-'), '') AS HUGEINT))
    || CASE WHEN places > 0 THEN '.' || split_part(t, '.', 2) || zeros ELSE '' END""",
    """spark_number(x, t) AS CASE WHEN isfinite(x) AND abs(x) >= 1e15
    THEN error('format_number() of a double out of range: cast it to a decimal') WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN '∞' ELSE '-∞' END
    ELSE t END""",
)

CASES = (
    "select format_string('%s-%d-%05d-%.2f', 'a', 1, 42, 1.5D) as a, printf('%s', null) as b, format_string('100%% %x', 255) as c, format_string('%10s|%-5s|', 'a', 'b') as e",
    "select format_string('%,d', 1234567) as a, format_string('%b', true) as b, format_string('%.2f', cast(null as double)) as c, format_string('%8.3f|%,.1f', 2.5D, 12345.67D) as e, format_string('%6d|%-6d|', 5, cast(null as int)) as g",
    "select format_number(12345.678, 2) as a, format_number(0, 0) as b, format_number(-1234567.5, 1) as c, format_number(1e10, 3) as e, format_number(0.005D, 2) as g, format_number(cast(null as int), 2) as h, format_number(5, 2) as j, format_number(-0.4, 0) as k",
    "select id, format_string('%.2f', cast(amount as double)) as a, format_string('%s %s', region, qty) as b, format_number(amount, 1) as c from sales",
)
