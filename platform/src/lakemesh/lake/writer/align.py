"""Batches as they come, in the columns and types of the table."""

import pyarrow as pa

from lakemesh.errors import Stopped
from lakemesh.lake.writer.arrow import Array, Field
from lakemesh.lake.writer.nested import nested


def aligned(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The columns of `schema`, by name: others are left out, missing ones are null, values are cast if they fit."""
    columns: list[Array] = []
    for field in schema:
        at = batch.schema.get_field_index(field.name)
        columns.append(pa.nulls(batch.num_rows, field.type) if at < 0 else _fitted(batch.column(at), field))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _fitted(array: Array, field: Field) -> Array:
    if array.type.equals(field.type):
        return array
    try:
        return _cast(array, field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
        raise Stopped(
            f'column "{field.name}": a value of type {array.type} does not fit {field.type} ({_first(error)})',
            f'cast "{field.name}" in the SELECT, or declare a wider type',
        ) from error


def _first(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")


def _cast(array: Array, kind: pa.DataType) -> Array:
    if array.type.equals(kind):
        return array
    if isinstance(array, pa.ExtensionArray) and not isinstance(kind, pa.BaseExtensionType):
        return _cast(array.storage, kind)
    if isinstance(array, pa.DictionaryArray):
        return _cast(array.dictionary_decode(), kind)
    if pa.types.is_nested(kind) and not pa.types.is_null(array.type):
        return nested(array, kind, _cast)
    return array.cast(kind)
