"""What a check looks at: the columns of a table, some of its rows, and values as Spark SQL of a column's own kind."""

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal as Number
from decimal import InvalidOperation

from lakemesh.declare.arguments import Given
from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns, Decimal, Primitive, Type
from lakemesh.quality.expectations.ask import Unfit
from lakemesh.sql import quote

FLOATS = (Primitive("float"), Primitive("double"))
WHOLE = (Primitive("int"), Primitive("bigint"))
TEXT, BOOLEAN, DATE = Primitive("string"), Primitive("boolean"), Primitive("date")
TIMES = (Primitive("timestamp"), Primitive("timestamp_ntz"))


@dataclass(frozen=True, slots=True)
class At:
    """A table and, with `where`, those of its rows that a rule is about."""

    table: TableName
    columns: Columns = field(hash=False, compare=False)
    where: str = ""

    @property
    def rows(self) -> str:
        """What stands behind FROM."""
        named = quote.table(self.table)
        return f"(select * from {named} where {self.where}) checked" if self.where else named

    def rows_where(self, condition: str, columns: str = "*") -> str:
        """A query of rows, such as a person pastes."""
        both = f"({self.where}) and ({condition})" if self.where else condition
        return f"select {columns} from {quote.table(self.table)} where {both}"

    def type(self, column: str) -> Type:
        """Raises Unfit where there is no such column."""
        if column not in self.columns:
            raise Unfit(f'the table has no column "{column}"')
        return self.columns[column]

    def value(self, column: str) -> str:
        """A column; not-a-number is no value, as pandas has it."""
        named = quote.name(column)
        # What a Parquet file tells of its values leaves not-a-number out, and DuckDB goes by that: where the greatest
        # value is known it takes isnan(column) for false, whatever stands there. Of what is in a list it knows nothing.
        return f"case when not isnan(array({named})[0]) then {named} end" if self.type(column) in FLOATS else named

    def text(self, column: str) -> str:
        """A column as Python writes it."""
        kind, named = self.type(column), quote.name(column)
        if kind == TEXT:
            return named
        if kind == BOOLEAN:
            return f"case when {named} then 'True' when not {named} then 'False' end"
        if kind in (*WHOLE, DATE) or isinstance(kind, Decimal):
            return f"cast({named} as string)"
        raise Unfit(f"{column} is {kind}, and as a text it could be written in several ways")

    def number(self, column: str) -> str:
        """A column of numbers. Raises Unfit."""
        kind = self.type(column)
        if kind not in (*WHOLE, *FLOATS) and not isinstance(kind, Decimal):
            raise Unfit(f"{column} is {kind}, which is no number")
        return self.value(column)

    def literal(self, value: Given, column: str) -> str | None:
        """A value as Spark SQL of the column's kind; None where it is of another kind, and so equals none of them."""
        kind = self.type(column)
        if kind in (*WHOLE, *FLOATS) or isinstance(kind, Decimal):
            return _number(value, kind in FLOATS)
        if kind == TEXT:
            return quote.literal(value) if isinstance(value, str) else None
        if kind == BOOLEAN:
            return quote.literal(value) if isinstance(value, bool) else None
        if kind == DATE or kind in TIMES:
            return _time(value, kind)
        raise Unfit(f"{column} is {kind}, which no single value equals")

    def bound(self, value: Given, column: str) -> str:
        """The same, for a comparison. Raises Unfit where the kinds do not compare."""
        made = self.literal(value, column)
        if made is None:
            raise Unfit(f"{value!r} does not compare with {column}, which is {self.type(column)}")
        return made


def _number(value: Given, double: bool) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if double or (isinstance(value, float) and not math.isfinite(value)):
        return quote.literal(float(value))
    if isinstance(value, int):
        return quote.literal(value) if abs(value) < 2**63 else None
    return quote.literal(Number(repr(value)))


def _time(value: Given, kind: Type) -> str | None:
    if not isinstance(value, str):
        return None
    found = moment(value)
    if found is None:
        return None
    if kind == DATE:
        return quote.literal(found.date()) if found.time() == datetime.min.time() else None
    utc = found if found.tzinfo else found.replace(tzinfo=UTC)
    text = quote.literal(utc)
    return text if kind == TIMES[0] else f"cast({text} as timestamp_ntz)"


def moment(value: str) -> datetime | None:
    """A text that is a date or a time, as one; None where it is neither."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def comparable(observed: object, bound: Given) -> object:
    """A bound as what can be compared with an observed value. Raises Unfit."""
    if isinstance(observed, datetime) and isinstance(bound, str):
        found = moment(bound)
        if found is not None:
            same = observed.tzinfo is None
            return found.replace(tzinfo=None) if same else found.replace(tzinfo=found.tzinfo or UTC)
    elif isinstance(observed, date) and isinstance(bound, str):
        found = moment(bound)
        if found is not None:
            return found.date()
    elif isinstance(observed, Number) and isinstance(bound, (int, float)) and not isinstance(bound, bool):
        try:
            return Number(repr(bound))
        except InvalidOperation:
            pass
    elif isinstance(observed, str) == isinstance(bound, str) and bound is not None:
        return bound
    raise Unfit(f"{bound!r} does not compare with {observed!r}")
