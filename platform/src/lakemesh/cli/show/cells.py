"""One value as a person reads it in a cell. Null, the empty text and the text `null` look different."""

import json
import unicodedata
from datetime import date, datetime
from decimal import Decimal


def cell(value: object) -> str:
    """A value on one line; what would move the cursor is shown, not done."""
    match value:
        case None:
            return "null"
        case str():
            return f"'{value}'" if value in ("", "null") else one_line(value)
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.replace(tzinfo=None).isoformat(" ")
        case date():
            return value.isoformat()
        case bytes():
            return f"0x{value.hex()}"
        case dict() | list() | tuple():
            return one_line(json.dumps(value, default=cell, ensure_ascii=False))
    return one_line(str(value))


BLANK = " "
"""A cell in which nothing is said, as distinct from a value that is empty."""


def is_number(value: object) -> bool:
    """Whether it stands on the right of its column."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def cut(text: str, columns: int) -> str:
    """The text, or as much of it as fits with a sign that there is more."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += _width(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def one_line(text: str) -> str:
    """The text, with what would move the cursor shown, not done."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or unicodedata.category(c) in ("Zs", "Cf") else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
