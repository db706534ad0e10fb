"""Maps and structs: keys in their order, the later of two equal keys refused, fields named as Spark names them."""

from lakemesh.declare.types import Array, MapOf, Struct, Type
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BOOLEAN, STRING, VOID, Refused, Typed, widest
from lakemesh.engine.duckdb.types import quoted

RULES = Rules()


def of_map(call: Call, place: int = 0) -> MapOf:
    """The map that an argument is."""
    kind = call.type(place)
    if isinstance(kind, MapOf):
        return kind
    raise Refused(f"{call.name}() of {kind}", "give it a map")


@RULES.of("named_struct")
def named_struct(call: Call) -> Typed:
    names = [call.text(place) for place in range(0, len(call), 2)]
    values = [call.args[place] for place in range(1, len(call), 2)]
    packed = ", ".join(f"{quoted(name)} := {_kept(value)}" for name, value in zip(names, values, strict=True))
    return Typed(
        f"struct_pack({packed})", Struct(tuple((name, value.type) for name, value in zip(names, values, strict=True)))
    )


@RULES.of("struct")
def struct(call: Call) -> Typed:
    names = [name or f"col{place + 1}" for place, name in enumerate(call.names)]
    packed = ", ".join(f"{quoted(name)} := {_kept(value)}" for name, value in zip(names, call.args, strict=True))
    return Typed(
        f"struct_pack({packed})",
        Struct(tuple((name, value.type) for name, value in zip(names, call.args, strict=True))),
    )


def _kept(value: Typed) -> str:
    return "CAST(NULL AS VARCHAR)" if value.type == VOID else value.sql


@RULES.of("map")
def map_(call: Call) -> Typed:
    keys, values = call.args[0::2], call.args[1::2]
    key, item = widest(part.type for part in keys), widest(part.type for part in values)
    made_keys = ", ".join(cast(part, key).sql for part in keys)
    made_values = ", ".join(cast(part, item).sql for part in values)
    if not keys:
        return Typed("map([]::VARCHAR[], []::VARCHAR[])", MapOf(STRING, STRING))
    return Typed(f"map([{made_keys}], [{made_values}])", MapOf(key, item))


@RULES.of("map_keys")
def map_keys(call: Call) -> Typed:
    return Typed(f"map_keys({call.sql(0)})", Array(of_map(call).key))


@RULES.of("map_values")
def map_values(call: Call) -> Typed:
    return Typed(f"map_values({call.sql(0)})", Array(of_map(call).value))


@RULES.of("map_entries")
def map_entries(call: Call) -> Typed:
    kind = of_map(call)
    return Typed(f"map_entries({call.sql(0)})", Array(Struct((("key", kind.key), ("value", kind.value)))))


@RULES.of("map_contains_key")
def map_contains_key(call: Call) -> Typed:
    return Typed(f"map_contains({call.sql(0)}, {call.as_(1, of_map(call).key)})", BOOLEAN)


@RULES.of("map_from_arrays")
def map_from_arrays(call: Call) -> Typed:
    needs(call, 2)
    keys, values = call.type(0), call.type(1)
    if not isinstance(keys, Array) or not isinstance(values, Array):
        raise Refused("map_from_arrays() of other things", "give it two arrays")
    return Typed(f"map({call.sql(0)}, {call.sql(1)})", MapOf(keys.item, values.item))


@RULES.of("map_from_entries")
def map_from_entries(call: Call) -> Typed:
    kind = call.type(0)
    if not isinstance(kind, Array) or not isinstance(kind.item, Struct) or len(kind.item.fields) != 2:
        raise Refused(f"map_from_entries() of {kind}", "give it an array of structs of two fields")
    (_, key), (_, value) = kind.item.fields
    return Typed(f"map_from_entries({call.sql(0)})", MapOf(key, value))


@RULES.of("map_concat")
def map_concat(call: Call) -> Typed:
    kind = widest(value.type for value in call.args)
    filled = " AND ".join(f"{value.sql} IS NOT NULL" for value in call.args)
    return Typed(
        f"CASE WHEN {filled} THEN map_concat({', '.join(cast(value, kind).sql for value in call.args)}) END", kind
    )


def _entries(call: Call, kind: MapOf, form: str, parts: tuple[Type, ...]) -> tuple[str, Typed]:
    wanted = call.lambdas[1]
    body = wanted.body(Typed("struct_extract(z_, 'key')", kind.key), Typed("struct_extract(z_, 'value')", kind.value))
    return form.format(entries=f"map_entries({call.sql(0)})", body=body.sql), body


@RULES.of("map_filter")
def map_filter(call: Call) -> Typed:
    kind = of_map(call)
    sql, _ = _entries(call, kind, "map_from_entries(list_filter({entries}, lambda z_: coalesce({body}, false)))", ())
    return Typed(sql, kind)


@RULES.of("transform_values")
def transform_values(call: Call) -> Typed:
    kind = of_map(call)
    form = "map_from_entries(list_transform({entries}, lambda z_: struct_pack(key := struct_extract(z_, 'key'), value := {body})))"
    sql, body = _entries(call, kind, form, ())
    return Typed(sql, MapOf(kind.key, body.type))


@RULES.of("transform_keys")
def transform_keys(call: Call) -> Typed:
    kind = of_map(call)
    form = "map_from_entries(list_transform({entries}, lambda z_: struct_pack(key := {body}, value := struct_extract(z_, 'value'))))"
    sql, body = _entries(call, kind, form, ())
    return Typed(sql, MapOf(body.type, kind.value))


@RULES.of("map_zip_with")
def map_zip_with(call: Call) -> Typed:
    needs(call, 3)
    left, right = of_map(call), of_map(call, 1)
    if left.key != right.key:
        raise Refused(f"map_zip_with() of {left} and {right}", "cast the keys to one type")
    a, b, wanted = call.sql(0), call.sql(1), call.lambdas[2]
    body = wanted.body(
        Typed("k_", left.key),
        Typed(f"map_extract_value({a}, k_)", left.value),
        Typed(f"map_extract_value({b}, k_)", right.value),
    )
    keys = f"spark_distinct(map_keys({a}) || map_keys({b}))"
    made = f"map_from_entries(list_transform({keys}, lambda k_: struct_pack(key := k_, value := {body.sql})))"
    return Typed(f"CASE WHEN {a} IS NOT NULL AND {b} IS NOT NULL THEN {made} END", MapOf(left.key, body.type))


@RULES.of("str_to_map")
def str_to_map(call: Call) -> Typed:
    needs(call, 1, 3)
    pair, between = call.text(1, ","), call.text(2, ":")
    if any(mark in pair + between for mark in ".\\+*?[^]$(){}|"):
        raise Refused("str_to_map() by a pattern", "keep to plain characters, such as ',' and ':'")
    value = call.as_(0, STRING)
    made = (
        f"map_from_entries(list_transform(string_split({value}, '{pair}'), lambda p_: struct_pack(key := split_part(p_, '{between}', 1), "
        f"value := CASE WHEN contains(p_, '{between}') THEN substr(p_, strpos(p_, '{between}') + {len(between)}) END)))"
    )
    return Typed(made, MapOf(STRING, STRING))


MACROS: tuple[str, ...] = ()

CASES = (
    "select id, map_keys(m) as a, map_values(m) as b, map_entries(m) as c, map_contains_key(m, 'k') as e, m['zz'] as g from nest",
    "select map('a', 1, 'b', 2) as a, map('a', 1)['a'] as b, map_from_arrays(array('x', 'y'), array(1, 2)) as c, map_from_entries(array(struct('a', 1), struct('b', 2))) as e, map_concat(map('a', 1), map('b', 2)) as g, str_to_map('a:1,b:2') as h, str_to_map('a=1;b', ';', '=') as j",
    "select id, map_filter(m, (k, v) -> v > 1) as a, transform_values(m, (k, v) -> v * 2) as b, transform_keys(m, (k, v) -> upper(k)) as c from nest",
    "select id, st.name as a, st.qty as b, st.inner.x as c, st as e from nest",
    "select named_struct('a', 1, 'b', 'x') as a, struct(1 as p, 'q' as r) as b, struct(1, 'z') as c, named_struct('a', named_struct('b', 2)).a.b as e, struct(null as n).n as g",
    "select id, struct(id, st.name) as a, named_struct('n', st.qty, 'k', map_keys(m)) as b from nest",
    "select id, st = named_struct('name', 'ann', 'qty', 1, 'inner', named_struct('x', 1.5D)) as a, st is null as b from nest",
)
