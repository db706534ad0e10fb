"""Events as JSON, one object a line, for programs."""

from dataclasses import fields
from typing import TextIO

from lakemesh.cli.show.records import record
from lakemesh.events import Event


class Lines:
    """Tells each event as `{"event": "table_ended", …}` with the event's own fields."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, event: Event) -> None:
        value = {"event": _word(type(event).__name__), **{f.name: getattr(event, f.name) for f in fields(event)}}
        print(record(value), file=self._stream, flush=True)


def _word(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
