"""Rows of a snapshot that lie in spans of a column: a condition for DuckDB, and one by which files are left out."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import reduce
from typing import cast

from pyiceberg.expressions import AlwaysFalse, And, BooleanExpression, GreaterThanOrEqual, LessThan, Or

from lakemesh.declare.types import Primitive, Type
from lakemesh.engine.duckdb.literal import moment, quoted
from lakemesh.lake.snapshot import Spans


def condition(within: Spans, kind: Type) -> str:
    """True of the rows that lie in one of the spans."""
    column = quoted(within.column)
    ends = ((spelled(since, kind), spelled(until, kind)) for since, until in _ends(within, kind))
    return " OR ".join(f"{column} >= {since} AND {column} < {until}" for since, until in ends) or "false"


def possible(within: Spans, kind: Type) -> BooleanExpression:
    """Of a file: whether it can hold such a row, by its statistics."""
    none: BooleanExpression = AlwaysFalse()
    spans = (
        And(made(GreaterThanOrEqual)(within.column, since), made(LessThan)(within.column, until))
        for since, until in _ends(within, kind)
    )
    return reduce(Or, spans, none)


def spelled(end: datetime | date, kind: Type) -> str:
    """The end of a span, as DuckDB compares it with such a column."""
    value = fitted(end, kind)
    return f"{moment(value)}::TIMESTAMP" if kind == Primitive("timestamp_ntz") else moment(value)


def fitted(end: datetime | date, kind: Type) -> datetime | date:
    """The end of a span in the type of its column: as an instant, a local time in UTC, or a day."""
    whole = end if isinstance(end, datetime) else datetime(end.year, end.month, end.day, tzinfo=UTC)
    instant = whole.astimezone(UTC) if whole.tzinfo else whole.replace(tzinfo=UTC)
    if kind == Primitive("date"):
        return instant.date()
    return instant if kind == Primitive("timestamp") else instant.replace(tzinfo=None)


def _ends(within: Spans, kind: Type) -> list[tuple[datetime | date, datetime | date]]:
    return [(fitted(since, kind), fitted(until, kind)) for since, until in within.spans]


def made(of: type[BooleanExpression]) -> Callable[[str, object], BooleanExpression]:
    """The expression, by its arguments as they are written: for pydantic's eye they have other names."""
    return cast(Callable[[str, object], BooleanExpression], of)
