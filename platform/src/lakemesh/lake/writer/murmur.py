"""Iceberg's bucket number: Murmur3 of a value's bytes, as its specification says (appendix B)."""

from collections.abc import Callable
from decimal import Decimal
from typing import cast

import mmh3
import pyarrow as pa
import pyarrow.compute as pc
from pyiceberg.utils.decimal import decimal_to_bytes

_WORD = pa.uint32()


def bucket(array: pa.Array, buckets: int, logical: pa.DataType) -> pa.Array:
    """The bucket of every value; whole numbers, dates and times without leaving Arrow, the rest once per different value."""
    hashed = _hash_long(array.cast(pa.int64())) if pa.types.is_integer(array.type) else _hash_each(array, logical)
    positive = pc.bit_wise_and(hashed, pa.scalar(0x7FFFFFFF, _WORD))
    divisor = pa.scalar(buckets, _WORD)
    return pc.subtract(positive, pc.multiply(pc.divide(positive, divisor), divisor)).cast(pa.int32())


def _hash_long(array: pa.Array) -> pa.Array:
    bits = array.view(pa.uint64())
    low = pc.bit_wise_and(bits, pa.scalar(0xFFFFFFFF, pa.uint64())).cast(_WORD)
    high = pc.shift_right(bits, pa.scalar(32, pa.uint64())).cast(_WORD)
    state = _mixed(_mixed(None, low), high)
    # The length of the value, then the finish of Murmur3.
    state = pc.bit_wise_xor(state, pa.scalar(8, _WORD))
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        state = _times(pc.bit_wise_xor(state, pc.shift_right(state, pa.scalar(shift, _WORD))), factor)
    return pc.bit_wise_xor(state, pc.shift_right(state, pa.scalar(16, _WORD)))


def _mixed(state: pa.Array | None, block: pa.Array) -> pa.Array:
    block = _times(_rotated(_times(block, 0xCC9E2D51), 15), 0x1B873593)
    state = block if state is None else pc.bit_wise_xor(state, block)
    return pc.add(_times(_rotated(state, 13), 5), pa.scalar(0xE6546B64, _WORD))


def _times(array: pa.Array, factor: int) -> pa.Array:
    return pc.multiply(array, pa.scalar(factor, _WORD))


def _rotated(array: pa.Array, by: int) -> pa.Array:
    left = pc.shift_left(array, pa.scalar(by, _WORD))
    return pc.bit_wise_or(left, pc.shift_right(array, pa.scalar(32 - by, _WORD)))


def _hash_each(array: pa.Array, logical: pa.DataType) -> pa.Array:
    number = cast(Callable[[object], bytes | str], _decimal if pa.types.is_decimal(logical) else lambda value: value)
    found = array.dictionary_encode()
    hashes = [None if value is None else mmh3.hash(number(value), signed=False) for value in found.dictionary.to_pylist()]
    return pa.array(hashes, _WORD).take(found.indices)


def _decimal(value: object) -> bytes:
    return decimal_to_bytes(cast(Decimal, value))
