"""What a stream can show: whether a person looks at it, how wide it is, and whether in colour."""

import os
import shutil
from typing import Literal, TextIO

Colour = Literal["red", "yellow", "green", "dim", "bold"]
_CODES = {"red": "31", "yellow": "33", "green": "32", "dim": "2", "bold": "1"}


def watched(stream: TextIO) -> bool:
    """Whether a person looks at it as it is written."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def colourful(stream: TextIO) -> bool:
    """Whether colours may be used: never when https://no-color.org says so."""
    return watched(stream) and not os.environ.get("NO_COLOR")


def width(stream: TextIO) -> int | None:
    """Columns of the terminal; None where nobody looks and lines may be as long as they are."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def paint(text: str, colour: Colour, stream: TextIO) -> str:
    """The text in a colour, where the stream shows colours."""
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if colourful(stream) else text
