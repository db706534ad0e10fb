"""Batches as they come, in the columns and types of the table."""

import pyarrow as pa
import pyarrow.compute as pc

from lakemesh.errors import Stopped


def aligned(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The columns of `schema`, by name: others are left out, missing ones are null, values are cast if they fit."""
    columns: list[pa.Array] = []
    for field in schema:
        at = batch.schema.get_field_index(field.name)
        columns.append(pa.nulls(batch.num_rows, field.type) if at < 0 else _fitted(batch.column(at), field))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _fitted(array: pa.Array, field: pa.Field) -> pa.Array:
    if array.type.equals(field.type):
        return array
    try:
        return _cast(array, field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
        raise Stopped(
            f'column "{field.name}": a value of type {array.type} does not fit {field.type} ({str(error).splitlines()[0]})',
            f'cast "{field.name}" in the SELECT, or declare a wider type',
        ) from error


def _cast(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if array.type.equals(kind):
        return array
    if isinstance(array, pa.ExtensionArray) and not isinstance(kind, pa.BaseExtensionType):
        return _cast(array.storage, kind)
    if pa.types.is_dictionary(array.type):
        return _cast(array.dictionary_decode(), kind)
    if not pa.types.is_nested(kind) or pa.types.is_null(array.type):
        return array.cast(kind)
    # An offset into its parent's buffers would have to be carried through every level.
    whole = array.take(pa.array(range(len(array)), pa.int64())) if array.offset else array
    mask = whole.is_null() if whole.null_count else None
    if isinstance(kind, pa.StructType):
        return _struct(whole, kind, mask)
    if isinstance(kind, pa.MapType):
        return _map(whole, kind, mask)
    return _list(whole, kind, mask)


def _struct(array: pa.Array, kind: pa.StructType, mask: pa.Array | None) -> pa.Array:
    if not isinstance(array, pa.StructArray):
        return array.cast(kind)
    known = {field.name: position for position, field in enumerate(array.type)}
    # Field by field, because a struct's fields are matched by name and may come in another order.
    parts = [
        _cast(array.field(known[field.name]), field.type) if field.name in known else pa.nulls(len(array), field.type)
        for field in kind
    ]
    return pa.StructArray.from_arrays(parts, fields=list(kind), mask=mask)


def _map(array: pa.Array, kind: pa.MapType, mask: pa.Array | None) -> pa.Array:
    if not isinstance(array, pa.MapArray):
        return array.cast(kind)
    keys, items = _cast(array.keys, kind.key_type), _cast(array.items, kind.item_type)
    return pa.MapArray.from_arrays(_offsets(array, mask), keys, items, kind)


def _list(array: pa.Array, kind: pa.DataType, mask: pa.Array | None) -> pa.Array:
    if not isinstance(array, (pa.ListArray, pa.LargeListArray)):
        return array.cast(kind)
    values = _cast(array.values, kind.value_type)
    if isinstance(kind, pa.LargeListType):
        return pa.LargeListArray.from_arrays(_offsets(array, mask).cast(pa.int64()), values, kind)
    return pa.ListArray.from_arrays(_offsets(array, mask).cast(pa.int32()), values, kind)


def _offsets(array: pa.Array, mask: pa.Array | None) -> pa.Array:
    # A null list is a null offset; the last one only says where the values end.
    if mask is None:
        return array.offsets
    last = pa.array([False])
    return pc.if_else(pa.concat_arrays([mask, last]), pa.scalar(None, array.offsets.type), array.offsets)
