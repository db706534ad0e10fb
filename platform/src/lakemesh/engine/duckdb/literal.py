"""The only way a value gets into the text of a query."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from lakemesh.engine.duckdb.types import quoted


def text(value: str) -> str:
    """A string."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """A list of strings."""
    return "[" + ", ".join(text(value) for value in values) + "]"


def paths(locations: Iterable[str]) -> str:
    """A list of files to read. What a pattern would take for itself stands for itself."""
    return texts("".join(f"[{letter}]" if letter in "*?[" else letter for letter in path(at)) for at in locations)


def path(location: str) -> str:
    """A location on this machine's disk without its scheme, so that a file has one name; any other as it is."""
    return location.removeprefix("file://")


def struct(fields: Mapping[str, str]) -> str:
    """A struct of strings, such as the names and types of columns."""
    return "{" + ", ".join(f"{text(name)}: {text(value)}" for name, value in fields.items()) + "}"


def moment(value: datetime | date) -> str:
    """An instant, or a day."""
    if isinstance(value, datetime):
        known = value if value.tzinfo else value.replace(tzinfo=UTC)
        return f"{text(known.astimezone(UTC).isoformat(sep=' '))}::TIMESTAMPTZ"
    return f"{text(value.isoformat())}::DATE"


__all__ = ["moment", "path", "paths", "quoted", "struct", "text", "texts"]
