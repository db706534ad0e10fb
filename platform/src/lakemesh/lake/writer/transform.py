"""Iceberg's partition transforms over Arrow arrays, in the numbers that stand in a manifest."""

from collections.abc import Callable
from typing import Any, TypeAlias

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
from pyiceberg.types import IcebergType

from lakemesh.errors import Mistakes
from lakemesh.lake.writer.arrow import Array, call, floor_divide, value
from lakemesh.lake.writer.murmur import bucket

Applied: TypeAlias = Callable[[Array], Array]
_HOUR = 3_600_000_000


def applied(transform: Transform[Any, Any], source: IcebergType) -> Applied:
    """What turns a column into its partition values: dates as days, times as microseconds, as manifests hold them."""
    match transform:
        case IdentityTransform():
            return physical
        case YearTransform():
            return _year
        case MonthTransform():
            return _month
        case DayTransform():
            return _day
        case HourTransform():
            return lambda array: floor_divide(physical(array), _HOUR).cast(pa.int32())
        case BucketTransform():
            buckets = transform.num_buckets
            return lambda array: bucket(physical(array), buckets)
        case TruncateTransform():
            width, of = transform.width, transform.transform(source)
            return lambda array: _truncated(array, width, of)
        case VoidTransform():
            return lambda array: pa.nulls(len(array), pa.int32())
    raise Mistakes.of(
        f"a table is partitioned by {transform!r}, which this version of Lakemesh does not know",
        "write it with the version that made it, or partition it as `make contract TABLE=…` says",
    )


def physical(array: Array) -> Array:
    """The array without its logical type: a date is its day since 1970, a timestamp its microseconds."""
    kind = array.type
    if pa.types.is_date(kind):
        return array.cast(pa.int32())
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        return array.cast(pa.int64())
    return array.storage if isinstance(array, pa.ExtensionArray) else array


def _local(array: Array) -> Array:
    # Iceberg counts years and months in UTC; without its zone the same number reads as UTC.
    return array.cast(pa.timestamp("us")) if pa.types.is_timestamp(array.type) else array


def _year(array: Array) -> Array:
    return call("subtract", call("year", _local(array)), value(1970, pa.int64())).cast(pa.int32())


def _month(array: Array) -> Array:
    months = call("add", call("multiply", _year(array), value(12, pa.int32())), call("month", _local(array)))
    return call("subtract", months, value(1, pa.int64())).cast(pa.int32())


def _day(array: Array) -> Array:
    if pa.types.is_timestamp(array.type):
        return floor_divide(physical(array), 24 * _HOUR).cast(pa.int32())
    return physical(array)


def _truncated(array: Array, width: int, of: Callable[[Any], Any]) -> Array:
    kind = array.type
    if pa.types.is_integer(kind):
        return call("multiply", floor_divide(array, width), value(width, kind))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return call("utf8_slice_codeunits", array, options=pc.SliceOptions(0, width, 1))
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return call("binary_slice", array, options=pc.SliceOptions(0, width, 1))
    found = array.dictionary_encode()
    cut = [None if each is None else of(each) for each in found.dictionary.to_pylist()]
    values: Array = pa.array(cut, kind)
    return values.take(found.indices)
