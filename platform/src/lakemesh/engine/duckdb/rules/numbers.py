"""Mathematics: half up on the decimal digits that one sees, null where Spark has no answer, Spark's types for ceil and floor."""

from lakemesh.declare.types import Decimal
from lakemesh.engine.duckdb import operators
from lakemesh.engine.duckdb.casts import cast, wrapped
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    BINARY,
    DOUBLE,
    FLOAT,
    INT,
    INTERVAL,
    SMALLINT,
    STRING,
    TINYINT,
    UNKNOWN,
    VOID,
    WHOLE,
    Refused,
    Typed,
    as_decimal,
    bounded,
    or_null,
)
from lakemesh.engine.duckdb.types import to_duckdb as spelled

RULES = Rules()
DOUBLES = {
    "cbrt": "cbrt({0})",
    "exp": "exp({0})",
    "expm1": "spark_expm1({0})",
    "sqrt": "spark_sqrt({0})",
    "ln": "spark_ln({0})",
    "log10": "CASE WHEN {0} > 0 THEN log10({0}) END",
    "log2": "CASE WHEN {0} > 0 THEN log2({0}) END",
    "log1p": "spark_log1p({0})",
    "sin": "sin({0})",
    "cos": "cos({0})",
    "tan": "tan({0})",
    "asin": "CASE WHEN abs({0}) > 1 THEN 'NaN'::DOUBLE ELSE asin({0}) END",
    "acos": "CASE WHEN abs({0}) > 1 THEN 'NaN'::DOUBLE ELSE acos({0}) END",
    "atan": "atan({0})",
    "sinh": "sinh({0})",
    "cosh": "cosh({0})",
    "tanh": "tanh({0})",
    "asinh": "asinh({0})",
    "acosh": "CASE WHEN {0} < 1 THEN 'NaN'::DOUBLE ELSE acosh({0}) END",
    "atanh": "CASE WHEN abs({0}) < 1 THEN atanh({0}) WHEN {0} IS NOT NULL THEN spark_atanh_end({0}) END",
    "cot": "spark_inverse(tan({0}))",
    "sec": "(1 / cos({0}))",
    "csc": "spark_inverse(sin({0}))",
    "degrees": "degrees({0})",
    "radians": "radians({0})",
    "sign": "CASE WHEN isnan({0}) THEN {0} ELSE CAST(sign({0}) AS DOUBLE) END",
    "signum": "CASE WHEN isnan({0}) THEN {0} ELSE CAST(sign({0}) AS DOUBLE) END",
    "rint": "round_even({0}, 0)",
}


@RULES.of(*DOUBLES)
def doubles(call: Call) -> Typed:
    needs(call, 1)
    return Typed(DOUBLES[call.name].format(call.as_(0, DOUBLE)), DOUBLE)


@RULES.of("pi", "e")
def constants(call: Call) -> Typed:
    return Typed("pi()" if call.name == "pi" else "exp(1::DOUBLE)", DOUBLE)


@RULES.of("pow", "power", "atan2", "hypot")
def two(call: Call) -> Typed:
    needs(call, 2)
    a, b = call.as_(0, DOUBLE), call.as_(1, DOUBLE)
    if call.name == "hypot":
        return Typed(f"sqrt({a} * {a} + {b} * {b})", DOUBLE)
    return Typed(f"{'atan2' if call.name == 'atan2' else 'spark_pow'}({a}, {b})", DOUBLE)


@RULES.of("log")
def log(call: Call) -> Typed:
    needs(call, 1, 2)
    if len(call) == 1:
        return Typed(f"spark_ln({call.as_(0, DOUBLE)})", DOUBLE)
    return Typed(f"(spark_ln({call.as_(1, DOUBLE)}) / spark_ln({call.as_(0, DOUBLE)}))", DOUBLE)


@RULES.of("abs", "negative", "positive")
def same(call: Call) -> Typed:
    needs(call, 1)
    value = cast(call.args[0], DOUBLE) if call.type(0) in (STRING, VOID) else call.args[0]
    form = {"abs": "abs({0})", "negative": "(-{0})", "positive": "{0}"}[call.name]
    if value.type in (TINYINT, SMALLINT):
        return Typed(wrapped(form.format(f"CAST({value.sql} AS INTEGER)"), value.type), value.type)
    sql = form.format(value.sql)
    return Typed(f"CAST({sql} AS {spelled(value.type)})" if value.type in WHOLE else sql, value.type)


@RULES.of("ceil", "ceiling", "floor")
def ceil(call: Call) -> Typed:
    needs(call, 1, 2)
    name = "floor" if call.name == "floor" else "ceil"
    value = cast(call.args[0], DOUBLE) if call.type(0) in (STRING, FLOAT, VOID) else call.args[0]
    if len(call) == 2:
        return _to_scale(call, value, name)
    if isinstance(value.type, Decimal):
        kind = bounded(value.type.precision - value.type.scale + 1, 0)
        return Typed(f"CAST({name}({value.sql}) AS {spelled(kind)})", kind)
    if value.type in WHOLE:
        return cast(value, BIGINT)
    return Typed(f"spark_saturated_bigint({name}({value.sql}))", BIGINT)


def _to_scale(call: Call, value: Typed, name: str) -> Typed:
    places = call.number(1)
    kind = as_decimal(value.type) if value.type != DOUBLE else Decimal(30, 15)
    exact = f"CAST(CAST({value.sql} AS VARCHAR) AS {spelled(kind)})" if value.type == DOUBLE else value.sql
    if places < 0:
        result = Decimal(min(max(kind.precision - kind.scale + 1, 1 - places), 38), 0)
        step = f"CAST({10**-places} AS DECIMAL(38,0))"
        whole = f"CAST({name}({exact}) AS DECIMAL(38,0))"
        rest = f"(({whole} % {step}) + {step}) % {step}"
        up = f" + CASE WHEN {rest} > 0 THEN {step} ELSE 0 END" if name == "ceil" else ""
        return Typed(f"CAST({whole} - {rest}{up} AS {spelled(result)})", result)
    places = min(places, kind.scale)
    result = bounded(kind.precision - kind.scale + 1 + places, places)
    wide = f"CAST({exact} AS DECIMAL(38,{kind.scale}))"
    unit = f"CAST({'0.' + '0' * (places - 1) + '1' if places else '1'} AS DECIMAL({places + 1},{places}))"
    made = f"CAST({name}({wide} * CAST({10**places} AS DECIMAL({places + 1},0))) AS DECIMAL(38,0)) * {unit}"
    return Typed(f"CAST({made} AS {spelled(result)})", result)


@RULES.of("round", "bround")
def round_(call: Call) -> Typed:
    needs(call, 1, 2)
    places = call.number(1, 0)
    value = cast(call.args[0], DOUBLE) if call.type(0) in (STRING, VOID) else call.args[0]
    even = call.name == "bround"
    if isinstance(value.type, Decimal):
        return _round_decimal(value, value.type, places, even)
    if value.type in WHOLE:
        if places >= 0:
            return value
        wide = _round_decimal(cast(value, as_decimal(value.type)), as_decimal(value.type), places, even)
        return Typed(f"CAST({wide.sql} AS {spelled(value.type)})", value.type)
    macro = "spark_round_even" if even else "spark_round"
    inner = f"{macro}(CAST({value.sql} AS DOUBLE), {places})"
    return Typed(f"CAST({inner} AS {spelled(value.type)})" if value.type == FLOAT else inner, value.type)


def _round_decimal(value: Typed, kind: Decimal, places: int, even: bool) -> Typed:
    least = kind.precision - kind.scale + 1
    result = (
        Decimal(min(max(least, -places + 1), 38), 0)
        if places < 0
        else Decimal(min(least + min(kind.scale, places), 38), min(kind.scale, places))
    )
    if places >= kind.scale:
        return cast(value, result)
    if even:
        return Typed(f"CAST(round_even({value.sql}, {places}) AS {spelled(result)})", result)
    return Typed(f"CAST(round({value.sql}, {places}) AS {spelled(result)})", result)


@RULES.of("mod")
def mod(call: Call) -> Typed:
    needs(call, 2)
    return operators.arithmetic("%", call.args[0], call.args[1])


@RULES.of("pmod")
def pmod(call: Call) -> Typed:
    needs(call, 2)
    first = operators.arithmetic("%", call.args[0], call.args[1])
    shifted = operators.arithmetic("%", operators.arithmetic("+", first, call.args[1]), call.args[1])
    return Typed(
        f"CASE WHEN {first.sql} < 0 THEN CAST({shifted.sql} AS {spelled(first.type)}) ELSE {first.sql} END", first.type
    )


@RULES.of("try_add", "try_subtract", "try_multiply", "try_divide")
def tried(call: Call) -> Typed:
    needs(call, 2)
    if INTERVAL in (call.type(0), call.type(1)):
        raise Refused(f"{call.name}() with an interval", "write + or -")
    sign = {"try_add": "+", "try_subtract": "-", "try_multiply": "*", "try_divide": "/"}[call.name]
    made = operators.arithmetic(sign, call.args[0], call.args[1], wraps=False)
    return Typed(or_null(made.sql), made.type)


@RULES.of("factorial")
def factorial(call: Call) -> Typed:
    value = call.as_(0, INT)
    return Typed(f"CASE WHEN {value} BETWEEN 0 AND 20 THEN CAST(factorial({value}) AS BIGINT) END", BIGINT)


@RULES.of("width_bucket")
def width_bucket(call: Call) -> Typed:
    needs(call, 4)
    return Typed(
        f"spark_width_bucket({call.as_(0, DOUBLE)}, {call.as_(1, DOUBLE)}, {call.as_(2, DOUBLE)}, {call.as_(3, BIGINT)})",
        BIGINT,
    )


@RULES.of("shiftleft", "shiftright", "shiftrightunsigned")
def shift(call: Call) -> Typed:
    needs(call, 2)
    kind = BIGINT if call.type(0) == BIGINT else INT
    bits = 64 if kind == BIGINT else 32
    value, by = call.as_(0, kind), f"({call.as_(1, INT)} % {bits})"
    if call.name == "shiftright":
        return Typed(
            f"CAST(floor(CAST({value} AS DOUBLE) / pow(2, {by})) AS {spelled(kind)})"
            if kind == INT
            else f"({value} >> {by})",
            kind,
        )
    if call.name == "shiftrightunsigned":
        return Typed(f"CAST((CAST({value} AS HUGEINT) & {2**bits - 1}) >> {by} AS {spelled(kind)})", kind)
    wide = f"(CAST({value} AS HUGEINT) * (1::HUGEINT << {by}))"
    return Typed(f"CAST((({wide} + {2 ** (bits - 1)}) & {2**bits - 1}) - {2 ** (bits - 1)} AS {spelled(kind)})", kind)


@RULES.of("hex")
def hex_(call: Call) -> Typed:
    needs(call, 1)
    kind = call.type(0)
    value = call.as_(0, BIGINT) if kind in (*WHOLE, DOUBLE, UNKNOWN) or isinstance(kind, Decimal) else call.sql(0)
    return Typed(f"hex({value})", STRING)


@RULES.of("unhex")
def unhex(call: Call) -> Typed:
    value = call.as_(0, STRING)
    return Typed(f"TRY(unhex(CASE WHEN length({value}) % 2 = 1 THEN '0' || {value} ELSE {value} END))", BINARY)


@RULES.of("bit_count")
def bit_count(call: Call) -> Typed:
    return Typed(f"CAST(bit_count({call.as_(0, BIGINT)}) AS INTEGER)", INT)


@RULES.of("bin")
def bin_(call: Call) -> Typed:
    return Typed(f"bin({call.as_(0, BIGINT)})", STRING)


MACROS = (
    "spark_inverse(x) AS CASE WHEN x = 0 THEN 'inf'::DOUBLE ELSE 1 / x END",
    "spark_atanh_end(x) AS CASE x WHEN 1 THEN 'inf'::DOUBLE WHEN -1 THEN '-inf'::DOUBLE ELSE 'NaN'::DOUBLE END",
    """spark_pow(x, y) AS CASE WHEN y = 0 THEN 1::DOUBLE WHEN isnan(x) OR isnan(y) THEN 'NaN'::DOUBLE
    WHEN abs(x) = 1 AND isinf(y) THEN 'NaN'::DOUBLE
    WHEN x = 0 AND y < 0 THEN CASE WHEN CAST(x AS VARCHAR) = '-0.0' AND y % 2 IN (1, -1) THEN '-inf'::DOUBLE ELSE 'inf'::DOUBLE END
    ELSE pow(x, y) END""",
    "spark_sqrt(x) AS CASE WHEN x < 0 THEN 'NaN'::DOUBLE ELSE sqrt(x) END",
    "spark_ln(x) AS CASE WHEN x > 0 THEN ln(x) END",
    "spark_log1p(x) AS CASE WHEN 1 + x = 1 THEN x WHEN isinf(x) AND x > 0 THEN x WHEN x > 1e15 THEN ln(x) WHEN x > -1 THEN ln(1 + x) * x / ((1 + x) - 1) END",
    "spark_expm1(x) AS CASE WHEN exp(x) = 1 THEN x WHEN isinf(exp(x)) THEN exp(x) WHEN exp(x) - 1 = -1 THEN -1 ELSE (exp(x) - 1) * x / ln(exp(x)) END",
    # BigDecimal rounds the digits that one sees; only near a tie do the bits say otherwise.
    """spark_tie(x, n) AS abs(x) < 1e15 AND abs(abs(x * pow(10, n)) - floor(abs(x * pow(10, n))) - 0.5) < 0.000001""",
    """spark_round(x, n) AS CASE WHEN NOT isfinite(x) THEN x WHEN spark_tie(x, n)
    THEN CAST(round(CAST(CAST(x AS VARCHAR) AS DECIMAL(38,18)), n) AS DOUBLE) ELSE round(x, n) END""",
    """spark_round_even(x, n) AS CASE WHEN NOT isfinite(x) THEN x WHEN spark_tie(x, n)
    THEN CAST(round_even(CAST(CAST(x AS VARCHAR) AS DECIMAL(38,18)), n) AS DOUBLE) ELSE round(x, n) END""",
    """spark_width_bucket(v, lo, hi, n) AS CASE WHEN n <= 0 OR lo = hi OR isnan(v) OR NOT isfinite(lo) OR NOT isfinite(hi) THEN NULL
    WHEN lo < hi THEN CASE WHEN v < lo THEN 0 WHEN v >= hi THEN n + 1 ELSE CAST(floor(n * (v - lo) / (hi - lo)) AS BIGINT) + 1 END
    ELSE CASE WHEN v > lo THEN 0 WHEN v <= hi THEN n + 1 ELSE CAST(floor(n * (lo - v) / (lo - hi)) AS BIGINT) + 1 END END""",
)

CASES = (
    "select id, abs(i) as a, abs(d) as b, abs(dec) as c, sign(d) as e, signum(i) as g, negative(i) as h, positive(i) as j, expm1(i % 3) as k from num where id < 11",
    "select id, ceil(d) as a, floor(d) as b, ceil(dec) as c, floor(dec) as e, ceil(i) as g, floor(b) as h, ceiling(f) as j from num",
    "select ceil(3.1411, 3) as a, floor(3.1411, 3) as b, ceil(-1.25, 1) as c, floor(-1.25, 1) as e",
    "select id, round(d) as a, round(d, 1) as b, round(d, 2) as c, round(d, -1) as e, round(f, 1) as g from num",
    "select id, round(dec) as a, round(dec, 1) as b, round(dec, 5) as c, round(dec, -2) as e, round(i, -1) as g, round(i, 2) as h, round(b, -3) as j from num where id < 11",
    "select round(2.5D) as a, round(1.005D, 2) as b, round(-2.5D) as c, round(2.345D, 2) as e, round(0.285D, 2) as g, round(1e20D, 2) as h, round(2.5) as j, round(-1.005, 2) as k",
    "select id, bround(d) as a, bround(d, 1) as b, bround(dec, 1) as c, bround(2.5) as e, bround(3.5D) as g, bround(25, -1) as h from num",
    "select id, sqrt(d) as a, cbrt(d) as b, exp(i % 5) as c, ln(d) as e, log(d) as g, log(2, d) as h, log10(d) as j, log2(i) as k, log1p(d) as l from num",
    "select id, pow(d, 2) as a, power(i % 4, 3) as b, 2 % 3 as c, pmod(i, 3) as e, pmod(-7, 3) as g, pmod(i, 0) as h, pmod(dec, 7) as j from num",
    "select sin(1) as a, cos(1) as b, tan(1) as c, asin(0.5) as e, acos(0.5) as g, acos(2) as h, atan(1) as j, atan2(1, 2) as k, degrees(1) as l, radians(180) as m, pi() as n, e() as o, hypot(3, 4) as p, rint(2.5) as q, asinh(1) as r, acosh(2) as s, atanh(0.5) as t, cot(1) as u, sec(1) as v, csc(1) as w, sinh(1) as x, cosh(1) as y, tanh(1) as z",
    "select factorial(5) as a, factorial(21) as b, width_bucket(5.3, 0.2, 10.6, 5) as c, width_bucket(-2.1, 1.3, 3.4, 3) as e, width_bucket(8.1, 0.0, 5.7, 4) as g, width_bucket(-0.9, 5.2, 0.5, 2) as h",
    "select hex(255) as a, hex('Spark') as b, hex(-1) as c, unhex('4D5A') as e, bin(13) as g, bin(-1) as h, unhex('zz') as j, hex(0) as k, bit_count(7) as l, bit_count(-1) as m",
    "select id, d = 'NaN' as a, d > 1 as b, d < 0 as c, isnan(d) as e from num order by d",
)
