"""tests/<claim>/test.yaml: the times at which a test runs."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from lakemesh.declare.declaration import Declaration
from lakemesh.declare.scalar import Value, named
from lakemesh.declare.wrong import Wrong

_INSTANT = r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?"


def instant(value: "Value | datetime") -> object:
    """An instant; in UTC where no zone is written."""
    if isinstance(value, datetime) or value is None:
        return value
    try:
        if not isinstance(value, str) or not re.fullmatch(_INSTANT, value):
            raise ValueError
        found = datetime.fromisoformat(value)
    except ValueError:
        raise Wrong(f"{named(value)} is not a time", "write one such as 2024-03-02 06:30:00, which is in UTC") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


Instant = Annotated[datetime, BeforeValidator(instant), WithJsonSchema({"type": "string", "pattern": f"^{_INSTANT}$"})]


class TestTimes(Declaration):
    """When a test runs: what `:now`, `:since` and `:until` stand for."""

    __test__ = False

    kind: ClassVar[str] = "a test"
    example: ClassVar[str] = "now: 2024-03-02 06:30:00"

    now: Instant | None = Field(default=None, description="What `:now` stands for, in UTC.")
    since: Instant | None = Field(default=None, description="What `:since` stands for in window tables.")
    until: Instant | None = Field(default=None, description="What `:until` stands for in window tables.")

    def wrongs(self) -> Iterable[Wrong]:
        """A span runs forwards."""
        if self.since is not None and self.until is not None and self.since >= self.until:
            yield Wrong("`since` is not before `until`", "name an earlier time", "since", leans="until")
