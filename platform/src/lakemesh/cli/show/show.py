"""Which way events are shown: bars to a person, lines to a log, JSON to a program."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from lakemesh.cli.show.lines import Lines
from lakemesh.cli.show.plain import Plain
from lakemesh.cli.show.terminal import watched
from lakemesh.events import Tell


@contextmanager
def telling(stream: TextIO, plain: bool, json: bool) -> Iterator[Tell]:
    """How to tell events on this stream."""
    if json:
        yield Lines(stream)
    elif plain or not watched(stream):
        yield Plain(stream)
    else:
        from lakemesh.cli.show.bars import OnTerminal

        with OnTerminal(stream) as tell:
            yield tell
