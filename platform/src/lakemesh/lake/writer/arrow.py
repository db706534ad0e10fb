"""Arrow's functions by name: its stubs know fewer of them, and fewer types, than there are."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc

Array: TypeAlias = "pa.Array[Any]"
Field: TypeAlias = "pa.Field[Any]"
Value: TypeAlias = "pa.Scalar[Any]"


def call(name: str, *arguments: Array | Value, options: pc.FunctionOptions | None = None) -> Array:
    """One function over arrays of one length, and single values."""
    return cast(Array, pc.call_function(name, list(arguments), options))


def value(of: int, kind: pa.DataType) -> Value:
    """A number as a single value."""
    return pa.scalar(of, kind)


def floor_divide(array: Array, by: int) -> Array:
    """Whole division that rounds down; Arrow's own goes towards zero, and before 1970 that is one too many."""
    divisor = value(by, array.type)
    quotient = call("divide", array, divisor)
    rest = call("subtract", array, call("multiply", quotient, divisor))
    return call("subtract", quotient, call("less", rest, value(0, array.type)).cast(array.type))
