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


@dataclass(frozen=True, slots=True)
class Runs:
    """Where the rows of each partition are: `order` sorts the batch, `ends` says where one partition stops in it."""

    batch: pa.RecordBatch
    values: tuple[Array, ...]
    order: Array | None
    ends: tuple[int, ...]

    def __iter__(self) -> Iterator[tuple[Key, pa.RecordBatch]]:
        begin = 0
        for end in self.ends:
            at = self.order[begin].as_py() if self.order is not None else 0
            key = tuple(values[at].as_py() for values in self.values)
            # A copy: a slice would keep the whole batch alive, and the limit on memory would be a lie.
            yield key, self.batch if self.order is None else self.batch.take(self.order.slice(begin, end - begin))
            begin = end


class Split:
    """Knows which partition a row belongs to."""

    def __init__(self, schema: Schema, spec: PartitionSpec) -> None:
        self._fields: list[tuple[int, Applied]] = []
        positions = {field.field_id: position for position, field in enumerate(schema.fields)}
        for field in spec.fields:
            source = schema.find_field(field.source_id)
            self._fields.append((positions[field.source_id], applied(field.transform, source.field_type)))

    def runs(self, batch: pa.RecordBatch) -> Runs:
        """The partitions of one batch."""
        if not batch.num_rows:
            return Runs(batch, (), None, ())
        values = tuple(function(batch.column(position)) for position, function in self._fields)
        several = [array for array in values if not _single(array)]
        if not several:
            return Runs(batch, values, None, (batch.num_rows,))
        codes = _codes(several)
        order = call("array_sort_indices", codes)
        ends = _ends(codes.take(order))
        return Runs(batch, values, order if len(ends) > 1 else None, tuple(ends))


def _ends(codes: Array) -> list[int]:
    encoded = cast("pa.RunEndEncodedArray[Any, Any]", call("run_end_encode", codes))
    return cast(list[int], encoded.run_ends.to_pylist())


def _single(array: Array) -> bool:
    if array.null_count:
        return array.null_count == len(array)
    if not pa.types.is_integer(array.type):
        return len(array) == 1
    extremes = pc.min_max(array)
    return bool(extremes["min"] == extremes["max"])


def _codes(arrays: list[Array]) -> Array:
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
