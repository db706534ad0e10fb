"""The words that an ingest and a transform share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, SkipValidation, WithJsonSchema

from lakemesh.declare.columns import Column
from lakemesh.declare.declaration import Declaration, each
from lakemesh.declare.inherited import Inherited
from lakemesh.declare.product import FreshWord
from lakemesh.declare.scalar import Value, named, shown, written
from lakemesh.declare.values import Count, Day, Label, Names, Span, Text, names, text
from lakemesh.declare.wrong import Wrong


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


class DeletesWhen(Declaration):
    """Which rows of a batch delete their key."""

    kind: ClassVar[str] = "which rows delete"
    example: ClassVar[str] = "{when: \"status = 'X'\"}"

    when: Text = Field(description="A predicate in SQL.", examples=["\"status = 'X'\""])


Write = Literal["append", "replace", "merge", "window", "cdc"]
Columns = Annotated[dict[str, Column], BeforeValidator(each(Column.of))]


class Table(Inherited):
    """What a table promises, and how it is written."""

    kind: ClassVar[str] = "a table"

    description: Text = Field("", description="What one row is.")
    write: Write | None = Field(None, description="How new rows meet old ones.", examples=["replace"])
    key: Names = Field((), description="The columns that tell rows apart: not null, and unique together.")
    newest: Label | None = Field(None, description="merge: the column that says which version of a row wins.")
    deletes: DeletesWhen | Literal["remove", "mark"] | None = Field(None, description="merge: {when: …}, which rows delete their key; cdc: remove or mark.")
    op: Label | None = Field(None, description="cdc: the column that holds I, U and D.")
    order: Label | None = Field(None, description="cdc: the column that says which change is later.")
    time: Label | None = Field(None, description="window: the column whose span is made again.")
    lookback: Span = Field(timedelta(0), description="window: how far before the last run it starts.")
    late: Literal["widen", "warn", "stop"] = Field("widen", description="window: what becomes of rows that came later than that.")
    repeats: Literal["quarantine", "stop", "drop"] | None = Field(None, description="What becomes of a second row with the same key and other values.")
    partition: SkipValidation[tuple[Partition, ...]] = Field((), description="Iceberg's transforms, one per line: month(ordered_at), bucket(16, film_id), country.")
    sort: SkipValidation[tuple[Sort, ...]] = Field((), description="Columns, one per line, with `desc` behind those that go down.")
    meta: dict[str, str] = Field({}, description="The organisation's own fields.")
    engine: Literal["spark"] | None = Field(None, description="Only when the default fails: spark.")
    max_minutes: Count | None = Field(None, description="An alarm on the duration.")
    fresh: FreshWord | None = Field(None, description="What readers of this table may count on.")
    retires: Day | None = Field(None, description="The day after which it is gone, such as 2027-06-30.")
    replaced_by: Label | None = Field(None, description="The table that takes its place.")
    columns: Columns = Field({}, description="Its columns.")
