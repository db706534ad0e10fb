"""Arrays: size of null is -1, nulls count as values, sorting puts them where Spark does, indexes start where Spark's do."""

from lakemesh.declare.types import Array, MapOf, Struct, Type
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    FLOAT,
    INT,
    INTERVAL,
    NTZ,
    STRING,
    TIMESTAMP,
    UNKNOWN,
    VOID,
    Refused,
    Typed,
    widest,
)
from lakemesh.engine.duckdb.types import to_duckdb as spelled

RULES = Rules()


def item(call: Call, place: int = 0) -> Type:
    """What an array holds."""
    kind = call.type(place)
    if isinstance(kind, Array):
        return kind.item
    if kind in (VOID, UNKNOWN):
        return kind
    raise Refused(f"{call.name}() of {kind}", "give it an array")


@RULES.of("array")
def array(call: Call) -> Typed:
    kind = widest(value.type for value in call.args)
    if not call.args:
        return Typed("CAST([] AS VARCHAR[])", Array(VOID))
    return Typed(f"[{', '.join(cast(value, kind).sql for value in call.args)}]", Array(kind))


@RULES.of("size", "cardinality", "array_size")
def size(call: Call) -> Typed:
    needs(call, 1)
    kind, sql = call.type(0), call.sql(0)
    count = f"cardinality({sql})" if isinstance(kind, MapOf) else f"len({sql})"
    made = f"CAST({count} AS INTEGER)"
    return Typed(made if call.name == "array_size" else f"coalesce({made}, -1)", INT)


@RULES.of("array_contains")
def array_contains(call: Call) -> Typed:
    needs(call, 2)
    kind = widest((item(call), call.type(1)))
    values, wanted = cast(call.args[0], Array(kind)).sql, call.as_(1, kind)
    found = f"list_contains({values}, {wanted})"
    return Typed(
        f"CASE WHEN {values} IS NULL OR {wanted} IS NULL THEN NULL WHEN {found} THEN true WHEN len(list_filter({values}, lambda e_: e_ IS NULL)) > 0 THEN NULL ELSE false END",
        BOOLEAN,
    )


@RULES.of("array_position")
def array_position(call: Call) -> Typed:
    needs(call, 2)
    values, wanted = call.sql(0), call.as_(1, item(call))
    return Typed(
        f"CASE WHEN {values} IS NOT NULL AND {wanted} IS NOT NULL THEN CAST(coalesce(list_position({values}, {wanted}), 0) AS BIGINT) END",
        BIGINT,
    )


@RULES.of("array_distinct")
def array_distinct(call: Call) -> Typed:
    needs(call, 1)
    name = "spark_distinct_real" if item(call) in (DOUBLE, FLOAT) else "spark_distinct"
    return Typed(f"{name}({call.sql(0)})", call.type(0))


@RULES.of("array_union", "array_intersect", "array_except")
def sets(call: Call) -> Typed:
    needs(call, 2)
    kind = Array(widest((item(call), item(call, 1))))
    return Typed(f"spark_{call.name}({call.as_(0, kind)}, {call.as_(1, kind)})", kind)


@RULES.of("arrays_overlap")
def arrays_overlap(call: Call) -> Typed:
    needs(call, 2)
    kind = Array(widest((item(call), item(call, 1))))
    return Typed(f"spark_overlap({call.as_(0, kind)}, {call.as_(1, kind)})", BOOLEAN)


@RULES.of("array_join")
def array_join(call: Call) -> Typed:
    needs(call, 2, 3)
    values = cast(call.args[0], Array(STRING)).sql
    if len(call) == 3:
        values = f"list_transform({values}, lambda e_: coalesce(e_, {call.as_(2, STRING)}))"
    return Typed(f"spark_join({values}, {call.as_(1, STRING)})", STRING)


@RULES.of("array_remove")
def array_remove(call: Call) -> Typed:
    needs(call, 2)
    wanted = call.as_(1, item(call))
    return Typed(
        f"CASE WHEN {wanted} IS NOT NULL THEN list_filter({call.sql(0)}, lambda e_: e_ IS DISTINCT FROM {wanted}) END",
        call.type(0),
    )


@RULES.of("array_compact")
def array_compact(call: Call) -> Typed:
    return Typed(f"list_filter({call.sql(0)}, lambda e_: e_ IS NOT NULL)", call.type(0))


@RULES.of("array_append", "array_prepend")
def grown(call: Call) -> Typed:
    needs(call, 2)
    kind = widest((item(call), call.type(1)))
    values, one = cast(call.args[0], Array(kind)).sql, f"[{call.as_(1, kind)}]"
    joined = f"{values} || {one}" if call.name == "array_append" else f"{one} || {values}"
    return Typed(f"CASE WHEN {values} IS NOT NULL THEN {joined} END", Array(kind))


@RULES.of("array_insert")
def array_insert(call: Call) -> Typed:
    needs(call, 3)
    place, kind = call.number(1), widest((item(call), call.type(2)))
    if place < 1:
        raise Refused("array_insert() counted from the end", "count from the start, or append with array_append")
    values, one = cast(call.args[0], Array(kind)).sql, f"[{call.as_(2, kind)}]"
    empty = f"list_transform(range(greatest({place - 1} - len({values}), 0)), lambda e_: CAST(NULL AS {spelled(kind)}))"
    made = f"list_slice({values}, 1, {place - 1}) || {empty} || {one} || list_slice({values}, {place}, len({values}))"
    return Typed(f"CASE WHEN {values} IS NOT NULL THEN {made} END", Array(kind))


@RULES.of("array_repeat")
def array_repeat(call: Call) -> Typed:
    needs(call, 2)
    return Typed(
        f"list_transform(range(greatest({call.as_(1, INT)}, 0)), lambda e_: {call.sql(0)})", Array(call.type(0))
    )


@RULES.of("array_max", "array_min")
def extremes(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"list_{call.name[6:]}({call.sql(0)})", item(call))


@RULES.of("sort_array")
def sort_array(call: Call) -> Typed:
    needs(call, 1, 2)
    _plain(call)
    down = len(call) > 1 and call.sql(1) == "false"
    return Typed(
        f"list_sort({call.sql(0)}, '{'DESC' if down else 'ASC'}', 'NULLS {'LAST' if down else 'FIRST'}')", call.type(0)
    )


@RULES.of("array_sort")
def array_sort(call: Call) -> Typed:
    if call.lambdas or len(call) > 1:
        raise Refused(
            "array_sort() with a comparator", "sort structs that start with what to sort by, then transform them"
        )
    _plain(call)
    return Typed(f"list_sort({call.sql(0)}, 'ASC', 'NULLS LAST')", call.type(0))


def _plain(call: Call) -> None:
    if isinstance(item(call), (Array, Struct)):
        raise Refused(
            f"{call.name}() of {item(call)}",
            "the engines place nulls inside differently: sort the rows before, by window or max_by",
        )


@RULES.of("slice")
def slice_(call: Call) -> Typed:
    needs(call, 3)
    return Typed(f"spark_slice({call.sql(0)}, {call.as_(1, INT)}, {call.as_(2, INT)})", call.type(0))


@RULES.of("flatten")
def flatten(call: Call) -> Typed:
    needs(call, 1)
    values = call.sql(0)
    return Typed(
        f"CASE WHEN len(list_filter({values}, lambda e_: e_ IS NULL)) = 0 THEN flatten({values}) END", item(call)
    )


@RULES.of("sequence")
def sequence(call: Call) -> Typed:
    needs(call, 2, 3)
    first = call.type(0)
    if first in (DATE, TIMESTAMP, NTZ):
        if len(call) == 3 and call.type(2) != INTERVAL:
            raise Refused("a sequence of times without an interval", "write interval 1 day")
        kind = first if call.type(1) == first else TIMESTAMP
        step = call.sql(2) if len(call) == 3 else "INTERVAL 1 DAY"
        said = call.args[2].value if len(call) == 3 else "day"
        if isinstance(said, str) and said.startswith("months"):
            return _months(call.as_(0, kind), call.as_(1, kind), said, kind)
        made = f"generate_series({call.as_(0, kind)}, {call.as_(1, kind)}, {step})"
        return Typed(f"list_transform({made}, lambda e_: CAST(e_ AS {spelled(kind)}))", Array(kind))
    whole = widest(value.type for value in call.args)
    start, end = call.as_(0, whole), call.as_(1, whole)
    step = call.as_(2, whole) if len(call) == 3 else f"CASE WHEN {start} <= {end} THEN 1 ELSE -1 END"
    return Typed(
        f"list_transform(generate_series({start}, {end}, {step}), lambda e_: CAST(e_ AS {spelled(whole)}))",
        Array(whole),
    )


def _months(start: str, end: str, said: str, kind: Type) -> Typed:
    """Every so many months from the first: each counted from there, so that the 31st comes back after February."""
    months = int(said.partition(" ")[2] or 0)
    if months < 1:
        raise Refused("a sequence that goes back by months", "go forward, and reverse() it")
    count = f"range(CAST(greatest(date_diff('month', {start}, {end}) // {months} + 1, 0) AS BIGINT))"
    made = f"list_transform({count}, lambda e_: CAST({start} + to_months(CAST(e_ * {months} AS INTEGER)) AS {spelled(kind)}))"
    return Typed(f"list_filter({made}, lambda e_: e_ <= {end})", Array(kind))


@RULES.of("element_at", "try_element_at")
def element_at(call: Call) -> Typed:
    needs(call, 2)
    kind = call.type(0)
    if isinstance(kind, MapOf):
        return Typed(f"map_extract_value({call.sql(0)}, {call.as_(1, kind.key)})", kind.value)
    return Typed(f"list_extract({call.sql(0)}, {call.as_(1, INT)})", item(call))


@RULES.of("get")
def get(call: Call) -> Typed:
    needs(call, 2)
    place = call.as_(1, INT)
    return Typed(f"CASE WHEN {place} >= 0 THEN list_extract({call.sql(0)}, {place} + 1) END", item(call))


MACROS = (
    "spark_distinct(a) AS CASE WHEN a IS NOT NULL THEN list_transform(list_filter(list_zip(a, range(1, len(a) + 1)), lambda z_, i_: coalesce(list_position(a, struct_extract_at(z_, 1)), list_position(list_transform(a, lambda e_: e_ IS NULL), true)) = i_), lambda z_: struct_extract_at(z_, 1)) END",
    # Among doubles the two zeros are not one, as Java's own equals has it.
    "spark_distinct_real(a) AS CASE WHEN a IS NOT NULL THEN list_transform(list_filter(list_zip(a, range(1, len(a) + 1)), lambda z_, i_: coalesce(list_position(list_transform(a, lambda e_: CAST(e_ AS VARCHAR)), CAST(struct_extract_at(z_, 1) AS VARCHAR)), list_position(list_transform(a, lambda e_: e_ IS NULL), true)) = i_), lambda z_: struct_extract_at(z_, 1)) END",
    "spark_array_union(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN spark_distinct(a || b) END",
    """spark_array_intersect(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN spark_distinct(list_filter(a, lambda e_:
    CASE WHEN e_ IS NULL THEN len(list_filter(b, lambda f_: f_ IS NULL)) > 0 ELSE list_contains(b, e_) END)) END""",
    """spark_array_except(a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN spark_distinct(list_filter(a, lambda e_:
    NOT CASE WHEN e_ IS NULL THEN len(list_filter(b, lambda f_: f_ IS NULL)) > 0 ELSE list_contains(b, e_) END)) END""",
    """spark_overlap(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL
    WHEN len(list_filter(a, lambda e_: e_ IS NOT NULL AND list_contains(b, e_))) > 0 THEN true
    WHEN len(a) > 0 AND len(b) > 0 AND (len(list_filter(a, lambda e_: e_ IS NULL)) > 0 OR len(list_filter(b, lambda e_: e_ IS NULL)) > 0) THEN NULL
    ELSE false END""",
    "spark_join(a, d) AS CASE WHEN a IS NOT NULL AND d IS NOT NULL THEN coalesce(array_to_string(list_filter(a, lambda e_: e_ IS NOT NULL), d), '') END",
    "spark_slice(a, p, n) AS CASE WHEN n < 0 OR p = 0 THEN error('slice() counts from 1') WHEN p > 0 THEN list_slice(a, p, p + n - 1) WHEN len(a) + p < 0 THEN list_slice(a, 1, 0) ELSE list_slice(a, len(a) + p + 1, len(a) + p + n) END",
)

CASES = (
    "select id, size(a) as a, cardinality(m) as b, size(aa) as c, array_size(a) as e, size(null) as g from nest",
    "select id, array_contains(a, 2) as a, array_contains(sa, 'x') as b, array_position(a, 2) as c, array_position(a, 99) as e from nest",
    "select id, array_distinct(a) as a, array_union(a, array(2, 9)) as b, array_intersect(a, array(2, null)) as c, array_except(a, array(2)) as e, arrays_overlap(a, array(2, 7)) as g from nest",
    "select id, array_join(sa, ',') as a, array_join(sa, ',', 'N') as b, array_remove(a, 2) as c, array_compact(a) as e, array_append(a, 5) as g, array_prepend(a, 5) as h from nest",
    "select id, array_max(a) as a, array_min(a) as b, sort_array(a) as c, sort_array(a, false) as e, array_sort(a) as g, reverse(a) as h from nest",
    "select id, slice(a, 1, 2) as a, slice(a, -2, 2) as b, slice(a, 2, 0) as c, flatten(aa) as e, concat(a, array(7)) as g from nest",
    "select id, element_at(a, 1) as a, element_at(a, -1) as b, element_at(a, 9) as c, a[0] as e, a[5] as g, get(a, 1) as h, m['k'] as j, element_at(m, 'k') as k, try_element_at(a, 9) as l from nest",
    "select array(1, 2, null) as a, array(1, 2.5) as b, array('a', 1) as c, array() as e, array_repeat('x', 3) as g, array_repeat(1, 0) as h, sequence(1, 5) as j, sequence(5, 1, -2) as k, sequence(3, 1) as l",
    "select array(1, 2, 3)[1] as a, array(array(1), array(2, 3))[1][0] as b, array(named_struct('x', 1, 'y', 'b'))[0].y as c",
    "select id, a = array(1, 2, 3) as a, a is null as c, coalesce(a, array(0)) as e from nest",
)
