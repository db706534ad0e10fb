"""The only way in which a name or a value gets into a Spark SQL text."""

from datetime import UTC, date, datetime
from decimal import Decimal

from lakemesh.declare.names import TableName


def name(text: str) -> str:
    """An identifier, quoted."""
    return "`" + text.replace("`", "``") + "`"


def table(named: TableName) -> str:
    """A table, quoted, as domain.table."""
    return f"{name(named.domain)}.{name(named.table)}"


def literal(value: str | int | float | bool | Decimal | date | datetime | None) -> str:
    """A value, as Spark SQL writes it. Times without a zone are UTC."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r") + "'"
        case int():
            return str(value) if -(2**31) <= value < 2**31 else f"{value}L"
        case Decimal():
            return f"cast('{value:f}' as decimal({_precision(value)}))"
        case float():
            return f"cast('{value!r}' as double)"
        case datetime():
            moment = value if value.tzinfo else value.replace(tzinfo=UTC)
            # isoformat, since strftime leaves early years without their zeros.
            utc = moment.astimezone(UTC).replace(tzinfo=None)
            return f"timestamp '{utc.isoformat(sep=' ', timespec='microseconds')}Z'"
        case date():
            return f"date '{value.isoformat()}'"


def _precision(value: Decimal) -> str:
    _, digits, exponent = value.as_tuple()
    scale = max(-int(exponent), 0)
    return f"{max(len(digits) + max(int(exponent), 0), scale, 1)},{scale}"
