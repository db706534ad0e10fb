"""Frozen values as JSON, always spelled the same, so that two can be compared by a hash."""

import json
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TypeAlias

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None
Without: TypeAlias = Mapping[str, Collection[str]]
"""Fields that are left out, by the name of their class."""


def written(value: object, without: Without) -> dict[str, Json]:
    """A dataclass as JSON: types and names in their own spelling, spans in seconds. `is` says which class it is, so
    that the members of a union stay apart."""
    assert is_dataclass(value)
    kind = type(value).__name__
    kept = [f.name for f in fields(value) if f.name not in without.get(kind, ())]
    return {"is": kind.lower(), **{name: _json(getattr(value, name), without) for name in kept}}


def canonical(value: object) -> Json:
    """A value, or a mapping of them, as JSON."""
    return _json(value, {})


def digest(value: Json) -> str:
    """The same for equal values, whatever the order of their words."""
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def _json(value: object, without: Without) -> Json:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, TableName | ProductName | Primitive | Decimal | Array | MapOf | Struct):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {str(key): _json(each, without) for key, each in value.items()}
    if isinstance(value, frozenset):
        return [_json(each, without) for each in sorted(value)]
    if isinstance(value, tuple):
        return [_json(each, without) for each in value]
    return written(value, without)
