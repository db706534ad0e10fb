"""A piece of DuckDB SQL with the type that Spark gives it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct, Type

UNKNOWN = Primitive("unknown")
VOID = Primitive("void")
BOOLEAN = Primitive("boolean")
TINYINT, SMALLINT, INT, BIGINT = (Primitive(name) for name in ("tinyint", "smallint", "int", "bigint"))
FLOAT, DOUBLE = Primitive("float"), Primitive("double")
STRING, BINARY = Primitive("string"), Primitive("binary")
DATE, TIMESTAMP, NTZ = Primitive("date"), Primitive("timestamp"), Primitive("timestamp_ntz")
INTERVAL = Primitive("interval")

WHOLE = (TINYINT, SMALLINT, INT, BIGINT)
NUMBERS = (*WHOLE, FLOAT, DOUBLE)
AS_DECIMAL = {TINYINT: Decimal(3, 0), SMALLINT: Decimal(5, 0), INT: Decimal(10, 0), BIGINT: Decimal(20, 0)}
TIMES = (DATE, NTZ, TIMESTAMP)


@dataclass(frozen=True, slots=True)
class Typed:
    """DuckDB SQL of one value. `value` is what a literal says, None for anything else."""

    sql: str
    type: Type
    value: str | int | None = None


class Refused(Exception):
    """Spark SQL that DuckDB cannot be made to answer alike: what, and what to use."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy


def once(parts: Sequence[str], build: Callable[[list[str]], str]) -> str:
    """The SQL that `build` makes of parts, each computed once however often it is used there.

    Rules and macros repeat their arguments, and a call in a call in a call would grow without bound.
    """
    names = [f"v{crc32(part.encode()):x}_" if _heavy(part) else part for part in parts]
    made = build(names)
    for name, part in zip(names, parts, strict=True):
        if name == part:
            continue
        if made.count(name) <= 1 and "spark_" not in made:
            made = made.replace(name, part)
        else:
            made = f"list_extract(list_transform([{part}], lambda {name}: {made}), 1)"
    return made


# Of these DuckDB does not try.
_OVER_ROWS = re.compile(
    r"\b(?:sum|avg|count|min|max|list|first|last|any_value|arg_\w+|quantile\w*|stddev\w*|var_\w+|bool_\w+|bit_and|bit_or"
    r"|bit_xor|median|corr|covar\w+|regr_\w+|skewness|kurtosis\w*)\(|\bOVER\b"
)


def or_null(sql: str) -> str:
    """The same, but null where it fails; over many rows at once it still stops."""
    return sql if _OVER_ROWS.search(sql) else f"TRY({sql})"


def _heavy(sql: str) -> bool:
    """Whether repeating it would be felt: a macro is much longer than its name."""
    return len(sql) + 400 * sql.count("spark_") > 200


def is_number(kind: Type) -> bool:
    return kind in NUMBERS or isinstance(kind, Decimal)


def text(value: str) -> str:
    """A text literal of DuckDB."""
    return "'" + value.replace("'", "''") + "'"


def bounded(precision: int, scale: int) -> Decimal:
    """Spark's type of a decimal result: at most 38 digits, giving up those behind the point beyond six."""
    if precision <= 38:
        return Decimal(precision, scale)
    whole = precision - scale
    return Decimal(38, max(38 - whole, min(scale, 6)))


def widest(kinds: Iterable[Type], text_wins: bool = True) -> Type:
    """The type that values of all these types have together in Spark: in coalesce, case, union, in, greatest."""
    made: Type = VOID
    for kind in kinds:
        made = wider(made, kind, text_wins)
    return made


def wider(left: Type, right: Type, text_wins: bool = True) -> Type:
    """The same for two."""
    if left == right or right == VOID:
        return left
    if left == VOID:
        return right
    if UNKNOWN in (left, right):
        return UNKNOWN
    if isinstance(left, Array) and isinstance(right, Array):
        return Array(wider(left.item, right.item, text_wins))
    if isinstance(left, MapOf) and isinstance(right, MapOf):
        return MapOf(wider(left.key, right.key, text_wins), wider(left.value, right.value, text_wins))
    if isinstance(left, Struct) and isinstance(right, Struct) and len(left.fields) == len(right.fields):
        pairs = zip(left.fields, right.fields, strict=True)
        return Struct(tuple((name, wider(a, b, text_wins)) for (name, a), (_, b) in pairs))
    if is_number(left) and is_number(right):
        return _number(left, right)
    if left in TIMES and right in TIMES:
        return TIMESTAMP if TIMESTAMP in (left, right) else NTZ
    if STRING in (left, right) and text_wins:
        other = right if left == STRING else left
        return STRING if isinstance(other, (Primitive, Decimal)) and other not in (BINARY, BOOLEAN) else UNKNOWN
    return UNKNOWN


def _number(left: Type, right: Type) -> Type:
    if DOUBLE in (left, right):
        return DOUBLE
    if FLOAT in (left, right):
        return DOUBLE if isinstance(left, Decimal) or isinstance(right, Decimal) else FLOAT
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        a, b = as_decimal(left), as_decimal(right)
        scale = max(a.scale, b.scale)
        whole = max(a.precision - a.scale, b.precision - b.scale)
        return Decimal(min(38, whole + scale), min(38, scale))
    return max(left, right, key=lambda kind: WHOLE.index(kind) if kind in WHOLE else 0)


def as_decimal(kind: Type) -> Decimal:
    """The decimal that holds every value of a whole type."""
    return (
        kind
        if isinstance(kind, Decimal)
        else AS_DECIMAL.get(kind, Decimal(38, 18))
        if isinstance(kind, Primitive)
        else Decimal(38, 18)
    )
