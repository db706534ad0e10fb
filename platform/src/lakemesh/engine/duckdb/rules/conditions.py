"""Choosing among values: all become the widest type first, nulls are passed over as Spark does it."""

from lakemesh.declare.types import Type
from lakemesh.engine.duckdb import operators
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BINARY, BOOLEAN, DOUBLE, FLOAT, STRING, UNKNOWN, Refused, Typed, widest

RULES = Rules()


def _alike(call: Call, start: int = 0) -> tuple[list[str], Type]:
    kind = widest(value.type for value in call.args[start:])
    if kind == UNKNOWN and all(value.type != UNKNOWN for value in call.args[start:]):
        raise Refused(
            f"{call.name}() of {' and '.join(str(value.type) for value in call.args[start:])}", "cast them to one type"
        )
    return [cast(value, kind).sql for value in call.args[start:]], kind


@RULES.of("coalesce", "nvl", "ifnull")
def coalesce(call: Call) -> Typed:
    needs(call, 1, 500)
    values, kind = _alike(call)
    return Typed(f"coalesce({', '.join(values)})", kind)


@RULES.of("if")
def if_(call: Call) -> Typed:
    needs(call, 3)
    values, kind = _alike(call, 1)
    return Typed(f"CASE WHEN {call.as_(0, BOOLEAN)} THEN {values[0]} ELSE {values[1]} END", kind)


@RULES.of("nvl2")
def nvl2(call: Call) -> Typed:
    needs(call, 3)
    values, kind = _alike(call, 1)
    return Typed(f"CASE WHEN {call.sql(0)} IS NOT NULL THEN {values[0]} ELSE {values[1]} END", kind)


@RULES.of("nullif")
def nullif(call: Call) -> Typed:
    needs(call, 2)
    left, right = operators.comparable(call.args[0], call.args[1])
    return Typed(f"CASE WHEN {left.sql} = {right.sql} THEN NULL ELSE {call.sql(0)} END", call.type(0))


@RULES.of("greatest", "least")
def greatest(call: Call) -> Typed:
    needs(call, 2, 500)
    values, kind = _alike(call)
    return Typed(f"{call.name}({', '.join(values)})", kind)


@RULES.of("isnull")
def isnull(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"({call.sql(0)} IS NULL)", BOOLEAN)


@RULES.of("isnotnull")
def isnotnull(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"({call.sql(0)} IS NOT NULL)", BOOLEAN)


@RULES.of("isnan")
def isnan(call: Call) -> Typed:
    needs(call, 1)
    value = call.as_(0, call.type(0) if call.type(0) in (DOUBLE, FLOAT) else DOUBLE)
    return Typed(f"coalesce(isnan({value}), false)", BOOLEAN)


@RULES.of("nanvl")
def nanvl(call: Call) -> Typed:
    needs(call, 2)
    return Typed(
        f"CASE WHEN isnan({call.as_(0, DOUBLE)}) THEN {call.as_(1, DOUBLE)} ELSE {call.as_(0, DOUBLE)} END", DOUBLE
    )


@RULES.of("equal_null")
def equal_null(call: Call) -> Typed:
    needs(call, 2)
    left, right = operators.comparable(call.args[0], call.args[1])
    return Typed(f"({left.sql} IS NOT DISTINCT FROM {right.sql})", BOOLEAN)


@RULES.of("decode")
def decode(call: Call) -> Typed:
    if len(call) == 2:
        if call.text(1).lower().replace("-", "") not in ("utf8", "usascii"):
            raise Refused(f"decode() from {call.text(1)}", "land the file with `format: {encoding: …}`")
        return Typed(f"TRY(decode({call.sql(0)}))", STRING)
    pairs = call.args[1:]
    values = [*pairs[1::2], *([pairs[-1]] if len(pairs) % 2 else [])]
    # Without a default the rest is null, and a null of text.
    kind = widest([*(value.type for value in values), *([] if len(pairs) % 2 else [STRING])])
    parts = []
    for wanted, value in zip(pairs[0::2], pairs[1::2], strict=False):
        left, right = operators.comparable(call.args[0], wanted)
        parts.append(f"WHEN {left.sql} IS NOT DISTINCT FROM {right.sql} THEN {cast(value, kind).sql}")
    last = cast(pairs[-1], kind).sql if len(pairs) % 2 else "NULL"
    return Typed(f"CASE {' '.join(parts)} ELSE {last} END", kind)


@RULES.of("encode")
def encode(call: Call) -> Typed:
    from_ = call.text(1).lower().replace("-", "")
    if from_ != "utf8":
        raise Refused(f"encode() to {call.text(1)}", "keep to utf-8")
    return Typed(f"encode({call.as_(0, STRING)})", BINARY)


MACROS: tuple[str, ...] = ()

CASES = (
    "select id, coalesce(i, 0) as a, coalesce(i, b) as b, coalesce(d, i) as c, coalesce(dec, 0) as e, coalesce(dec, i) as g, nvl(i, 1.5) as h, ifnull(null, i) as j from num where id < 9",
    "select id, coalesce(s, 'x') as a, coalesce(n, id) as b, nvl2(s, 1, 2L) as c, nullif(s, 'abc') as e, nullif(id, 1) as g from txt",
    "select id, if(i > 0, 'a', 'b') as a, if(i > 0, i, d) as b, if(flag, 1, null) as c, if(i is null, dec, 0) as e from num",
    "select id, greatest(i, 5) as a, least(i, 5, null) as b, greatest(d, i) as c, least(dec, 1.234) as e, greatest('a', 'b') as g from num",
    "select id, case when i > 0 then 1 when i < 0 then -1L else 0 end as a, case i when 1 then 'one' when 2 then 'two' end as b, case when d > 1 then dec else i end as c from num",
    "select id, i is null as a, isnull(i) as b, isnotnull(i) as c, isnan(d) as e, nanvl(d, 0D) as g, flag is true as h, flag is not true as j, not flag as k from num",
    "select id, i between 1 and 5 as a, i in (1, 2, null) as b, i not in (1, 2) as c, i not in (1, null) as e, d between 0 and 1 as g, s in (1, 300) as h from num",
    "select id, i = d as a, i <=> b as b, i <> 1 as c, d = d as e, i < 2.5 as g, equal_null(i, 1) as h from num",
    "select decode(1, 1, 'a', 2, 'b', 'z') as a, decode(3, 1, 'a', 2, 'b', 'z') as b, decode(null, null, 'n', 'z') as c, decode(5, 1, 'a') as e, decode(encode('é', 'utf-8'), 'utf-8') as g",
    "select d > 1 and i > 1 as a, d > 1 or i > 1 as b, flag and null as c, not (flag or i > 0) as e from num",
    "select case when true then 1.5 else 2 end as a, case when true then date '2020-01-01' else timestamp '2020-01-02 00:00:00' end as b, case when false then 1 end as c",
    "select coalesce(null, null, 'x') as a, coalesce(date '2020-01-01', timestamp '2020-01-01 00:00:00') as b, if(true, 1, '2') as c, greatest(1, 2.5, 3D) as e",
)
