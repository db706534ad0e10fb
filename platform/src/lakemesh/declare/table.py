"""The words that an ingest and a transform share."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BeforeValidator, Field, SkipValidation, WithJsonSchema

from lakemesh.declare.columns import Column
from lakemesh.declare.declaration import Declaration, choice, each
from lakemesh.declare.inherited import Inherited
from lakemesh.declare.product import FreshWord
from lakemesh.declare.scalar import Value, named, shown, written
from lakemesh.declare.values import Count, Day, Label, Names, Span, TableWord, Text, label
from lakemesh.declare.words import near
from lakemesh.declare.wrong import Wrong

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Partition:
    """One field of the partition spec; `argument` is for bucket and truncate."""

    transform: Literal["identity", "year", "month", "day", "hour", "bucket", "truncate"]
    column: str
    argument: int | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """One field of the sort order."""

    column: str
    descending: bool = False


_TRANSFORMS = ("identity", "year", "month", "day", "hour", "bucket", "truncate")
_NAMED = r"(?:`([^`]+)`|([^\W\d]\w*))"


def partitions(value: Value) -> tuple[Partition, ...]:
    """Iceberg's transforms, one per line: `month(ordered_at)`, `bucket(16, film_id)`, `country`."""
    return tuple(_lines(value, "month(ordered_at)", _partition))


def sorts(value: Value) -> tuple[Sort, ...]:
    """Columns, one per line: `film_id`, `last_update desc`."""
    return tuple(_lines(value, "last_update desc", _sort))


def _lines(value: Value, example: str, read: Callable[[str], T]) -> Iterator[T]:
    if not isinstance(value, list):
        said = shown(value) if isinstance(value, str) else example
        raise Wrong(f"{named(value)} stands where a list belongs", f"write it on a line of its own: - {said}")
    if not value:
        raise Wrong("the list is empty", "name something, or leave the word out")
    done: list[T] = []
    for place, item in enumerate(value):
        try:
            one = read(written(item))
        except Wrong as wrong:
            raise wrong.below(place) from None
        if one in done:
            raise Wrong(f'"{shown(written(item))}" stands twice', "say it once", place)
        done.append(one)
        yield one


def _partition(text: str) -> Partition:
    if plain := re.fullmatch(_NAMED, text):
        return Partition("identity", plain[1] or plain[2])
    call = re.fullmatch(r"(\w+)\s*\(\s*(.*?)\s*\)", text)
    if not call:
        raise Wrong(
            f'"{shown(text)}" is not a partition',
            "write a column, or one such as month(ordered_at) or bucket(16, film_id)",
        )
    name, inside = call[1], [part.strip() for part in call[2].split(",")]
    if name not in _TRANSFORMS:
        close = near(name.lower().removesuffix("s"), _TRANSFORMS)
        raise Wrong(
            f'"{shown(name)}" is not a transform of Iceberg',
            f'did you mean "{close}"?' if close else f"the transforms are {', '.join(_TRANSFORMS)}",
        )
    counted = name in ("bucket", "truncate")
    example = f"{name}(16, film_id)" if counted else f"{name}(ordered_at)"
    column = re.fullmatch(_NAMED, inside[-1])
    if not column or len(inside) != 1 + counted:
        swapped = len(inside) == 2 and inside[1].isdigit()
        raise Wrong(
            f'"{shown(text)}" is not how {name} is written',
            f"write {name}({inside[1]}, {inside[0]})" if counted and swapped else f"write {example}",
        )
    if counted and not re.fullmatch(r"[1-9]\d{0,5}", inside[0]):
        raise Wrong(f'"{shown(inside[0])}" is not a number for {name}', f"write {example}")
    return Partition(name, column[1] or column[2], int(inside[0]) if counted else None)  # type: ignore[arg-type]


def _sort(text: str) -> Sort:
    found = re.fullmatch(rf"{_NAMED}(?:\s+(asc|desc))?", text, re.IGNORECASE)
    if not found:
        raise Wrong(f'"{shown(text)}" is not a column to sort by', "write a column, with `desc` behind it to go down")
    return Sort(found[1] or found[2], (found[3] or "").lower() == "desc")


class DeletesWhen(Declaration):
    """Which rows of a batch delete their key."""

    kind: ClassVar[str] = "which rows delete"
    example: ClassVar[str] = "{when: \"status = 'X'\"}"

    when: Text = Field(description="A predicate in SQL.", examples=["\"status = 'X'\""])


def removal(value: Value) -> object:
    """`{when: …}`, `remove`, `mark` or `close`."""
    if isinstance(value, dict):
        return DeletesWhen.read(value)
    if isinstance(value, str) and value not in ("remove", "mark", "close"):
        if re.search(r"[=<> ]", value):
            raise Wrong(f'"{shown(value)}" is a predicate', f'write {{when: "{shown(value)}"}}')
        raise choice("deletes", value, ["remove", "mark", "close"])
    if value is not None and not isinstance(value, (str, DeletesWhen)):
        raise Wrong(
            f"`deletes` cannot be {named(value)}",
            "say remove or mark with cdc, close with history, {when: …} with merge",
        )
    return value


class DropWithin(Declaration):
    """A key comes once in this span: what a stream delivers again is dropped."""

    kind: ClassVar[str] = "a span of repeats"
    example: ClassVar[str] = "{drop: 3 days, by: occurred_at}"

    drop: Span = Field(description="How long after a key came it is dropped when it comes again.", examples=["3 days"])
    by: Label = Field(description="The column of the time.", examples=["occurred_at"])

    def wrongs(self) -> Iterator[Wrong]:
        """A span that holds nothing drops nothing."""
        if not self.drop:
            yield Wrong("the span is empty", "say how long, such as 3 days", "drop")


def repetition(value: Value) -> object:
    """A word, or `{drop: 3 days, by: …}`."""
    return DropWithin.read(value) if isinstance(value, dict) else value


_LIST = WithJsonSchema({"type": "array", "minItems": 1, "items": {"type": "string"}})
Write = Literal["append", "replace", "merge", "window", "cdc", "history", "daily_copy"]
Columns = Annotated[dict[str, Column], BeforeValidator(each(Column.read))]


class Table(Inherited):
    """What a table promises, and how it is written."""

    kind: ClassVar[str] = "a table"

    description: Text = Field(default="", description="What one row is.")
    write: Write | None = Field(default=None, description="How new rows meet old ones.", examples=["replace"])
    key: Names = Field(default=(), description="The columns that tell rows apart: not null, and unique together.")
    newest: Label | None = Field(
        default=None,
        description="merge: the column that says which version wins; history: the one that says since when it holds.",
    )
    deletes: Annotated[DeletesWhen | Literal["remove", "mark", "close"] | None, BeforeValidator(removal)] = Field(
        default=None,
        description="merge: {when: …}, which rows delete their key; cdc: remove or mark; history: close or {when: …}.",
    )
    op: Label | None = Field(default=None, description="cdc, history: the column that holds I, U and D.")
    order: Label | None = Field(default=None, description="cdc: the column that says which change is later.")
    time: Label | None = Field(default=None, description="window: the column whose span is made again.")
    lookback: Span = Field(default=timedelta(0), description="window: how far before the last run it starts.")
    late: Literal["widen", "warn", "stop"] = Field(
        default="widen", description="window: what becomes of rows that came later than that."
    )
    repeats: Annotated[DropWithin | Literal["quarantine", "stop", "drop"] | None, BeforeValidator(repetition)] = Field(
        default=None,
        description="What becomes of a second row with the same key and other values; append: {drop: 3 days, by: …}.",
    )
    partition: Annotated[SkipValidation[tuple[Partition, ...]], BeforeValidator(partitions), _LIST] = Field(
        default=(), description="Iceberg's transforms, one per line: month(ordered_at), bucket(16, film_id), country."
    )
    sort: Annotated[SkipValidation[tuple[Sort, ...]], BeforeValidator(sorts), _LIST] = Field(
        default=(), description="Columns, one per line, with `desc` behind those that go down."
    )
    meta: Annotated[dict[str, str], BeforeValidator(each(label))] = Field(
        default={}, description="The organisation's own fields."
    )
    engine: Literal["spark"] | None = Field(default=None, description="Only when the default fails: spark.")
    max_minutes: Count | None = Field(default=None, description="An alarm on the duration.")
    fresh: FreshWord | None = Field(default=None, description="What readers of this table may count on.")
    retires: Day | None = Field(default=None, description="The day after which it is gone, such as 2027-06-30.")
    replaced_by: TableWord | None = Field(default=None, description="The table that takes its place.")
    columns: Columns = Field(default={}, description="Its columns.")

    def known_source(self) -> bool:
        """Whether it comes from a source that says itself which changes it sends."""
        return False
