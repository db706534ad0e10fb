"""Whether a value fits a type, and what it is as that type reads it."""

import re
from datetime import date, datetime
from decimal import Decimal as Number

from lakemesh.declare.scalar import shown
from lakemesh.declare.types import Decimal, Primitive, Type
from lakemesh.declare.wrong import Wrong

NUMBERS = ("int", "bigint", "float", "double")
TIMES = ("date", "timestamp", "timestamp_ntz")
_LIMITS = {"int": 2**31, "bigint": 2**63}
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?(Z|[+-]\d{2}:\d{2})?")
# More digits cannot be held by the numbers that contracts are written with.
_EXACT = 15


def value(text: str, type: Type) -> str | int | float | bool:
    """One value of a type: a number, true or false, else text. Raises Wrong."""
    name = type.name if isinstance(type, Primitive) else ""
    if name == "string":
        return text
    if name == "boolean":
        if text in ("true", "false"):
            return text == "true"
        raise Wrong(f'"{shown(text)}" is not a boolean', "write true or false")
    if name in NUMBERS or isinstance(type, Decimal):
        return number(text, type)
    if name in TIMES:
        return time(text, name)
    raise Wrong(f"no value can be written out for {type}", "use a rule in SQL")


def number(text: str, type: Type) -> int | float:
    """A number that fits the type exactly."""
    if not _PLAIN.fullmatch(text):
        bare = re.sub(r"[_,' ](?=\d{3})", "", text).removeprefix("+")
        near = (
            bare
            if _PLAIN.fullmatch(bare)
            else "0" + bare
            if _PLAIN.fullmatch("0" + bare)
            else bare.lstrip("0")
            if bare.isdigit()
            else ""
        )
        raise Wrong(
            f'"{shown(text)}" is not a number, and the column is {type}',
            f"write {near}" if near else "write digits, such as 12 or 12.5",
        )
    exact = Number(text)
    whole = exact == exact.to_integral_value()
    if isinstance(type, Primitive) and type.name in _LIMITS:
        if not whole:
            raise Wrong(
                f'"{shown(text)}" is not a whole number, and the column is {type}',
                "write a whole number, or make the column a decimal",
            )
        if not -_LIMITS[type.name] <= exact < _LIMITS[type.name]:
            raise Wrong(
                f'"{shown(text)}" is too large for {type}',
                "write a smaller one, or make the column a " + ("bigint" if type.name == "int" else "decimal"),
            )
        return int(exact)
    if isinstance(type, Decimal):
        behind = max(0, -int(exact.normalize().as_tuple().exponent)) if exact else 0
        if behind > type.scale:
            raise Wrong(
                f'"{shown(text)}" has {behind} digits behind the point, and {type} has {type.scale}',
                "write fewer, or widen the type",
            )
        if abs(exact) >= Number(10) ** (type.precision - type.scale):
            raise Wrong(f'"{shown(text)}" is too large for {type}', "write a smaller one, or widen the type")
    if whole:
        return int(exact)
    if len(exact.normalize().as_tuple().digits) > _EXACT:
        raise Wrong(f'"{shown(text)}" has more than {_EXACT} digits', "round it, or use a rule in SQL")
    return float(exact)


def time(text: str, name: str) -> str:
    """A date, or a time with or without its zone, as written."""
    example = {"date": "2027-12-31", "timestamp": "2027-12-31T12:00:00Z", "timestamp_ntz": "2027-12-31T12:00:00"}[name]
    found = _TIME.fullmatch(text)
    try:
        if not found:
            raise ValueError
        if name == "date":
            date.fromisoformat(text)
        else:
            datetime.fromisoformat(text)
    except ValueError:
        raise Wrong(f'"{shown(text)}" is not a {name}', f"write one such as {example}") from None
    if name == "timestamp_ntz" and found[1]:
        raise Wrong(f'"{shown(text)}" names a zone, and a timestamp_ntz has none', f"write one such as {example}")
    return text


def values(texts: tuple[object, ...], type: Type) -> tuple[str | int | float | bool, ...]:
    """What `one_of` lists, as the type reads it."""
    done: list[str | int | float | bool] = []
    for place, text in enumerate(texts):
        try:
            one = value(str(text), type) if isinstance(text, str) else text
        except Wrong as wrong:
            raise wrong.below(place) from None
        if one in done:
            raise Wrong(f'"{shown(str(text))}" is a value that is listed already', "name it once", place)
        assert isinstance(one, (str, int, float, bool))
        done.append(one)
    return tuple(done)


def between(sides: tuple[object, object], type: Type) -> tuple[str | int | float | None, str | int | float | None]:
    """The sides of a range, as the type reads them."""
    if not (isinstance(type, Decimal) or (isinstance(type, Primitive) and type.name in (*NUMBERS, *TIMES))):
        text = isinstance(type, Primitive) and type.name == "string"
        remedy = "use `length`, `matches` or `one_of` for text" if text else "leave it out"
        raise Wrong(f"`range` is for numbers, dates and times, and the column is {type}", remedy)
    low, high = (value(side, type) if isinstance(side, str) else side for side in sides)
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        raise Wrong(f'"{sides[0]}..{sides[1]}" runs backwards', f"write {sides[1]}..{sides[0]}")
    return low, high  # type: ignore[return-value]


def for_text(word: str, type: Type) -> None:
    """Refuse a word that says something of text where there is none."""
    if not (isinstance(type, Primitive) and (type.name == "string" or (word == "length" and type.name == "binary"))):
        raise Wrong(
            f"`{word}` is for text, and the column is {type}",
            "use `range` for numbers, dates and times, or leave it out",
        )
