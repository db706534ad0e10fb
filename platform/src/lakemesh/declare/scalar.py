"""What a plain word of YAML is: text, unless it is true, false, null or a plain number."""

import math
import re
from typing import TypeAlias

from lakemesh.declare.wrong import Wrong


class Whole(int):
    """A whole number, and how it was written."""

    text: str


class Real(float):
    """A number with a fraction or an exponent, and how it was written: `1.0` stays `1.0` where text is asked for."""

    text: str


Scalar: TypeAlias = str | Whole | Real | bool | None
Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"

# JSON's numbers and no others: 01, 1_000, 0x10, +1, .5 and 1. are text, as are dates, `yes` and `~`.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_DIGITS = 300


def resolve(text: str) -> Scalar:
    """What an unquoted word stands for."""
    if text == "true":
        return True
    if text == "false":
        return False
    if text in ("null", ""):
        return None
    if text[0] in "-0123456789" and len(text) <= _DIGITS and (found := _NUMBER.fullmatch(text)):
        if found[1] is None and found[2] is None:
            whole = Whole(text)
            whole.text = text
            return whole
        real = Real(text)
        if math.isfinite(real):
            real.text = text
            return real
    return text


def written(value: object) -> str:
    """A scalar as it was written. Raises Wrong for a list, a mapping, and nothing at all."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Whole, Real)):
        return value.text
    if isinstance(value, (int, float)):
        return str(value)
    raise Wrong(f"{named(value)} stands where a single value belongs", "write one value")


def named(value: object) -> str:
    """What kind of thing a value is, for a sentence."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{written(value)}`"
    if isinstance(value, (int, float)):
        return f"the number {written(value)}"
    if isinstance(value, str):
        return f'the text "{shown(value)}"'
    return "a list" if isinstance(value, list) else "a mapping"


def shown(text: str) -> str:
    """A text, short enough and on one line, for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "…"
