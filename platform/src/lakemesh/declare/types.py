"""Spark SQL's types, as people write them in contracts and SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Primitive:
    """boolean, int, bigint, float, double, date, timestamp, timestamp_ntz, string, binary."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Decimal:
    """decimal(precision,scale)."""

    precision: int
    scale: int

    def __str__(self) -> str:
        return f"decimal({self.precision},{self.scale})"


@dataclass(frozen=True, slots=True)
class Array:
    """array<item>."""

    item: "Type"

    def __str__(self) -> str:
        return f"array<{self.item}>"


@dataclass(frozen=True, slots=True)
class MapOf:
    """map<key,value>."""

    key: "Type"
    value: "Type"

    def __str__(self) -> str:
        return f"map<{self.key},{self.value}>"


@dataclass(frozen=True, slots=True)
class Struct:
    """struct<name:type,...>: fields in order."""

    fields: tuple[tuple[str, "Type"], ...]

    def __str__(self) -> str:
        return "struct<" + ",".join(f"{name}:{kind}" for name, kind in self.fields) + ">"


Type: TypeAlias = Primitive | Decimal | Array | MapOf | Struct
Columns: TypeAlias = Mapping[str, Type]
"""Column names in order, each with its type."""


def parse(text: str) -> Type:
    """The type that `text` names, in Spark SQL's spelling. Raises ValueError with a sentence a person can use."""
    raise NotImplementedError
