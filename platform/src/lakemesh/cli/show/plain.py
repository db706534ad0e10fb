"""Events as plain lines, for logs and for those who want no bars."""

from collections.abc import Callable
from time import monotonic
from typing import TextIO

from lakemesh.cli.show import sentences
from lakemesh.cli.show.amounts import rows, size
from lakemesh.events import Event, Noted, Progress, RunBegan, RunEnded, TableBegan, TableEnded, Waiting

EVERY = 5.0
"""Seconds between two lines about the progress of one table."""


class Plain:
    """Tells events as lines, and progress now and then."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._told = clock()

    def __call__(self, event: Event) -> None:
        match event:
            case RunBegan():
                self._say(sentences.run_began(event))
            case TableBegan():
                self._told = self._clock()
                if event.size is not None:
                    self._say(f"{event.table}: reading {size(event.size)}")
            case Progress():
                self._progress(event)
            case TableEnded():
                self._say(f"{event.table}: {sentences.table_ended(event)}")
            case Waiting():
                self._say(sentences.waiting(event))
            case Noted():
                self._say(sentences.noted(event))
            case RunEnded():
                self._say(sentences.run_ended(event))

    def _progress(self, event: Progress) -> None:
        now = self._clock()
        if now - self._told < EVERY:
            return
        self._told = now
        share = "" if event.fraction is None else f", {event.fraction:.0%}"
        self._say(f"{event.table}: {event.stage}, {rows(event.rows)}{share}")

    def _say(self, text: str) -> None:
        # Flushed: whoever follows a log must not wait for a buffer to fill.
        print(text, file=self._stream, flush=True)
