"""JSON: null for what is no JSON, a value only where its kind fits, and the text that Jackson would write."""

import re

from lakemesh.declare import types as declared
from lakemesh.declare.types import Array, Decimal, MapOf, Struct, Type
from lakemesh.engine.duckdb.casts import cast, utc
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import (
    BINARY,
    BOOLEAN,
    DATE,
    DOUBLE,
    FLOAT,
    INT,
    NTZ,
    STRING,
    TIMESTAMP,
    WHOLE,
    Refused,
    Typed,
    text,
)
from lakemesh.engine.duckdb.types import quoted
from lakemesh.engine.duckdb.types import to_duckdb as spelled

RULES = Rules()
STEP = re.compile(r"\.([^.\[\]*]+)|\['([^']*)'\]|\[(\d+)\]")


def path(call: Call, place: int) -> str:
    """A JSON path as DuckDB writes it."""
    said = call.text(place)
    steps, end = "$", 1
    while said.startswith("$") and end < len(said):
        found = STEP.match(said, end)
        if not found:
            raise Refused(
                f'{call.name}() with the path "{said}"', "keep to $.name and [0]; from_json reads what repeats"
            )
        steps += f"[{found[3]}]" if found[3] else f'."{found[1] or found[2]}"'
        end = found.end()
    if not said.startswith("$"):
        return ""
    return text(steps)


@RULES.of("get_json_object")
def get_json_object(call: Call) -> Typed:
    needs(call, 2)
    where = path(call, 1)
    if not where:
        return Typed("CAST(NULL AS VARCHAR)", STRING)
    value = f"spark_quoted({call.as_(0, STRING)})"
    if where.endswith(("]'", "'$'")):  # an element that is null is the text null, a field is not
        return Typed(
            f"CASE WHEN TRY(json_type({value}, {where})) = 'NULL' THEN 'null' ELSE TRY(json_extract_string({value}, {where})) END",
            STRING,
        )
    return Typed(f"TRY(json_extract_string({value}, {where}))", STRING)


@RULES.of("json_array_length")
def json_array_length(call: Call) -> Typed:
    value = call.as_(0, STRING)
    return Typed(
        f"CASE WHEN TRY(json_type({value})) = 'ARRAY' THEN CAST(json_array_length({value}) AS INTEGER) END", INT
    )


@RULES.of("json_object_keys")
def json_object_keys(call: Call) -> Typed:
    value = call.as_(0, STRING)
    return Typed(f"CASE WHEN TRY(json_type({value})) = 'OBJECT' THEN json_keys({value}) END", Array(STRING))


@RULES.of("from_json")
def from_json(call: Call) -> Typed:
    needs(call, 2)
    said = call.text(1)
    try:
        kind = declared.parse(_spelled(said)) if re.match(r"(?i)\s*(array|map|struct)\s*<", said) else _fields(said)
    except ValueError as error:
        raise Refused(f'from_json() with the schema "{said}"', str(error)) from None
    value = call.as_(0, STRING)
    whole = read(f"TRY(CAST(spark_quoted({value}) AS JSON))", kind)
    if isinstance(kind, Struct):
        return Typed(
            f"CASE WHEN {value} IS NULL OR trim({value}) = '' THEN NULL ELSE coalesce({whole}, {_empty(kind)}) END",
            kind,
        )
    return Typed(f"CASE WHEN trim({value}) <> '' THEN {whole} END", kind)


def _spelled(said: str) -> str:
    return re.sub(r"\s*([<>,:()])\s*", r"\1", said.strip().lower() if "struct" not in said.lower() else said.strip())


def _fields(said: str) -> Type:
    """`a int, b string`: the fields of a struct, with or without colons."""
    depth, parts, part = 0, [], ""
    for char in said:
        depth += (char in "<(") - (char in ">)")
        if char == "," and not depth:
            parts.append(part)
            part = ""
        else:
            part += char
    named = []
    for field in [*parts, part]:
        name, _, kind = re.sub(r"^\s*([^\s:]+)\s*:?\s*", r"\1\0", field).partition("\0")
        named.append((name.strip("`"), declared.parse(_spelled(kind))))
    return Struct(tuple(named))


def _empty(kind: Struct) -> str:
    packed = ", ".join(f"{quoted(name)} := CAST(NULL AS {spelled(item)})" for name, item in kind.fields)
    return f"struct_pack({packed})"


def read(value: str, kind: Type, depth: int = 0) -> str:
    """The value of a JSON node, null where it is of another kind."""
    said = f"json_extract_string({value}, '$')"
    is_ = f"json_type({value})"
    if kind == STRING:
        return f"CASE WHEN {is_} <> 'NULL' THEN {said} END"
    if kind in WHOLE:
        return f"CASE WHEN {is_} IN ('UBIGINT', 'BIGINT', 'HUGEINT') THEN TRY_CAST({said} AS {spelled(kind)}) END"
    if kind in (DOUBLE, FLOAT) or isinstance(kind, Decimal):
        return f"CASE WHEN {is_} IN ('UBIGINT', 'BIGINT', 'HUGEINT', 'DOUBLE') THEN TRY_CAST({said} AS {spelled(kind)}) END"
    if kind == BOOLEAN:
        return f"CASE WHEN {is_} = 'BOOLEAN' THEN TRY_CAST({said} AS BOOLEAN) END"
    if kind in (DATE, TIMESTAMP, NTZ):
        return f"CASE WHEN {is_} = 'VARCHAR' THEN {cast(Typed(said, STRING), kind).sql} END"
    name = f"j{depth}_"
    if isinstance(kind, Array):
        items, one = f"json_extract({value}, '$[*]')", read(name, kind.item, depth + 1)
        fits = f"len(list_filter({items}, lambda {name}: json_type({name}) <> 'NULL' AND ({one}) IS NULL)) = 0"
        return f"CASE WHEN {is_} = 'ARRAY' AND {fits} THEN list_transform({items}, lambda {name}: {one}) END"
    if isinstance(kind, Struct):
        packed = ", ".join(
            f"{quoted(field)} := {read(f'json_extract({value}, {text(_key(field))})', item, depth)}"
            for field, item in kind.fields
        )
        return f"CASE WHEN {is_} = 'OBJECT' THEN struct_pack({packed}) END"
    if isinstance(kind, MapOf) and kind.key == STRING:
        held = read(f"json_extract({value}, '$.\"' || {name} || '\"')", kind.value, depth + 1)
        return f"CASE WHEN {is_} = 'OBJECT' THEN map(json_keys({value}), list_transform(json_keys({value}), lambda {name}: {held})) END"
    raise Refused(f"from_json() of {kind}", "read it as string")


def _key(field: str) -> str:
    return f'$."{field}"'


@RULES.of("to_json")
def to_json(call: Call) -> Typed:
    needs(call, 1)
    if not isinstance(call.type(0), (Struct, Array, MapOf)):
        raise Refused(f"to_json() of {call.type(0)}", "give it a struct, an array or a map")
    return Typed(f"CASE WHEN {call.sql(0)} IS NOT NULL THEN {written(call.sql(0), call.type(0))} END", STRING)


def written(value: str, kind: Type, depth: int = 0) -> str:
    """The JSON of a value that is not null."""
    name = f"w{depth}_"
    if kind in (*WHOLE, BOOLEAN) or isinstance(kind, Decimal):
        if isinstance(kind, Decimal) and kind.scale == kind.precision < 38:
            value = f"CAST({value} AS DECIMAL({kind.precision + 1},{kind.scale}))"  # 0.1, not .1
        return f"CAST({value} AS VARCHAR)"
    if kind in (DOUBLE, FLOAT):
        made = cast(Typed(value, kind), STRING).sql
        return f"CASE WHEN isfinite({value}) THEN {made} ELSE '\"' || {made} || '\"' END"
    if kind in (TIMESTAMP, NTZ):
        local = utc(value) if kind == TIMESTAMP else value
        return f"strftime({local}, '\"%Y-%m-%dT%H:%M:%S.%g{'Z' if kind == TIMESTAMP else ''}\"')"
    if isinstance(kind, Array):
        inner = f"list_transform({value}, lambda {name}: CASE WHEN {name} IS NULL THEN 'null' ELSE {written(name, kind.item, depth + 1)} END)"
        return f"('[' || array_to_string({inner}, ',') || ']')"
    if isinstance(kind, MapOf):
        key = f"CAST(to_json({cast(Typed(f'{name}.key', kind.key), STRING).sql}) AS VARCHAR)"
        held = f"CASE WHEN {name}.value IS NULL THEN 'null' ELSE {written(f'{name}.value', kind.value, depth + 1)} END"
        return f"('{{' || array_to_string(list_transform(map_entries({value}), lambda {name}: {key} || ':' || {held}), ',') || '}}')"
    if isinstance(kind, Struct):
        parts = []
        for field, item in kind.fields:
            part = f"struct_extract({value}, {text(field)})"
            parts.append(f"CASE WHEN {part} IS NOT NULL THEN {text(_label(field))} || {written(part, item, depth)} END")
        return f"('{{' || concat_ws(',', {', '.join(parts)}) || '}}')"
    if kind == BINARY:
        return f"('\"' || to_base64({value}) || '\"')"
    return f"CAST(to_json({cast(Typed(value, kind), STRING).sql}) AS VARCHAR)"


def _label(field: str) -> str:
    return '"' + field.replace("\\", "\\\\").replace('"', '\\"') + '":'


MACROS: tuple[str, ...] = (
    # Spark reads names and texts in single quotes, too.
    # It reads no comma with nothing after it.
    r"""spark_unquoted(s) AS regexp_replace(s, '"(?:\\.|[^"\\])*"', '""', 'g')""",
    r"""spark_quoted(s) AS CASE WHEN regexp_matches(s, ',\s*[}\]]') AND regexp_matches(spark_unquoted(s), ',\s*[}\]]') THEN NULL
    WHEN contains(s, chr(39)) AND NOT contains(s, '"') THEN replace(s, chr(39), '"') ELSE s END""",
)

CASES = (
    "select id, get_json_object(js, '$.a') as a, get_json_object(js, '$.b.c') as b, get_json_object(js, '$.l[0]') as c, get_json_object(js, '$.l') as e, get_json_object(js, '$') as g, get_json_object(js, '$.zz') as h, get_json_object(js, 'a') as j, get_json_object(js, \"$['a']\") as k from txt",
    "select id, from_json(js, 'a int, b struct<c:string>, l array<int>') as a from txt",
    "select id, from_json(js, 'a string').a as a, from_json(js, 'a double, t timestamp, d date, f boolean') as b from txt",
    "select from_json('{\"a\":1.5,\"b\":\"x\"}', 'a int, b string') as a, from_json('{\"a\":\"7\"}', 'a int') as b, from_json('{\"a\":{\"x\":1}}', 'a string') as c, from_json('[1,2]', 'array<int>') as e, from_json('{\"x\":1,\"y\":2}', 'map<string,int>') as g, from_json(null, 'a int') as h, from_json('bad', 'a int') as j",
    "select from_json('{\"a\":9999999999}', 'a int') as a, from_json('{\"a\":12.345}', 'a decimal(5,2)') as b, from_json('{\"a\":true}', 'a string') as c, from_json('{\"a\":null}', 'a string') as e, from_json('[{\"k\":1},{\"k\":null}]', 'array<struct<k:int>>') as g, from_json('', 'a int') as h",
    "select id, to_json(st) as a, to_json(a) as b, to_json(m) as c, to_json(ast) as e, to_json(named_struct('id', id, 's', sa)) as g from nest",
    "select to_json(named_struct('t', timestamp '2020-01-05 10:11:12.5', 'd', date '2020-01-05', 'x', 1.50, 'y', 1e10, 'z', 'a\"b', 'n', cast(null as int), 'b', true)) as a, to_json(struct(1 as a, 'é' as b)) as b, to_json(array()) as c",
    "select id, json_array_length(get_json_object(js, '$.l')) as a, json_object_keys(js) as b from txt",
    "select id, cast(get_json_object(js, '$.a') as int) as a, coalesce(get_json_object(js, '$.b.c'), 'none') as b from txt",
)
