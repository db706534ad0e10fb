"""What may stand behind a word, so that every word of one kind is read and refused alike."""

import codecs
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, WithJsonSchema

from lakemesh.declare import amounts
from lakemesh.declare.scalar import Real, Value, Whole, named, shown, written
from lakemesh.declare.words import near
from lakemesh.declare.wrong import Wrong

T = TypeVar("T")


def text(value: Value) -> str:
    """Text that says something, without the line end that block form leaves."""
    if isinstance(value, (bool, Whole, Real)):
        raise Wrong(f"{named(value)} stands where text belongs", f'write it in quotes: "{written(value)}"')
    if not isinstance(value, str):
        raise Wrong(f"{named(value)} stands where text belongs", "write the text, or leave the word out")
    if not value.strip():
        raise Wrong("the text is empty", "write something, or leave the word out")
    return value.strip()


def label(value: Value) -> str:
    """A name of something outside, as written: a header may well be `2013`."""
    said = written(value)
    if not said:
        raise Wrong("the name is empty", "write something, or leave the word out")
    return said


def names(value: "Value | tuple[str, ...]") -> tuple[str, ...]:
    """A list of names, each once, as written."""
    if isinstance(value, tuple):
        return value
    if not isinstance(value, list):
        flat = ", ".join(part.strip() for part in written(value).split(",")) if isinstance(value, str) else "…"
        raise Wrong(f"{named(value)} stands where a list belongs", f"write [{flat}]")
    if not value:
        raise Wrong("the list is empty", "name something, or leave the word out")
    done: list[str] = []
    for place, item in enumerate(value):
        try:
            said = label(item)
        except Wrong as wrong:
            raise wrong.below(place) from None
        if said in done:
            raise Wrong(f'"{shown(said)}" stands twice', "name it once", place)
        done.append(said)
    return tuple(done)


def spelled(value: Value) -> tuple[str, ...]:
    """One text or a list of them, as written, the empty one too: what stands for null."""
    if isinstance(value, list):
        return tuple(written(item) for item in value)
    return (written(value),)


def amount(read: Callable[[str], T], example: str) -> Callable[[object], object]:
    """A reader of amounts, from one of texts."""

    def amount_of(value: object) -> object:
        if isinstance(value, (list, dict)) or value is None or isinstance(value, bool):
            raise Wrong(f"{named(value)} stands where an amount belongs", f"write one such as {example}")
        if isinstance(value, (str, Whole, Real)):
            return read(written(value))
        return value

    return amount_of


def day(value: "Value | date") -> object:
    """A date, such as 2027-12-31."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise Wrong(f"{named(value)} is not a date", "write year-month-day, such as 2027-12-31")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Wrong(f'"{value}" is no day of the calendar', "write year-month-day, such as 2027-12-31") from None


def count(value: Value) -> int:
    """A whole number from 1."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Wrong(f"{named(value)} is not a count", "write a whole number from 1")
    return int(value)


def yes(value: Value) -> bool:
    """true or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("yes", "no", "on", "off", "y", "n", "true", "false", "1", "0"):
        meant = "true" if value.lower() in ("yes", "on", "y", "true", "1") else "false"
        raise Wrong(f'"{value}" is text, not true or false', f"write {meant}")
    raise Wrong(f"{named(value)} is not true or false", "write true or false")


def switch(value: Value) -> bool:
    """on or off."""
    if value in ("on", "off"):
        return value == "on"
    if isinstance(value, bool):
        return value
    raise Wrong(f"{named(value)} is neither on nor off", "write on or off")


def character(value: Value) -> str:
    """One character, also `tab`."""
    said = written(value)
    if said in ("tab", "\\t"):
        return "\t"
    if len(said) != 1:
        raise Wrong(f'"{shown(said)}" is not one character', 'write one in quotes, such as ";", or tab')
    return said


def time_zone(value: Value) -> str:
    """A zone of the tz database."""
    said = text(value)
    try:
        return ZoneInfo(said).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        close = near(said, available_timezones())
        remedy = f'did you mean "{close}"?' if close else "write one such as Europe/Amsterdam or UTC"
        raise Wrong(f'"{shown(said)}" is not a time zone', remedy) from None


def encoding(value: Value) -> str:
    """How characters are written as bytes."""
    said = label(value)
    try:
        codecs.lookup(said)
    except (LookupError, ValueError):
        raise Wrong(f'"{shown(said)}" is not an encoding', "write one such as utf-8, latin-1 or cp1252") from None
    return said


def pattern(value: Value) -> str:
    """How dates or times are written, in the letters of Spark SQL."""
    said = text(value)
    if "%" in said:
        raise Wrong(f'"{shown(said)}" is written in the letters of another language', "write one such as dd-MM-yyyy")
    if ours := {"Y": "y", "D": "d"}.keys() & set(said):
        mended = said.replace("Y", "y").replace("D", "d")
        about = {"Y": "Y is the year of a week", "D": "D is the day of a year"}[min(ours)]
        raise Wrong(f'"{shown(said)}" is not a day of a month: {about}', f"write {mended}")
    if "h" in said and "a" not in said:
        raise Wrong(
            f'"{shown(said)}" does not say morning or afternoon: h counts to 12', f"write {said.replace('h', 'H')}"
        )
    return said


def table(value: Value) -> str:
    """A table of the same domain, or of another: `film_v2`, `film.film_v2`."""
    said = text(value)
    if not re.fullmatch(r"[a-z]\w*(\.[a-z]\w*)?", said):
        raise Wrong(f'"{shown(said)}" is not the name of a table', "write one such as film_v2, or film.film_v2")
    return said


def _schema(kind: str, pattern: str = "", **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **({"pattern": pattern} if pattern else {}), **more})


_SPAN = r"^\d+ (second|minute|hour|day|week)s?$"

TimeZone = Annotated[str, BeforeValidator(time_zone)]
Encoding = Annotated[str, BeforeValidator(encoding)]
Pattern = Annotated[str, BeforeValidator(pattern)]
TableWord = Annotated[str, BeforeValidator(table)]
Text = Annotated[str, BeforeValidator(text)]
Label = Annotated[str, BeforeValidator(label), WithJsonSchema({"type": ["string", "number", "boolean"]})]
Names = Annotated[
    tuple[str, ...],
    BeforeValidator(names),
    WithJsonSchema({"type": "array", "minItems": 1, "items": {"type": "string"}}),
]
Span = Annotated[timedelta, BeforeValidator(amount(amounts.duration, "26 hours")), _schema("string", _SPAN)]
Size = Annotated[int, BeforeValidator(amount(amounts.size, "2 GB")), _schema("string", r"^\d+ ?([kKMGT]i?)?B$")]
Share = Annotated[
    float,
    BeforeValidator(amount(amounts.share, "5 %")),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^\d+(\.\d+)? ?%$"}, {"const": 0}]}),
]
Day = Annotated[date, BeforeValidator(day), _schema("string", r"^\d{4}-\d{2}-\d{2}$")]
Count = Annotated[int, BeforeValidator(count), _schema("integer", minimum=1)]
Yes = Annotated[bool, BeforeValidator(yes)]
Switch = Annotated[bool, BeforeValidator(switch), _schema("string", enum=["on", "off"])]
Character = Annotated[str, BeforeValidator(character), _schema("string")]
Spelled = Annotated[
    tuple[str, ...],
    BeforeValidator(spelled),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number", "boolean"]},
                {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
            ]
        }
    ),
]
