"""A column: `int`, `string not null`, or a mapping of words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import BeforeValidator, Field, SkipValidation, WithJsonSchema

from lakemesh.declare import amounts, fits
from lakemesh.declare.declaration import Declaration, choice
from lakemesh.declare.inherited import Classification
from lakemesh.declare.regex import regex
from lakemesh.declare.scalar import Value, named, shown, written
from lakemesh.declare.types import Type, parse
from lakemesh.declare.values import Label, Text, label, text
from lakemesh.declare.wrong import Wrong, Wrongs

T = TypeVar("T")
Otherwise = Literal["stop", "quarantine", "warn", "note"]
CONSEQUENCES = ["stop", "quarantine", "warn", "note"]


@dataclass(frozen=True, slots=True)
class Worded(Generic[T]):
    """What a word promises of a column, and what becomes of rows that break it; None: what is usual."""

    value: T
    otherwise: Otherwise | None = None


def kind_of(value: Value) -> Type:
    """A type of Spark SQL."""
    if isinstance(value, dict):
        raise Wrong("a mapping stands where a type belongs", 'write it in quotes, such as "struct<sku:string,qty:int>"')
    if value is None or isinstance(value, list):
        raise Wrong(f"{named(value)} stands where a type belongs", "write one such as string, or string not null")
    return parse(text(value))


def worded(read: Any) -> BeforeValidator:
    """A word that is `value` or `{is: value, else: warn}`."""

    def word(value: Any) -> object:
        if value is None or isinstance(value, Worded):
            return value
        if not isinstance(value, dict):
            return Worded(read(value))
        for key in value:
            if key not in ("is", "else"):
                raise Wrong(f'unknown word "{shown(key)}"', "write {is: …, else: warn}", key, word=True)
        if "is" not in value:
            raise Wrong("`is` is missing", "write {is: …, else: warn}")
        otherwise = value.get("else")
        if otherwise is not None and otherwise not in CONSEQUENCES:
            raise choice("else", otherwise, CONSEQUENCES).below("else")
        try:
            return Worded(read(value["is"]), otherwise)
        except Wrong as wrong:
            raise wrong.below("is") from None

    return BeforeValidator(word)


def values(value: Value) -> tuple[str, ...]:
    """The values that may stand in a column, as written until the type is known."""
    if isinstance(value, dict) or not isinstance(value, list):
        flat = ", ".join(part.strip() for part in value.split(",")) if isinstance(value, str) else "…"
        raise Wrong(f"{named(value)} stands where a list belongs", f"write [{flat}]")
    if not value:
        raise Wrong("the list is empty, so no value would fit", "name the values")
    done: list[str] = []
    for place, item in enumerate(value):
        if item is None:
            raise Wrong("null is no value: a column may be null unless it is `not null`", "leave it out", place)
        if isinstance(item, (list, dict)):
            raise Wrong(f"{named(item)} stands where a single value belongs", "write one value", place)
        if written(item) in done:
            raise Wrong(f'"{shown(written(item))}" stands twice', "name it once", place)
        done.append(written(item))
    return tuple(done)


def between(value: Value) -> tuple[str | None, str | None]:
    """The sides of a range, as written until the type is known."""
    if isinstance(value, list) and len(value) == 2 and not any(isinstance(side, (list, dict)) for side in value):
        low, high = ("" if side is None else written(side) for side in value)
        raise Wrong("a list stands where a range belongs", f"write {low}..{high}")
    if isinstance(value, (list, dict)) or value is None:
        raise Wrong(f"{named(value)} stands where a range belongs", "write low..high, such as 0..100, 0.. or ..100")
    low, high = amounts.bounds(written(value))
    return low or None, high or None


def long_as(value: Value) -> tuple[int | None, int | None]:
    """The sides of a length."""
    if isinstance(value, (list, dict)) or value is None:
        raise Wrong(f"{named(value)} stands where a length belongs", "write one such as ..255, 2.. or 2..10")
    return amounts.length(written(value))


def once(value: Value) -> bool:
    """true: whoever does not want a word leaves it out."""
    if value is True:
        return True
    raise Wrong(f"`unique` cannot be {named(value)}", "write true, or leave the word out")


def target(value: Value) -> tuple[str, str]:
    """`crm.customer.customer_id` as a table and its column."""
    said = text(value)
    parts = said.split(".")
    if len(parts) != 3 or not all(parts):
        raise Wrong(
            f'"{shown(said)}" does not name a column of a table',
            "write domain.table.column, such as crm.customer.customer_id",
        )
    return f"{parts[0]}.{parts[1]}", parts[2]


def path(value: Value) -> str:
    """A header, or a path into JSON: `$.device.os`."""
    said = label(value)
    if said.startswith(("$.", "$[")) and not re.fullmatch(r"\$(\.[A-Za-z_][\w-]*|\[\d+\]|\['[^']+'\])+", said):
        raise Wrong(
            f'"{shown(said)}" is not a path into JSON', "write one such as $.device.os, $.items[0] or $['odd name']"
        )
    return said


_WORDED = {"type": "object", "required": ["is"], "additionalProperties": False}
_ELSE = {"enum": CONSEQUENCES, "description": "What becomes of rows that break it."}


def _schema(plain: dict[str, object]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [plain, {**_WORDED, "properties": {"is": plain, "else": _ELSE}}]})


_SCALARS = {"type": ["string", "number", "boolean"]}
_LIST: dict[str, object] = {"type": "array", "minItems": 1, "items": _SCALARS}


class Column(Declaration):
    """One column: what may stand in it, and what it means."""

    kind: ClassVar[str] = "a column"
    example: ClassVar[str] = "int, string not null, or {type: int, range: 0..100}"

    type: Annotated[SkipValidation[Type | None], BeforeValidator(kind_of), WithJsonSchema({"type": "string"})] = Field(
        default=None, description="Spark SQL's type, with `not null` behind it where that holds.", examples=["string"]
    )
    not_null: bool = False
    description: Text = Field(default="", description="What it means.")
    one_of: Annotated[
        SkipValidation[Worded[tuple[str | int | float | bool, ...]] | None], worded(values), _schema(_LIST)
    ] = Field(default=None, description="The values that may stand in it.")
    range: Annotated[
        SkipValidation[Worded[tuple[str | int | float | None, str | int | float | None]] | None],
        worded(between),
        _schema({"type": "string"}),
    ] = Field(default=None, description="Between which values: 0..100, 0.., ..100.")
    length: Annotated[
        SkipValidation[Worded[tuple[int | None, int | None]] | None], worded(long_as), _schema({"type": "string"})
    ] = Field(default=None, description="How long a text may be: ..255.")
    matches: Annotated[SkipValidation[Worded[str] | None], worded(regex), _schema({"type": "string"})] = Field(
        default=None, description="A regular expression that every value has a match of."
    )
    unique: Annotated[SkipValidation[Worded[bool] | None], worded(once), _schema({"const": True})] = Field(
        default=None, description="No value stands in it twice."
    )
    refers: Annotated[SkipValidation[Worded[tuple[str, str]] | None], worded(target), _schema({"type": "string"})] = (
        Field(default=None, description="The column whose values it holds: crm.customer.customer_id.")
    )
    term: Text | None = Field(default=None, description="The business term that it holds.")
    classification: Classification | None = Field(default=None, description="public, internal, personal or secret.")
    why: Text | None = Field(default=None, description="Why a column made of personal ones is public.")
    was: Label | None = Field(default=None, description="Its old name.")
    as_: Annotated[str, BeforeValidator(path), WithJsonSchema(_SCALARS)] | None = Field(
        default=None,
        alias="as",
        description='Where it is read from: a header, "Order ID", or a path into JSON, $.device.os.',
    )
    default: Label | None = Field(default=None, description="What stands in for null.")
    unit: Text | None = Field(default=None, description="The unit of its values, such as EUR or km.")

    @classmethod
    def known(cls) -> tuple[str, ...]:
        return tuple(word for word in super().known() if word != "not_null")

    @classmethod
    def long(cls, value: Value) -> Value:
        """The mapping of a short form, with `not null` taken off the type."""
        words: dict[str, Value] = dict(value) if isinstance(value, dict) else {"type": value}
        if "not_null" in words:
            kind = words.get("type")
            raise Wrongs(
                Wrong(
                    "`not_null` is said with the type",
                    f"write `type: {kind if isinstance(kind, str) else '…'} not null`",
                    "not_null",
                    word=True,
                )
            )
        kind = words.get("type")
        if isinstance(kind, str) and (found := re.fullmatch(r"(.+?)\s+not\s+null", kind, re.IGNORECASE | re.DOTALL)):
            words["type"], words["not_null"] = found[1], True
        return words

    @classmethod
    def read(cls, value: object) -> Self:
        """The column, its values read by its type."""
        column = super().read(value)
        return column.typed(column.type) if column.type is not None and not isinstance(value, cls) else column

    def typed(self, type: Type) -> Self:
        """The same column with this type, and its values read by it. Raises Wrongs."""
        done: dict[str, object] = {"type": type}
        wrongs: list[Wrong] = []
        for word in ("one_of", "range", "length", "matches", "default"):
            if (said := getattr(self, word)) is not None:
                try:
                    done[word] = _fitted(word, said, type)
                except Wrong as wrong:
                    wrongs.append(wrong.below(word))
        if wrongs:
            raise Wrongs(*wrongs)
        return self.model_copy(update=done)

    def wrongs(self) -> Iterable[Wrong]:
        """`why` is for what is made public."""
        if self.why is not None and self.classification != "public":
            yield Wrong(
                "`why` says why a column is public, and this one is not",
                "add `classification: public`, or leave `why` out",
                "why",
                word=True,
                leans="classification",
            )


def _fitted(word: str, said: Any, type: Type) -> object:
    """What a word says, as the type reads it."""
    if word == "default":
        fits.value(said, type)
        return said
    if word == "one_of":
        return replace(said, value=fits.values(said.value, type))
    if word == "range":
        return replace(said, value=fits.between(said.value, type))
    fits.for_text(word, type)
    return said
