"""Iceberg's bucket number: Murmur3 of a value's bytes, as its specification says (appendix B)."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import mmh3
import pyarrow as pa
from pyiceberg.utils.decimal import decimal_to_bytes

from lakemesh.lake.writer.arrow import Array, call, value

_WORD = pa.uint32()


def bucket(array: Array, buckets: int) -> Array:
    """The bucket of every value; whole numbers, dates and times in Arrow, the rest once per different value."""
    hashed = _hash_long(array.cast(pa.int64())) if pa.types.is_integer(array.type) else _hash_each(array)
    positive = call("bit_wise_and", hashed, value(0x7FFFFFFF, _WORD))
    divisor = value(buckets, _WORD)
    whole = call("multiply", call("divide", positive, divisor), divisor)
    return call("subtract", positive, whole).cast(pa.int32())


def _hash_long(array: Array) -> Array:
    bits = array.view(pa.uint64())
    low = call("bit_wise_and", bits, value(0xFFFFFFFF, pa.uint64())).cast(_WORD)
    high = call("shift_right", bits, value(32, pa.uint64())).cast(_WORD)
    state = _mixed(_mixed(None, low), high)
    # The length of the value, then the finish of Murmur3.
    state = call("bit_wise_xor", state, value(8, _WORD))
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        state = _times(call("bit_wise_xor", state, call("shift_right", state, value(shift, _WORD))), factor)
    return call("bit_wise_xor", state, call("shift_right", state, value(16, _WORD)))


def _mixed(state: Array | None, block: Array) -> Array:
    block = _times(_rotated(_times(block, 0xCC9E2D51), 15), 0x1B873593)
    state = block if state is None else call("bit_wise_xor", state, block)
    return call("add", _times(_rotated(state, 13), 5), value(0xE6546B64, _WORD))


def _times(array: Array, factor: int) -> Array:
    return call("multiply", array, value(factor, _WORD))


def _rotated(array: Array, by: int) -> Array:
    left = call("shift_left", array, value(by, _WORD))
    return call("bit_wise_or", left, call("shift_right", array, value(32 - by, _WORD)))


def _hash_each(array: Array) -> Array:
    found = array.dictionary_encode()
    hashes = [_hash(each) for each in found.dictionary.to_pylist()]
    return pa.array(hashes, _WORD).take(found.indices)


def _hash(each: object) -> int | None:
    if each is None:
        return None
    data = decimal_to_bytes(each) if isinstance(each, Decimal) else cast(bytes | str, each)
    return mmh3.hash(data, signed=False)
