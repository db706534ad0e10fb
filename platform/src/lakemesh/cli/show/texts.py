"""Arrow columns as text, for CSV and JSON: times in ISO 8601, decimals whole, bytes in hexadecimal."""

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, cast

import pyarrow as pa

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
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_string(kind):
        found: list[str | None] = column.cast(pa.string()).to_pylist()
        return found
    nested = pa.types.is_nested(kind)
    return [None if v is None else json_text(v, kind) if nested else text(v) for v in values(column)]


def jsons(column: "Column") -> Sequence[str]:
    """Each value as JSON."""
    if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        return [value or "null" for value in column.cast(pa.string()).to_pylist()]
    return [json_text(value, column.type) for value in values(column)]


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
