"""What an expression can see, with the type that Spark gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lakemesh.declare.types import Type
from lakemesh.engine.duckdb.typed import UNKNOWN, Typed

Fields = Mapping[str, Type]


@dataclass(slots=True)
class Scope:
    """What an expression can see: the columns of its sources, those of the SELECT around, and a lambda's parameters."""

    sources: dict[str, Fields] = field(default_factory=dict)
    outer: "Scope | None" = None
    parameters: Mapping[str, Typed] = field(default_factory=dict)
    outputs: Mapping[str, Type] = field(default_factory=dict)
    windows: dict[str, str] = field(default_factory=dict)
    grouped: tuple[str, ...] = ()

    def type(self, source: str, name: str) -> Type:
        """The type of a column."""
        scope: Scope | None = self
        while scope is not None:
            if source in scope.sources:
                return scope.sources[source].get(name, UNKNOWN)
            scope = scope.outer
        return UNKNOWN
