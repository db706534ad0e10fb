"""Structs, lists and maps in another shape: fields by name, each level cast by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pyarrow as pa

from lakemesh.lake.writer.arrow import Array, call


def nested(array: Array, kind: pa.DataType, inner: Callable[[Array, pa.DataType], Array]) -> Array:
    """The array as `kind`; `inner` casts what it holds."""
    # An offset into its parent's buffers would have to be carried through every level.
    whole = array.take(pa.array(range(len(array)), pa.int64())) if array.offset else array
    mask = whole.is_null() if whole.null_count else None
    if isinstance(kind, pa.StructType) and isinstance(whole, pa.StructArray):
        return _struct(whole, kind, mask, inner)
    if isinstance(kind, pa.MapType) and isinstance(whole, pa.MapArray):
        keys, items = inner(whole.keys, kind.key_type), inner(whole.items, kind.item_type)
        return cast(Array, _made(pa.MapArray)(_offsets(whole.offsets, mask, pa.int32()), keys, items, kind))
    if isinstance(kind, pa.LargeListType) and isinstance(whole, (pa.ListArray, pa.LargeListArray)):
        values = inner(whole.values, kind.value_type)
        return cast(Array, _made(pa.LargeListArray)(_offsets(whole.offsets, mask, pa.int64()), values, kind))
    if isinstance(kind, pa.ListType) and isinstance(whole, (pa.ListArray, pa.LargeListArray)):
        values = inner(whole.values, kind.value_type)
        return cast(Array, _made(pa.ListArray)(_offsets(whole.offsets, mask, pa.int32()), values, kind))
    return whole.cast(kind)


def _struct(
    array: pa.StructArray, kind: pa.StructType, mask: Array | None, inner: Callable[[Array, pa.DataType], Array]
) -> Array:
    known = {field.name: position for position, field in enumerate(array.type)}
    parts = [
        inner(array.field(known[field.name]), field.type) if field.name in known else pa.nulls(len(array), field.type)
        for field in kind
    ]
    return cast(Array, _made(pa.StructArray)(parts, fields=list(kind), mask=mask))


def _made(of: type) -> Callable[..., Any]:
    return cast(Callable[..., Any], of.from_arrays)  # type: ignore[attr-defined]


def _offsets(offsets: Array, mask: Array | None, kind: pa.DataType) -> Array:
    if mask is None:
        return offsets.cast(kind)
    # A null list is a null offset; the last one only says where the values end.
    nulls = pa.concat_arrays([mask, pa.array([False])])
    return call("if_else", nulls, pa.scalar(None, offsets.type), offsets).cast(kind)
