"""What stands behind an expectation: each word read as what it takes."""

import re
from collections.abc import Callable, Iterator, Mapping

from lakemesh.declare.declaration import choice
from lakemesh.declare.expectations import CHOICES, ELSEWHERE, EXPECTATIONS, REFUSED, Argument
from lakemesh.declare.pythonic import python
from lakemesh.declare.scalar import Value, named, shown, written
from lakemesh.declare.values import names, yes
from lakemesh.declare.words import near
from lakemesh.declare.wrong import Wrong, Wrongs

Given = str | int | float | bool | None | tuple["Given", ...] | dict[str, "Given"]
"""An argument, as it is kept: lists are tuples."""


def read(name: str, value: Value) -> dict[str, Given]:
    """The arguments of an expectation. Raises Wrongs: all there are."""
    known(name)
    takes = EXPECTATIONS[name].arguments
    if not isinstance(value, dict):
        first = next(iter(takes))
        raise Wrongs(Wrong(f"{named(value)} stands where its arguments belong", f"write {{{first}: …}}"))
    done: dict[str, Given] = {}
    wrongs = [
        Wrong(f"`{argument.name}` is missing", f"add {argument.name}: …")
        for argument in takes.values()
        if argument.needed and argument.name not in value
    ]
    for word, given in value.items():
        if word not in takes:
            wrongs.append(Wrong(f'{name} has no argument "{shown(word)}"', _instead(word, takes), word, word=True))
            continue
        try:
            done[word] = _one(takes[word], given)
        except Wrong as wrong:
            wrongs.append(wrong.below(word))
    wrongs += _together(name, done) if not wrongs else ()
    if wrongs:
        raise Wrongs(*wrongs)
    return done


def known(name: str) -> None:
    """Raises Wrongs where there is no such expectation, or Lakemesh does not take it."""
    if name in EXPECTATIONS:
        return
    if name in REFUSED:
        raise Wrongs(Wrong(f"{name} is not taken here", REFUSED[name], word=True))
    close = near(name, EXPECTATIONS)
    remedy = f'did you mean "{close}"?' if close else "docs/reference/words.md lists the expectations there are"
    raise Wrongs(Wrong(f'there is no expectation "{shown(name)}"', remedy, word=True))


def _instead(word: str, takes: object) -> str:
    assert isinstance(takes, dict)
    if word in ELSEWHERE:
        return ELSEWHERE[word]
    close = near(word, takes)
    return f'did you mean "{close}"?' if close else f"its arguments are {', '.join(takes)}"


def _one(argument: Argument, value: Value) -> Given:
    if argument.takes in CHOICES:
        options = list(CHOICES[argument.takes])
        if value not in options:
            raise choice(argument.name, value, options)
        return str(value)
    return _READERS[argument.takes](value)


def _text(value: Value) -> str:
    said = written(value)
    if not said:
        raise Wrong("the text is empty", "write something")
    return said


def _number(value: Value) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Wrong(f"{named(value)} is not a number", "write one such as 1 or 0.5")
    return int(value) if isinstance(value, int) else float(value)


def _whole(value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(f"{named(value)} is not a whole number", "write one such as 100")
    return int(value)


def _mapping(value: Value) -> Given:
    if not isinstance(value, dict):
        raise Wrong(f"{named(value)} stands where a mapping belongs", "write `word: value` lines below it")
    return plain(value)


def _regexes(value: Value) -> Given:
    return tuple(python(each) for each in names(value))


def _share(value: Value) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        remedy = "write a share from 0 to 1, such as 0.95"
        if isinstance(value, str) and (found := re.fullmatch(r"(\d+(?:\.\d+)?) ?%", value)):
            remedy = f"write {float(found[1]) / 100:g}"
        raise Wrong(f"{named(value)} is not a share", remedy)
    return int(value) if isinstance(value, int) else float(value)


def _scalar(value: Value) -> Given:
    if isinstance(value, (list, dict)):
        raise Wrong(f"{named(value)} stands where a single value belongs", "write one value")
    return plain(value)


def _values(value: Value) -> tuple[Given, ...]:
    if not isinstance(value, list):
        raise Wrong(f"{named(value)} stands where a list belongs", "write [A, B]")
    if not value:
        raise Wrong("the list is empty, so no value would fit", "name the values")
    return tuple(_scalar(each) for each in value)


def _pairs(value: Value) -> tuple[Given, ...]:
    pairs = _list(value, "write [[A, B], [C, D]]")
    for place, pair in enumerate(pairs):
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise Wrong("this is not a pair of values", "write [A, B]", place)
    return pairs


def _quantiles(value: Value) -> dict[str, Given]:
    example = "write {quantiles: [0.1, 0.9], value_ranges: [[0, 5], [90, null]]}"
    if not isinstance(value, dict) or set(value) != {"quantiles", "value_ranges"}:
        raise Wrong("quantiles and their ranges belong here", example)
    shares = tuple(_share(each) for each in _as_list(value["quantiles"], example))
    ranges = tuple(_list(each, example) for each in _as_list(value["value_ranges"], example))
    if not shares or len(shares) != len(ranges) or any(len(each) != 2 for each in ranges):
        raise Wrong("each quantile needs its range, low and high", example)
    if any(isinstance(side, bool | str | tuple | dict) for each in ranges for side in each):
        raise Wrong("the sides of a range are numbers, or null", example)
    return {"quantiles": shares, "value_ranges": ranges}


def _partition(value: Value) -> dict[str, Given]:
    example = "write {values: [A, B], weights: [0.4, 0.6]}"
    if isinstance(value, dict) and "bins" in value:
        raise Wrong("only values can be counted, not bins of numbers", "say quantiles of them instead")
    if not isinstance(value, dict) or set(value) != {"values", "weights"}:
        raise Wrong("values and their weights belong here", example)
    of, weights = _values(value["values"]), tuple(_share(each) for each in _as_list(value["weights"], example))
    if len(of) != len(weights) or abs(sum(weights) - 1) > 1e-8:
        raise Wrong("each value has one weight, and together they are 1", example)
    return {"values": of, "weights": weights}


def _as_list(value: Value, example: str) -> list[Value]:
    if not isinstance(value, list):
        raise Wrong(f"{named(value)} stands where a list belongs", example)
    return value


def _list(value: Value, example: str) -> tuple[Given, ...]:
    return tuple(plain(each) for each in _as_list(value, example))


def plain(value: Value) -> Given:
    """A value without how it was written."""
    if isinstance(value, list):
        return tuple(plain(each) for each in value)
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if value is None or isinstance(value, (bool, str)):
        return value
    return int(value) if isinstance(value, int) else float(value)


_READERS: Mapping[str, Callable[[Value], Given]] = {
    "column": _text,
    "text": _text,
    "columns": names,
    "texts": names,
    "number": _number,
    "whole": _whole,
    "value": _scalar,
    "values": _values,
    "pairs": _pairs,
    "regex": lambda value: python(_text(value)),
    "regexes": _regexes,
    "share": _share,
    "yes": yes,
    "quantiles": _quantiles,
    "partition": _partition,
    "mapping": _mapping,
}


def _together(name: str, done: dict[str, Given]) -> Iterator[Wrong]:
    """What does not go together, right as each may be."""
    if "min_value" in EXPECTATIONS[name].arguments:
        low, high = done.get("min_value"), done.get("max_value")
        if low is None and high is None:
            yield Wrong("neither `min_value` nor `max_value` is said", "say one of them")
        elif _turned(low, high):
            yield Wrong("`min_value` is above `max_value`", "turn them round")
    columns, takes = done.get("column_list"), EXPECTATIONS[name].arguments.get("column_list", _NONE).takes
    if takes == "columns" and isinstance(columns, tuple) and len(columns) < 2:
        yield Wrong("one column alone is not compared", "name two or more in `column_list`")
    if done.get("column_A") is not None and done.get("column_A") == done.get("column_B"):
        yield Wrong("both columns are the same", "name two columns")


_NONE = Argument("", "text")


def _turned(low: Given, high: Given) -> bool:
    if isinstance(low, (int, float)) and isinstance(high, (int, float)):
        return low > high
    return isinstance(low, str) and isinstance(high, str) and low > high
