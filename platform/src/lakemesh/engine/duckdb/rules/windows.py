"""Window functions: ranks are int, a default of lag and lead becomes what they look at."""

from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import DOUBLE, INT, VOID, Refused, Typed

RULES = Rules()


def _windowed(call: Call) -> None:
    if not call.windowed:
        raise Refused(f"{call.name}() without OVER", "write over (partition by … order by …)")


@RULES.of("row_number", "rank", "dense_rank", "ntile")
def ranks(call: Call) -> Typed:
    _windowed(call)
    inside = call.as_(0, INT) if call.name == "ntile" else ""
    return Typed(f"CAST({call.over(f'{call.name}({inside})')} AS INTEGER)", INT)


@RULES.of("percent_rank", "cume_dist")
def shares(call: Call) -> Typed:
    _windowed(call)
    return Typed(call.over(f"{call.name}()"), DOUBLE)


@RULES.of("lag", "lead")
def neighbours(call: Call) -> Typed:
    _windowed(call)
    needs(call, 1, 3)
    # The default becomes what the values are.
    kind = call.type(0) if call.type(0) != VOID or len(call) < 3 else call.type(2)
    parts = [cast(call.args[0], kind).sql]
    if len(call) > 1:
        parts.append(call.as_(1, INT))
    if len(call) > 2:
        parts.append(cast(call.args[2], kind).sql)
    return Typed(call.over(f"{call.name}({', '.join(parts)}{' IGNORE NULLS' if call.ignore_nulls else ''})"), kind)


@RULES.of("nth_value")
def nth_value(call: Call) -> Typed:
    _windowed(call)
    return Typed(
        call.over(f"nth_value({call.sql(0)}, {call.as_(1, INT)}{' IGNORE NULLS' if call.ignore_nulls else ''})"),
        call.type(0),
    )


MACROS: tuple[str, ...] = ()

CASES = (
    "select id, row_number() over (partition by region order by id) as a, rank() over (order by qty) as b, dense_rank() over (order by qty desc) as c, ntile(3) over (order by id) as e from sales",
    "select id, lag(qty) over (order by id) as a, lead(qty, 2, 0) over (order by id) as b, lag(amount, 1, 0) over (partition by region order by id) as c from sales",
    "select id, sum(qty) over (partition by region order by id) as a, avg(amount) over (partition by region) as b, count(*) over () as c, max(day) over (order by id rows between 1 preceding and 1 following) as e from sales",
    "select id, first_value(product) over (partition by region order by id) as a, last_value(product) over (partition by region order by id rows between unbounded preceding and unbounded following) as b, nth_value(product, 2) over (order by id) as c from sales",
    "select id, first_value(qty) ignore nulls over (order by id) as a, last_value(qty, true) over (order by id) as b, lag(qty) ignore nulls over (order by id) as c from sales",
    "select id, percent_rank() over (order by qty) as a, cume_dist() over (order by qty) as b from sales where qty is not null",
    "select id, sum(qty) over w as a, row_number() over w as b from sales window w as (partition by region order by id)",
    "select id, sum(qty) over (order by qty range between 2 preceding and current row) as a from sales where qty is not null",
    "select id, qty - lag(qty) over (order by id) as delta, sum(amount) over (order by id) / sum(amount) over () as share from sales",
    "select id, rank() over (order by qty nulls last) as a, rank() over (order by qty desc nulls first) as b, row_number() over (order by product, id desc) as c from sales",
    "select region, sum(sum(qty)) over (order by region) as running from sales group by region order by region",
    "select * from (select id, region, row_number() over (partition by region order by amount desc, id) as n from sales) where n = 1",
    "select id, collect_list(qty) over (order by id rows between 1 preceding and current row) as a from sales",
    "select id, count(qty) over (partition by region order by at range between interval 2 days preceding and current row) as a from sales",
)
