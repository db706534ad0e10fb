"""A value as another type, as Spark 3.5 casts it: `cast` with ANSI off, and `try_cast`, which is stricter."""

import re

from lakemesh.declare import types as declared
from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct, Type
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    BINARY,
    BOOLEAN,
    DATE,
    DOUBLE,
    FLOAT,
    INT,
    NTZ,
    SMALLINT,
    STRING,
    TIMESTAMP,
    TINYINT,
    UNKNOWN,
    VOID,
    WHOLE,
    Refused,
    Typed,
    once,
    text,
)
from lakemesh.engine.duckdb.types import quoted
from lakemesh.engine.duckdb.types import to_duckdb as spelled

BITS = {TINYINT: 8, SMALLINT: 16, INT: 32, BIGINT: 64}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def cast(value: Typed, to: Type, strict: bool = False) -> Typed:
    """`value` as `to`. `strict` is try_cast: null where cast would cut or wrap."""
    kind = value.type
    if kind == to:
        return value
    if kind == VOID:
        return Typed(f"CAST(NULL AS {spelled(to)})", to)
    if kind == UNKNOWN or to == UNKNOWN:
        return Typed(f"TRY_CAST({value.sql} AS {spelled(to)})", to) if to != UNKNOWN else value
    return Typed(once([value.sql], lambda names: _cast(Typed(names[0], kind, value.value), to, strict)), to)


def _cast(value: Typed, to: Type, strict: bool) -> str:
    kind = value.type
    if isinstance(kind, (Array, MapOf, Struct)) or isinstance(to, (Array, MapOf, Struct)):
        return _nested(value, to, strict)
    if kind == STRING:
        return _from_text(value, to, strict)
    return _to_text(value) if to == STRING else _plain(value, to, strict)


def utc(sql: str) -> str:
    """An instant as a plain time in UTC: ten times faster to work with than one with a zone."""
    return f"make_timestamp(epoch_us({sql}))"


def instant(sql: str) -> str:
    """A plain time in UTC as an instant."""
    return f"make_timestamptz(epoch_us({sql}))"


def _from_text(value: Typed, to: Type, strict: bool) -> str:
    if isinstance(value.value, str):
        if to == DATE and DAY.fullmatch(value.value):
            return f"TRY_CAST({value.sql} AS DATE)"
        if to in (TIMESTAMP, NTZ) and MOMENT.fullmatch(value.value) and not (to == NTZ and "Z" in value.value):
            return f"TRY_CAST({value.sql} AS {spelled(to)})"
    if to in WHOLE:
        return f"spark_{to}_{'strict' if strict else 'loose'}({value.sql})"
    if isinstance(to, Decimal):
        return f"TRY_CAST(spark_decimal_text({value.sql}) AS {spelled(to)})"
    if to == BINARY:
        return f"encode({value.sql})"
    if to in (DOUBLE, FLOAT, BOOLEAN, DATE, TIMESTAMP, NTZ):
        return f"spark_{to}({value.sql})"
    raise Refused(f"a text is not made {to} by a cast", "build it from its parts")


def _to_text(value: Typed) -> str:
    kind = value.type
    if kind in (DATE, TIMESTAMP, NTZ):
        # Beyond the year 9999 it has a sign.
        sign = (
            f"CASE WHEN {value.sql} > DATE '9999-12-31' + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND THEN '+' ELSE '' END"
        )
        return f"({sign} || CAST({utc(value.sql) if kind == TIMESTAMP else value.sql} AS VARCHAR))"
    if kind == DOUBLE:
        return f"spark_double_text({value.sql})"
    if kind == FLOAT:
        return f"spark_float_text({value.sql})"
    if kind == BINARY:
        return f"TRY(decode({value.sql}))"
    if isinstance(kind, Decimal) and kind.scale == kind.precision < 38:
        wide = Decimal(kind.precision + 1, kind.scale)  # 0.1, not .1
        return _to_text(Typed(f"CAST({value.sql} AS {spelled(wide)})", wide))
    if isinstance(kind, Decimal) and kind.scale > 6:
        return f"spark_decimal_as_text({value.sql}, {kind.scale})"
    return f"CAST({value.sql} AS VARCHAR)"


def _plain(value: Typed, to: Type, strict: bool) -> str:
    kind, sql = value.type, value.sql
    if to == BOOLEAN:
        return f"({sql} <> 0)" if kind not in (DATE, TIMESTAMP, NTZ) else f"(epoch_us({sql}) <> 0)"
    if to in WHOLE:
        return _whole(value, to, strict)
    if isinstance(to, Decimal):
        if kind in (DOUBLE, FLOAT) and to.scale < 15:
            # A tie is one of the digits that one sees, not of the bits.
            wide = sql if kind == DOUBLE else f"CAST({sql} AS DOUBLE)"
            seen = f"TRY_CAST(CAST({wide} AS VARCHAR) AS {spelled(to)})"
            return f"CASE WHEN spark_tie({wide}, {to.scale}) THEN {seen} ELSE TRY_CAST({wide} AS {spelled(to)}) END"
        return f"TRY_CAST({_seconds(value) if kind == TIMESTAMP else sql} AS {spelled(to)})"
    if to == FLOAT and kind == DOUBLE:
        return f"spark_narrow({sql})"
    if to in (DOUBLE, FLOAT):
        return f"CAST({_seconds(value)} AS {spelled(to)})" if kind == TIMESTAMP else f"CAST({sql} AS {spelled(to)})"
    if to == TIMESTAMP and kind not in (DATE, NTZ, BOOLEAN):
        wide = (
            f"CAST({sql} AS BIGINT)" if kind in WHOLE else f"CAST({sql} AS DOUBLE)" if kind in (DOUBLE, FLOAT) else sql
        )
        return f"make_timestamptz(CAST(trunc({wide} * 1000000) AS BIGINT))"
    if to in (DATE, TIMESTAMP, NTZ) and kind in (DATE, TIMESTAMP, NTZ):
        plain = utc(sql) if kind == TIMESTAMP else sql if kind == NTZ else f"CAST({sql} AS TIMESTAMP)"
        return f"CAST({plain} AS DATE)" if to == DATE else instant(plain) if to == TIMESTAMP else plain
    raise Refused(f"{kind} is not made {to} by a cast", "Spark refuses it, too")


def _whole(value: Typed, to: Primitive, strict: bool) -> str:
    kind, sql = value.type, value.sql
    if kind == BOOLEAN:
        return f"CAST({sql} AS {spelled(to)})"
    if kind == TIMESTAMP:
        sql, kind = f"spark_floor_by(epoch_us({sql}), 1000000)", BIGINT
    if kind in WHOLE:
        if BITS[kind] <= BITS[to]:
            return f"CAST({sql} AS {spelled(to)})"
        return f"TRY_CAST({sql} AS {spelled(to)})" if strict else wrapped(sql, to)
    if kind in (DOUBLE, FLOAT):
        if strict:
            return f"TRY_CAST(trunc({sql}) AS {spelled(to)})"
        held = "INTEGER" if to in (TINYINT, SMALLINT, INT) else "BIGINT"
        inner = f"spark_saturated_{'int' if held == 'INTEGER' else 'bigint'}(CAST({sql} AS DOUBLE))"
        return wrapped(inner, to) if to in (TINYINT, SMALLINT) else inner
    if isinstance(kind, Decimal):
        cut = f"trunc({sql})" if kind.scale else sql
        if strict or kind.precision - kind.scale < len(str(2 ** (BITS[to] - 1))):
            return f"TRY_CAST({cut} AS {spelled(to)})"
        return wrapped(cut, to)
    raise Refused(f"{kind} is not made {to} by a cast", "Spark refuses it, too")


def wrapped(sql: str, to: Primitive) -> str:
    """The low bits of a larger whole number, as Java narrows it."""
    half, full = 2 ** (BITS[to] - 1), 2 ** BITS[to]
    return f"CAST((((CAST({sql} AS HUGEINT) + {half}) & {full - 1}) - {half}) AS {spelled(to)})"


def _seconds(value: Typed) -> str:
    return f"(epoch_us({value.sql}) / 1000000.0::DOUBLE)"


def _nested(value: Typed, to: Type, strict: bool) -> str:
    kind = value.type
    if isinstance(kind, Array) and isinstance(to, Array):
        inner = cast(Typed("e_", kind.item), to.item, strict)
        return f"list_transform({value.sql}, lambda e_: {inner.sql})"
    if isinstance(kind, Struct) and isinstance(to, Struct) and len(kind.fields) == len(to.fields):
        fields = []
        for (old, item), (new, wanted) in zip(kind.fields, to.fields, strict=True):
            part = Typed(f"struct_extract({value.sql}, {text(old)})", item)
            fields.append(f"{quoted(new)} := {cast(part, wanted, strict).sql}")
        return f"CASE WHEN {value.sql} IS NOT NULL THEN struct_pack({', '.join(fields)}) END"
    if isinstance(kind, MapOf) and isinstance(to, MapOf):
        key = cast(Typed("e_.key", kind.key), to.key, strict)
        held = cast(Typed("e_.value", kind.value), to.value, strict)
        packed = f"struct_pack(key := {key.sql}, value := {held.sql})"
        return f"map_from_entries(list_transform(map_entries({value.sql}), lambda e_: {packed}))"
    if isinstance(kind, Array) and to == STRING:
        said = cast(Typed("e_", kind.item), STRING).sql
        return (
            f"('[' || array_to_string(list_transform({value.sql}, lambda e_: coalesce({said}, 'null')), ', ') || ']')"
        )
    if isinstance(kind, Struct) and to == STRING:
        parts = [
            f"coalesce({cast(Typed(f'struct_extract({value.sql}, {text(name)})', item), STRING).sql}, 'null')"
            for name, item in kind.fields
        ]
        joined = " || ', ' || ".join(parts)
        return f"CASE WHEN {value.sql} IS NOT NULL THEN '{{' || {joined} || '}}' END"
    raise Refused(f"{kind} is not made {to} by a cast", "build it from its parts")


def type_of(target: str) -> Type:
    """The type that a cast names."""
    extra = {
        "byte": "tinyint",
        "short": "smallint",
        "integer": "int",
        "long": "bigint",
        "real": "float",
        "timestamp_ltz": "timestamp",
    }
    plain = extra.get(target, target)
    if plain in ("tinyint", "smallint", "void"):
        return Primitive(plain)
    if plain in ("decimal", "numeric", "dec"):
        return Decimal(10, 0)
    if plain.startswith(("varchar", "char")):
        return STRING
    try:
        return declared.parse(plain.replace("numeric(", "decimal(").replace(", ", ",").replace(": ", ":"))
    except ValueError as error:
        raise Refused(f'"{target}" is not a type of a table', str(error)) from None
