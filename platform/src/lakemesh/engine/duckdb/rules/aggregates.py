"""Aggregates: Spark's result types, its own digits for averages of decimals, nulls left out of lists."""

from dataclasses import replace

from lakemesh.declare.types import Array, Decimal, Struct, Type
from lakemesh.engine.duckdb import operators
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    BOOLEAN,
    DOUBLE,
    FLOAT,
    STRING,
    TINYINT,
    UNKNOWN,
    VOID,
    WHOLE,
    Refused,
    Typed,
    bounded,
)
from lakemesh.engine.duckdb.types import to_duckdb as spelled

RULES = Rules()
DOUBLES = {
    "stddev": "stddev_samp",
    "std": "stddev_samp",
    "stddev_samp": "stddev_samp",
    "stddev_pop": "stddev_pop",
    "variance": "var_samp",
    "var_samp": "var_samp",
    "var_pop": "var_pop",
    "kurtosis": "kurtosis_pop",
    "median": "median",
}
REGRESSIONS = ("regr_intercept", "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy")
PAIRS = {**{name: name for name in REGRESSIONS}, "corr": "corr", "covar_pop": "covar_pop", "covar_samp": "covar_samp"}
BITS = {"bit_and": "bit_and", "bit_or": "bit_or", "bit_xor": "bit_xor"}


def _number(call: Call) -> Typed:
    value = call.args[0]
    return cast(value, DOUBLE) if value.type in (STRING, VOID, FLOAT) else value


@RULES.of("sum", "try_sum")
def sum_(call: Call) -> Typed:
    needs(call, 1)
    value = _number(call)
    word = "DISTINCT " if call.distinct else ""
    if isinstance(value.type, Decimal):
        kind: Type = bounded(min(38, value.type.precision + 10), value.type.scale)
    else:
        kind = BIGINT if value.type in WHOLE else DOUBLE if value.type != UNKNOWN else UNKNOWN
    made = call.over(f"sum({word}{value.sql})")
    return Typed(f"CAST({made} AS {spelled(kind)})" if kind not in (DOUBLE, UNKNOWN) else made, kind)


@RULES.of("avg", "mean", "try_avg")
def avg(call: Call) -> Typed:
    needs(call, 1)
    value = _number(call)
    word = "DISTINCT " if call.distinct else ""
    if not isinstance(value.type, Decimal):
        return Typed(call.over(f"avg({word}{cast(value, DOUBLE).sql})"), DOUBLE)
    p, s = value.type.precision, value.type.scale
    kind, summed = bounded(min(38, p + 4), min(38, s + 4)), Decimal(min(38, p + 10), s)
    total = f"CAST({call.over(f'sum({word}{value.sql})')} AS {spelled(summed)})"
    count = f"CAST({call.over(f'count({word}{value.sql})')} AS DECIMAL(20,0))"
    divided = operators.divided(total, summed, count, Decimal(20, 0))
    return Typed(f"CAST({divided.sql} AS {spelled(kind)})", kind)


@RULES.of("count")
def count(call: Call) -> Typed:
    if call.args and call.args[0].sql == "*":
        return Typed(call.over("count(*)"), BIGINT)
    if len(call) == 1:
        return Typed(call.over(f"count({'DISTINCT ' if call.distinct else ''}{call.sql(0)})"), BIGINT)
    filled = " AND ".join(f"{value.sql} IS NOT NULL" for value in call.args)
    row = f"row({', '.join(value.sql for value in call.args)})" if call.distinct else "1"
    return Typed(call.over(f"count({'DISTINCT ' if call.distinct else ''}CASE WHEN {filled} THEN {row} END)"), BIGINT)


@RULES.of("count_if")
def count_if(call: Call) -> Typed:
    needs(call, 1)
    return Typed(call.over(f"count(CASE WHEN {call.as_(0, BOOLEAN)} THEN 1 END)"), BIGINT)


@RULES.of("min", "max")
def extreme(call: Call) -> Typed:
    needs(call, 1)
    if isinstance(call.type(0), (Array, Struct)):
        raise Refused(
            f"{call.name}() of {call.type(0)}",
            f"the engines place nulls inside differently: use {call.name}_by(value, order)",
        )
    return Typed(call.over(f"{call.name}({call.sql(0)})"), call.type(0))


@RULES.of("min_by", "max_by")
def extreme_by(call: Call) -> Typed:
    needs(call, 2)
    name = "arg_max_null" if call.name == "max_by" else "arg_min_null"
    return Typed(call.over(f"{name}({call.sql(0)}, {call.sql(1)})"), call.type(0))


@RULES.of("first", "first_value", "any_value", "last", "last_value")
def first(call: Call) -> Typed:
    needs(call, 1, 2)
    skip = call.ignore_nulls or (len(call) > 1 and call.sql(1) == "true")
    value = call.sql(0)
    if call.windowed:
        name = "last_value" if call.name.startswith("last") else "first_value"
        return Typed(call.over(f"{name}({value}{' IGNORE NULLS' if skip else ''})"), call.type(0))
    name = "last" if call.name.startswith("last") else "first"
    if not skip:
        return Typed(call.over(f"{name}({value})"), call.type(0))
    if name == "last":
        return Typed(f"list_last(list_filter({call.over(f'list({value})')}, lambda e_: e_ IS NOT NULL))", call.type(0))
    return Typed(call.over(f"any_value({value})"), call.type(0))


@RULES.of("collect_list", "array_agg")
def collect_list(call: Call) -> Typed:
    needs(call, 1)
    word = "DISTINCT " if call.distinct else ""
    made = f"coalesce({call.over(f'list({word}{call.sql(0)})')}, [])"
    return Typed(f"list_filter({made}, lambda e_: e_ IS NOT NULL)", Array(call.type(0)))


@RULES.of("collect_set")
def collect_set(call: Call) -> Typed:
    needs(call, 1)
    made = call.over(f"list({call.sql(0)})") if call.windowed else call.over(f"list(DISTINCT {call.sql(0)})")
    return Typed(f"list_distinct(coalesce({made}, []))", Array(call.type(0)))


@RULES.of(*DOUBLES)
def doubles(call: Call) -> Typed:
    needs(call, 1)
    word = "DISTINCT " if call.distinct else ""
    return Typed(call.over(f"{DOUBLES[call.name]}({word}{call.as_(0, DOUBLE)})"), DOUBLE)


@RULES.of(*PAIRS)
def pairs(call: Call) -> Typed:
    needs(call, 2)
    made = call.over(f"{PAIRS[call.name]}({call.as_(0, DOUBLE)}, {call.as_(1, DOUBLE)})")
    # Where nothing varies Spark divides by zero, which is null.
    return Typed(f"CASE WHEN NOT isnan({made}) THEN {made} END" if call.name == "corr" else made, DOUBLE)


@RULES.of("regr_avgx", "regr_avgy")
def regr_avg(call: Call) -> Typed:
    needs(call, 2)
    place = 1 if call.name == "regr_avgx" else 0
    both = f"CASE WHEN {call.sql(1 - place)} IS NOT NULL THEN {call.sql(place)} END"
    return avg(replace(call, args=(Typed(both, call.type(place)),)))


@RULES.of("regr_count")
def regr_count(call: Call) -> Typed:
    return Typed(f"CAST({call.over(f'regr_count({call.as_(0, DOUBLE)}, {call.as_(1, DOUBLE)})')} AS BIGINT)", BIGINT)


@RULES.of(*BITS)
def bits(call: Call) -> Typed:
    needs(call, 1)
    return Typed(call.over(f"{BITS[call.name]}({call.sql(0)})"), call.type(0))


@RULES.of("bool_and", "every", "bool_or", "some", "any")
def bools(call: Call) -> Typed:
    needs(call, 1)
    name = "bool_and" if call.name in ("bool_and", "every") else "bool_or"
    return Typed(call.over(f"{name}({call.as_(0, BOOLEAN)})"), BOOLEAN)


@RULES.of("percentile")
def percentile(call: Call) -> Typed:
    needs(call, 2)
    if isinstance(call.type(1), Array):
        return Typed(
            call.over(f"quantile_cont({call.as_(0, DOUBLE)}, {cast(call.args[1], Array(DOUBLE)).sql})"), Array(DOUBLE)
        )
    return Typed(call.over(f"quantile_cont({call.as_(0, DOUBLE)}, {call.as_(1, DOUBLE)})"), DOUBLE)


@RULES.of("percentile_cont")
def within(call: Call) -> Typed:
    needs(call, 1)
    if call.order is None:
        raise Refused(f"{call.name}() without WITHIN GROUP", "write within group (order by x)")
    share = f"(1 - {call.as_(0, DOUBLE)})" if call.descending else call.as_(0, DOUBLE)
    return Typed(call.over(f"quantile_cont({cast(call.order, DOUBLE).sql}, {share})"), DOUBLE)


@RULES.of("percentile_disc")
def within_steps(call: Call) -> Typed:
    needs(call, 1)
    if call.order is None:
        raise Refused(f"{call.name}() without WITHIN GROUP", "write within group (order by x)")
    if call.descending:
        raise Refused(f"{call.name}() in descending order", "write 1 - share, and order by x")
    return Typed(call.over(f"quantile_disc({cast(call.order, DOUBLE).sql}, {call.as_(0, DOUBLE)})"), DOUBLE)


@RULES.of("skewness")
def skewness(call: Call) -> Typed:
    needs(call, 1)
    value = call.as_(0, DOUBLE)
    n = f"CAST({call.over(f'count({value})')} AS DOUBLE)"
    # DuckDB's is that of a sample: back to that of the rows themselves.
    made = f"{call.over(f'skewness({value})')} * ({n} - 2) / sqrt({n} * ({n} - 1))"
    two = f"CASE WHEN {call.over(f'var_pop({value})')} > 0 THEN 0::DOUBLE END"
    return Typed(f"CASE WHEN {n} > 2 THEN {made} WHEN {n} = 2 THEN {two} END", DOUBLE)


@RULES.of("grouping")
def grouping(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"CAST(grouping({call.sql(0)}) AS TINYINT)", TINYINT)


@RULES.of("grouping_id")
def grouping_id(call: Call) -> Typed:
    if not call.args:
        raise Refused("grouping_id() without arguments", "name the grouped columns: grouping_id(a, b)")
    return Typed(f"grouping({', '.join(value.sql for value in call.args)})", BIGINT)


MACROS: tuple[str, ...] = ()

CASES = (
    "select sum(i) as a, sum(b) as b, sum(d) as c, sum(dec) as e, sum(f) as g, sum(s) as h, sum(n) as j from num, (select 1 as n) x where id < 8",
    "select avg(i) as a, avg(dec) as b, avg(d) as c, mean(dec2) as e, avg(b) as g from num where id < 8",
    "select count(*) as a, count(1) as b, count(i) as c, count(distinct i) as e, count(distinct i, flag) as g, count(i, d) as h, count_if(i > 1) as j from num",
    "select min(i) as a, max(i) as b, min(d) as c, max(d) as e, min(dec) as g, max(flag) as h from num",
    "select max(s) as a, min(s) as b, max(dt) as c, min(ts) as e from txt",
    "select region, sum(amount) as a, avg(amount) as b, min(day) as c, max(at) as e, count(*) as g, sum(qty) as h from sales group by region order by region",
    "select region, max_by(product, amount) as a, min_by(product, amount) as b from sales group by region order by region",
    "select region, sort_array(collect_list(product)) as a, sort_array(collect_set(product)) as b, size(collect_list(qty)) as c, sort_array(array_agg(qty)) as e from sales group by region order by region",
    "select sort_array(collect_list(i)) as a, sort_array(collect_set(i)) as b from num where id > 1000",
    "select stddev(amount) as a, stddev_pop(qty) as b, variance(qty) as c, var_pop(qty) as e, stddev_samp(qty) as g, corr(qty, amount) as h, covar_pop(qty, amount) as j, covar_samp(qty, amount) as k, kurtosis(qty) as l, std(qty) as m, try_sum(qty) as n, try_avg(amount) as o from sales",
    "select regr_count(amount, qty) as a, regr_avgx(amount, qty) as b, regr_avgy(amount, qty) as c, regr_slope(amount, qty) as e, regr_intercept(amount, qty) as g, regr_r2(amount, qty) as h, regr_sxx(amount, qty) as j, regr_sxy(amount, qty) as k, regr_syy(amount, qty) as l from sales",
    "select percentile(qty, 0.5) as a, percentile(amount, 0.25) as b, median(qty) as c, percentile(qty, array(0.1, 0.9)) as e, percentile_cont(0.5) within group (order by qty) as g, percentile_cont(0.25) within group (order by qty desc) as h from sales",
    "select bool_and(flag) as a, bool_or(flag) as b, every(i > 0) as c, some(i > 0) as e, any(i > 5) as g, bit_and(i) as h, bit_or(i) as j, bit_xor(i) as k from num where id < 6",
    "select sum(distinct qty) as a, avg(distinct qty) as b, count(distinct region) as c, sum(qty) filter (where region = 'EU') as e, count(*) filter (where qty > 100) as g from sales",
    "select sum(i) as a, avg(dec) as b, max(i) as c, count(*) as e, collect_list(i) as g, stddev(d) as h from num where id > 1000",
    "select region, product, sum(qty) as q, grouping(region) as g from sales group by rollup(region, product) order by region, product, q",
    "select year(day) as y, count(*) as c, grouping_id(year(day)) as g from sales group by rollup(year(day)) order by y",
    "select region, product, count(*) as c from sales group by cube(region, product) order by region, product, c",
    "select region, product, count(*) as c from sales group by grouping sets ((region), (product), ()) order by region, product, c",
    "select region, count(*) as c from sales group by region with rollup order by region, c",
    "select region, sum(qty) as q from sales group by 1 having q > 3 order by q desc, region",
    "select upper(region) as r, sum(amount) / count(*) as m from sales group by upper(region) order by r",
    "select region, sum(amount * qty) as a, sum(amount) * 2 as b, max(amount) - min(amount) as c, sum(amount) / sum(qty) as e from sales group by region order by region",
    "select distinct region, product from sales order by region, product",
    "select region, count(*) as c from sales group by all order by region",
    "select first(region) over (order by id) as a, any_value(1) over () as b, last(id) over (order by id) as c from sales where id < 3",
)
