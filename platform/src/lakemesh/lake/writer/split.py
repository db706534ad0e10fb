"""A batch, split by the partition its rows belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema

from lakemesh.lake.writer.arrow import Array, call, value
from lakemesh.lake.writer.transform import Applied, applied

Key: TypeAlias = tuple[object, ...]
"""The values of one partition, as a manifest holds them."""
_LONG = 256


@dataclass(frozen=True, slots=True)
class Parts:
    """The partitions of a batch, each as stretches of its rows, or of `order`, which brings rows of one together."""

    batch: pa.RecordBatch
    values: tuple[Array, ...]
    stretches: tuple[tuple[tuple[int, int], ...], ...]
    order: Array | None = None

    def __len__(self) -> int:
        return len(self.stretches)

    def __iter__(self) -> Iterator[tuple[Key, pa.RecordBatch]]:
        for stretches in self.stretches:
            begin, end = stretches[0]
            first = begin if self.order is None else int(self.order[begin].as_py() or 0)
            yield tuple(values[first].as_py() for values in self.values), self._rows(stretches, end - begin)

    def _rows(self, stretches: tuple[tuple[int, int], ...], length: int) -> pa.RecordBatch:
        if length == self.batch.num_rows:
            return self.batch
        # A copy: a slice would keep the whole batch alive, and the limit on memory would be a lie.
        if self.order is not None:
            return self.batch.take(self.order.slice(stretches[0][0], length))
        return _copied([self.batch.slice(begin, end - begin) for begin, end in stretches])


class Split:
    """Knows which partition a row belongs to."""

    def __init__(self, schema: Schema, spec: PartitionSpec) -> None:
        self._fields: list[tuple[int, Applied]] = []
        positions = {field.field_id: position for position, field in enumerate(schema.fields)}
        for field in spec.fields:
            source = schema.find_field(field.source_id)
            self._fields.append((positions[field.source_id], applied(field.transform, source.field_type)))

    def parts(self, batch: pa.RecordBatch) -> Parts:
        """The partitions of one batch."""
        if not batch.num_rows:
            return Parts(batch, (), ())
        values = tuple(function(batch.column(position)) for position, function in self._fields)
        several = [array for array in values if not _single(array)]
        if not several:
            return Parts(batch, values, (((0, batch.num_rows),),))
        codes = _codes(several)
        runs = _runs(codes)
        # Rows that lie together are copied together; those that lie about are gathered one by one.
        if len(runs) * _LONG > batch.num_rows:
            order = call("array_sort_indices", codes)
            return Parts(batch, values, tuple(((begin, end),) for _, begin, end in _runs(codes.take(order))), order)
        together: dict[object, list[tuple[int, int]]] = {}
        for code, begin, end in runs:
            together.setdefault(code, []).append((begin, end))
        return Parts(batch, values, tuple(map(tuple, together.values())))


def _runs(codes: Array) -> list[tuple[object, int, int]]:
    """Each stretch of equal codes: the code, where it begins, where it ends."""
    encoded = cast("pa.RunEndEncodedArray[Any, Any]", call("run_end_encode", codes))
    ends = cast(list[int], encoded.run_ends.to_pylist())
    return list(zip(encoded.values.to_pylist(), [0, *ends], ends, strict=False))


def _copied(slices: list[pa.RecordBatch]) -> pa.RecordBatch:
    schema = slices[0].schema
    # With an empty one at the end, so that Arrow copies a single slice, too.
    arrays = [
        pa.concat_arrays([*(part.column(n) for part in slices), pa.nulls(0, field.type)])
        for n, field in enumerate(schema)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _single(array: Array) -> bool:
    if array.null_count:
        return array.null_count == len(array)
    if not pa.types.is_integer(array.type):
        return len(array) == 1
    extremes = pc.min_max(array)
    return bool(extremes["min"] == extremes["max"])


def _codes(arrays: list[Array]) -> Array:
    if len(arrays) == 1 and pa.types.is_integer(arrays[0].type):
        return arrays[0]
    # One number per combination. It is encoded again after each field, so it never outgrows 64 bits.
    codes = _code(arrays[0])[0]
    for array in arrays[1:]:
        code, size = _code(array)
        codes = _code(call("add", call("multiply", codes, value(size, pa.int64())), code))[0]
    return codes


def _code(array: Array) -> tuple[Array, int]:
    if pa.types.is_boolean(array.type):
        array = array.cast(pa.int8())
    encoded = array.dictionary_encode(null_encoding="encode")
    return encoded.indices.cast(pa.int64()), len(encoded.dictionary)
