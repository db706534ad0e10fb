"""Values as JSON, one object a line, for programs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import TextIO

from lakemesh.declare.names import ProductName, TableName


def records(values: Iterable[object], stream: TextIO) -> None:
    """Each dataclass or mapping as one line."""
    for value in values:
        print(record(value), file=stream)


def record(value: object) -> str:
    """One value as one line of JSON."""
    return json.dumps(plain(value), ensure_ascii=False)


def plain(value: object) -> object:
    """What JSON can say of it: dataclasses as objects, times as ISO 8601, names as text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Mapping():
            return {str(key): plain(held) for key, held in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(held) for held in value]
        case ProductName() | TableName():
            return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return str(value)
