"""Functions that take a lambda: indexes count from 0, null is no answer of a test, the state keeps its own type."""

from lakemesh.declare.types import Array, Struct
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.arrays import item
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BOOLEAN, INT, Typed, widest
from lakemesh.engine.duckdb.types import quoted
from lakemesh.engine.duckdb.types import to_duckdb as spelled

RULES = Rules()


@RULES.of("transform")
def transform(call: Call) -> Typed:
    needs(call, 2)
    wanted = call.lambdas[1]
    body = wanted.body(Typed(wanted.names[0], item(call)), Typed(f"CAST({wanted.names[-1]} - 1 AS INTEGER)", INT))
    return Typed(f"list_transform({call.sql(0)}, lambda {', '.join(wanted.names)}: {body.sql})", Array(body.type))


@RULES.of("filter")
def filter_(call: Call) -> Typed:
    needs(call, 2)
    wanted = call.lambdas[1]
    body = wanted.body(Typed(wanted.names[0], item(call)), Typed(f"CAST({wanted.names[-1]} - 1 AS INTEGER)", INT))
    return Typed(
        f"list_filter({call.sql(0)}, lambda {', '.join(wanted.names)}: coalesce({cast(body, BOOLEAN).sql}, false))",
        call.type(0),
    )


@RULES.of("exists", "forall")
def exists(call: Call) -> Typed:
    needs(call, 2)
    wanted = call.lambdas[1]
    body = cast(wanted.body(Typed(wanted.names[0], item(call))), BOOLEAN).sql
    tests = f"list_transform({call.sql(0)}, lambda {wanted.names[0]}: {body})"
    return Typed(f"spark_{call.name}({tests})", BOOLEAN)


@RULES.of("aggregate", "reduce")
def aggregate(call: Call) -> Typed:
    needs(call, 3, 4)
    wanted, start = call.lambdas[2], call.args[1]
    body = wanted.body(Typed(wanted.names[0], start.type), Typed(wanted.names[1], item(call)))
    kind = widest((start.type, body.type))
    body = cast(wanted.body(Typed(wanted.names[0], kind), Typed(wanted.names[1], item(call))), kind)
    if kind != item(call):
        # DuckDB wants the state to be of the items' type: carry it in a struct beside them.
        values = f"list_transform({call.sql(0)}, lambda e_: struct_pack(s := CAST(NULL AS {spelled(kind)}), v := e_))"
        inner = cast(
            wanted.body(Typed(f"{wanted.names[0]}.s", kind), Typed(f"{wanted.names[1]}.v", item(call))), kind
        ).sql
        step = f"struct_pack(s := {inner}, v := CAST(NULL AS {spelled(item(call))}))"
        first = f"struct_pack(s := {cast(start, kind).sql}, v := CAST(NULL AS {spelled(item(call))}))"
        made = f"struct_extract(list_reduce({values}, lambda {', '.join(wanted.names)}: {step}, {first}), 's')"
    else:
        made = f"list_reduce({call.sql(0)}, lambda {', '.join(wanted.names)}: {body.sql}, {cast(start, kind).sql})"
    if 3 in call.lambdas:
        return call.lambdas[3].body(Typed(made, kind))
    return Typed(made, kind)


@RULES.of("zip_with")
def zip_with(call: Call) -> Typed:
    needs(call, 3)
    wanted = call.lambdas[2]
    body = wanted.body(Typed("struct_extract_at(z_, 1)", item(call)), Typed("struct_extract_at(z_, 2)", item(call, 1)))
    filled = f"{call.sql(0)} IS NOT NULL AND {call.sql(1)} IS NOT NULL"
    made = f"list_transform(list_zip({call.sql(0)}, {call.sql(1)}), lambda z_: {body.sql})"
    return Typed(f"CASE WHEN {filled} THEN {made} END", Array(body.type))


@RULES.of("arrays_zip")
def arrays_zip(call: Call) -> Typed:
    names = [call.names[place] or str(place) for place in range(len(call))]
    fields = tuple((name, item(call, place)) for place, name in enumerate(names))
    packed = ", ".join(f"{quoted(name)} := struct_extract_at(z_, {place + 1})" for place, name in enumerate(names))
    filled = " AND ".join(f"{value.sql} IS NOT NULL" for value in call.args)
    zipped = f"list_zip({', '.join(value.sql for value in call.args)})"
    return Typed(
        f"CASE WHEN {filled} THEN list_transform({zipped}, lambda z_: struct_pack({packed})) END", Array(Struct(fields))
    )


MACROS = (
    "spark_exists(t) AS CASE WHEN t IS NULL THEN NULL WHEN list_contains(t, true) THEN true WHEN len(list_filter(t, lambda e_: e_ IS NULL)) > 0 THEN NULL ELSE false END",
    "spark_forall(t) AS CASE WHEN t IS NULL THEN NULL WHEN list_contains(t, false) THEN false WHEN len(list_filter(t, lambda e_: e_ IS NULL)) > 0 THEN NULL ELSE true END",
)

CASES = (
    "select id, transform(a, x -> x + 1) as a, transform(a, (x, i) -> x * i) as b, filter(a, x -> x > 1) as c, exists(a, x -> x > 2) as e, forall(a, x -> x > 0) as g from nest",
    "select id, aggregate(a, 0, (acc, x) -> acc + x) as a, aggregate(filter(a, x -> x is not null), 0L, (acc, x) -> acc + x) as b, aggregate(a, 0, (acc, x) -> acc + coalesce(x, 0), acc -> acc * 10) as c, reduce(sa, '', (acc, x) -> concat(acc, coalesce(x, '-'))) as e from nest",
    "select id, zip_with(a, a, (x, y) -> x + y) as a, arrays_zip(a, sa) as b from nest",
    "select id, transform(ast, e -> e.v) as a, ast.k as b, ast[0].k as c, filter(ast, e -> e.v > 1) as e, transform(aa, x -> transform(x, y -> y + 1)) as g from nest",
)
