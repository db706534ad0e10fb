"""readers.yaml: who may read what, why, and until when."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from lakemesh.declare.declaration import Declaration, each
from lakemesh.declare.scalar import Value, named
from lakemesh.declare.values import Day, Names, Text, names
from lakemesh.declare.wrong import Wrong


class Show(Declaration):
    """Which columns of a table a reader sees: all but personal ones, unless this says otherwise."""

    kind: ClassVar[str] = "what a reader sees of a table"
    example: ClassVar[str] = "{show: [name], hide: [notes]}"

    show: Names | None = Field(default=None, description="Personal columns that this reader sees.")
    hide: Names = Field(default=(), description="Columns that this reader does not see.")

    @classmethod
    def long(cls, value: Value) -> Value:
        return {} if value == "all" else value

    def wrongs(self) -> Iterable[Wrong]:
        """A column is shown or hidden, not both."""
        for column in self.show or ():
            if column in self.hide:
                yield Wrong(
                    f'"{column}" is both shown and hidden', "name it in one of the two", "hide", leans="show hide"
                )


def seen(value: Value) -> object:
    """`all`, a list of tables, or what is seen of each."""
    if value == "all":
        return value
    if isinstance(value, list):
        return {name: Show() for name in names(value)}
    if not isinstance(value, dict):
        raise Wrong(
            f"{named(value)} does not say which tables", "say all, [film, actor], or {customer: {show: [name]}}"
        )
    return each(Show.read)(value)


class Reader(Declaration):
    """One reader: a domain, and what it may see."""

    kind: ClassVar[str] = "a reader"
    example: ClassVar[str] = "{why: Joins titles to views., tables: all}"

    why: Text = Field(description="What the reader needs it for.", examples=["Joins titles to views."])
    until: Day | None = Field(default=None, description="The last day it may read, such as 2027-12-31.")
    tables: Annotated[Literal["all"] | dict[str, Show], BeforeValidator(seen)] = Field(
        description="all, [film, actor], or {customer: {show: [name], hide: [notes]}}.", examples=["all"]
    )
