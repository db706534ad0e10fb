"""Iceberg's partition transforms over Arrow arrays, in the numbers that stand in a manifest."""

from collections.abc import Callable
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
from pyiceberg.transforms import (
    BucketTransform,
    DayTransform,
    HourTransform,
    IdentityTransform,
    MonthTransform,
    Transform,
    TruncateTransform,
    VoidTransform,
    YearTransform,
)
from pyiceberg.types import IcebergType, UUIDType

from lakemesh.lake.writer.murmur import bucket

Applied: TypeAlias = Callable[[pa.Array], pa.Array]
_HOUR = 3_600_000_000


def applied(transform: Transform[object, object], source: IcebergType) -> Applied:
    """What turns a column into its partition values: dates as days, times as microseconds, as manifests hold them."""
    match transform:
        case IdentityTransform():
            return physical
        case YearTransform():
            return lambda array: pc.subtract(pc.year(_local(array)), pa.scalar(1970)).cast(pa.int32())
        case MonthTransform():
            return _month
        case DayTransform():
            return lambda array: _days(array)
        case HourTransform():
            return lambda array: _floor(physical(array), _HOUR).cast(pa.int32())
        case BucketTransform():
            buckets = transform.num_buckets
            return lambda array: bucket(physical(array), buckets, array.type)
        case TruncateTransform():
            return _truncated(transform, source)
        case VoidTransform():
            return lambda array: pa.nulls(len(array), pa.int32())
    raise NotImplementedError(f"partition transform {transform}")


def physical(array: pa.Array) -> pa.Array:
    """The array without its logical type: a date is its day since 1970, a timestamp its microseconds, a UUID its bytes."""
    kind = array.type
    if pa.types.is_date(kind):
        return array.cast(pa.int32())
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        return array.cast(pa.int64())
    return array.storage if isinstance(array, pa.ExtensionArray) else array


def _local(array: pa.Array) -> pa.Array:
    # Iceberg counts years and months in UTC; without its zone the same number reads as UTC.
    return array.cast(pa.timestamp("us")) if pa.types.is_timestamp(array.type) else array


def _month(array: pa.Array) -> pa.Array:
    local = _local(array)
    years = pc.multiply(pc.subtract(pc.year(local), pa.scalar(1970)), pa.scalar(12))
    return pc.subtract(pc.add(years, pc.month(local)), pa.scalar(1)).cast(pa.int32())


def _days(array: pa.Array) -> pa.Array:
    return _floor(physical(array), 24 * _HOUR).cast(pa.int32()) if pa.types.is_timestamp(array.type) else physical(array)


def _floor(array: pa.Array, by: int) -> pa.Array:
    # Arrow divides towards zero; before 1970 that is one too many.
    divisor = pa.scalar(by, array.type)
    quotient = pc.divide(array, divisor)
    negative = pc.less(pc.subtract(array, pc.multiply(quotient, divisor)), pa.scalar(0, array.type))
    return pc.subtract(quotient, negative.cast(array.type))


def _truncated(transform: TruncateTransform[object], source: IcebergType) -> Applied:
    width = transform.width

    def truncate(array: pa.Array) -> pa.Array:
        kind = array.type
        if pa.types.is_integer(kind):
            return pc.multiply(_floor(array, width), pa.scalar(width, kind))
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            return pc.utf8_slice_codeunits(array, 0, width)
        if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            return pc.binary_slice(array, 0, width)
        return each(array, transform.transform(source))

    return truncate


def each(array: pa.Array, function: Callable[[object], object], kind: pa.DataType | None = None) -> pa.Array:
    """A function of Python values, called once for every different value."""
    found = array.dictionary_encode()
    values = pa.array([function(value) for value in found.dictionary.to_pylist()], kind or array.type)
    return values.take(found.indices)


def representable(kind: IcebergType) -> bool:
    """Whether values of this type can stand in a partition."""
    return kind.is_primitive and not isinstance(kind, UUIDType)
