"""Arrow columns as text, for CSV and JSON: times in ISO 8601, decimals whole, bytes in hexadecimal."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    Column: TypeAlias = pa.Array[pa.Scalar[pa.DataType]]


def rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    """Python values, row by row."""
    return zip(*map(values, batch.columns), strict=True)


def values(column: "Column") -> list[object]:
    """Python values."""
    kind = column.type
    if isinstance(kind, pa.TimestampType) and kind.unit == "ns":
        # Python has no nanoseconds; without this cast, pandas would be asked for.
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    return cast(list[object], column.to_pylist())  # type: ignore[misc]


def texts(column: "Column") -> Sequence[str | None]:
    """Each value as text, null as None. A list, map or struct is JSON."""
    if pa.types.is_string(column.type):
        return cast(list[str | None], values(column))
    if (quick := _by_arrow(column)) is not None:
        return quick
    nested = pa.types.is_nested(column.type)
    return [None if v is None else json_text(v, column.type) if nested else text(v) for v in values(column)]


def jsons(column: "Column") -> Sequence[str]:
    """Each value as JSON."""
    if (quick := _by_arrow(column)) is not None:
        quote = "" if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type) else '"'
        return ["null" if value is None else f"{quote}{value}{quote}" for value in quick]
    return [json_text(value, column.type) for value in values(column)]


def _by_arrow(column: "Column") -> Sequence[str | None] | None:
    """What Arrow writes as `text` does, and much faster; None where it does not."""
    kind = column.type
    if isinstance(kind, pa.TimestampType) and kind.tz in (None, "UTC"):
        instants = cast("pa.TimestampArray", column.cast(pa.timestamp("us", kind.tz), safe=False))
        told = pc.strftime(instants, format="%Y-%m-%dT%H:%M:%S")
        whole = pc.replace_substring_regex(told, r"\.000000$", "")
        zone = "Z" if kind.tz else ""
        return [None if value is None else value + zone for value in whole.to_pylist()]
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_date(kind):
        return column.cast(pa.string()).to_pylist()
    return None


def text(value: object) -> str:
    """One plain value, so that it reads back as the same."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value) if math.isfinite(value) else _not_finite(value)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
    return str(value)


def json_text(value: object, kind: pa.DataType) -> str:
    """One value as JSON. NaN and infinities are texts, as Spark writes them; a map is an object."""
    match value:
        case None:
            return "null"
        case dict() if isinstance(kind, pa.StructType):
            return "{" + ",".join(f"{_quoted(f.name)}:{json_text(value[f.name], f.type)}" for f in kind.fields) + "}"
        case list() if isinstance(kind, pa.MapType):
            return "{" + ",".join(f"{_quoted(text(k))}:{json_text(v, kind.item_type)}" for k, v in value) + "}"
        case list() if isinstance(kind, pa.ListType | pa.LargeListType | pa.FixedSizeListType):
            return "[" + ",".join(json_text(item, kind.value_type) for item in value) + "]"
        case float() if not math.isfinite(value):
            return _quoted(_not_finite(value))
        case bool() | int() | float() | Decimal():
            return text(value)
    return _quoted(text(value))


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"
