"""What a rule is: how DuckDB answers one call of Spark's, with Spark's type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from lakemesh.declare.types import Type
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.typed import VOID, Refused, Typed


class Lambda(Protocol):
    """A lambda of Spark's."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its parameters, quoted."""

    def body(self, *parameters: Typed) -> Typed:
        """Its body, where its parameters are these."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its name and arguments. `over` puts FILTER and OVER behind an aggregate, `order` is WITHIN GROUP."""

    name: str
    args: tuple[Typed, ...]
    lambdas: Mapping[int, Lambda] = field(default_factory=dict)
    distinct: bool = False
    ignore_nulls: bool = False
    over: Callable[[str], str] = lambda text: text
    windowed: bool = False
    order: Typed | None = None
    descending: bool = False
    names: tuple[str | None, ...] = ()

    def __len__(self) -> int:
        return len(self.args)

    def as_(self, place: int, to: Type) -> str:
        """The SQL of an argument, as `to`."""
        return cast(self.args[place], to).sql

    def sql(self, place: int) -> str:
        """The SQL of an argument as it stands."""
        return self.args[place].sql

    def type(self, place: int) -> Type:
        """The type of an argument; void where there is none."""
        return self.args[place].type if place < len(self.args) else VOID

    def text(self, place: int, default: str | None = None) -> str:
        """What a literal text argument says."""
        if place >= len(self.args) and default is not None:
            return default
        value = self.args[place].value if place < len(self.args) else None
        if not isinstance(value, str):
            raise Refused(f"{self.name}() with a computed argument {place + 1}", "write it as a literal text")
        return value

    def number(self, place: int, default: int | None = None) -> int:
        """What a literal whole-number argument says."""
        if place >= len(self.args) and default is not None:
            return default
        value = self.args[place].value if place < len(self.args) else None
        if not isinstance(value, int):
            raise Refused(f"{self.name}() with a computed argument {place + 1}", "write it as a literal number")
        return value


Rule: TypeAlias = Callable[[Call], Typed]


class Rules(dict[str, Rule]):
    """The rules of one module, by the function's name."""

    def of(self, *names: str) -> Callable[[Rule], Rule]:
        """Puts a rule under these names."""

        def put(rule: Rule) -> Rule:
            for name in names:
                self[name] = rule
            return rule

        return put


def needs(call: Call, low: int, high: int | None = None) -> None:
    """Raises where a call has too few or too many arguments."""
    count = len(call.args)
    most = low if high is None else high
    if not low <= count <= most:
        wanted = f"{low}" if low == most else f"{low} to {most}"
        raise Refused(f"{call.name}() with {count} arguments", f"it takes {wanted}")
