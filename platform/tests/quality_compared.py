"""Our answer beside Great Expectations': verdict, counts, percents, observed values and, as a set, the values shown."""

import gzip
import json
import math
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from lakemesh.quality.expectations.ask import Outcome

ANSWERS = Path(__file__).with_name("quality_answers.json.gz")
COUNTED = (
    *("element_count", "unexpected_count", "unexpected_percent", "missing_count", "missing_percent"),
    *("unexpected_percent_total", "unexpected_percent_nonmissing"),
)


def recorded() -> dict[str, Any]:
    """What was recorded: the version, and the answers by dataset and case."""
    value: dict[str, Any] = json.loads(gzip.decompress(ANSWERS.read_bytes()))
    return value


def plain(value: object) -> object:
    """One spelling for what is one value: numbers as floats, times as text."""
    match value:
        case bool() | None:
            return value
        case int() | float() | Decimal():
            number = float(value)
            return number if math.isfinite(number) else f"float:{number}"
        case datetime() | date():
            return value.isoformat()
        case {"values": list() as values, "weights": list() as weights}:
            # A distribution, in whatever order.
            return sorted((str(each), plain(weight)) for each, weight in zip(values, weights, strict=True))  # type: ignore[type-var]
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
    return value


def differences(ours: Outcome, theirs: dict[str, Any]) -> list[str]:
    """What is not the same, in words; nothing where all is."""
    if "raised" in theirs or ours.raised:
        same = bool(ours.raised) == ("raised" in theirs) and ours.success == theirs["success"]
        return [] if same else [f"raised: {ours.raised or 'nothing'} against {theirs.get('raised', 'nothing')!s:.200}"]
    found = []
    if ours.success != theirs["success"]:
        found.append(f"success: {ours.success} against {theirs['success']}")
    result = {word: plain(value) for word, value in ours.result.items()}
    for word in (*COUNTED, "observed_value", "details"):
        if not alike(result.get(word), plain(theirs.get(word))):
            found.append(f"{word}: {result.get(word)} against {theirs.get(word)}")
    for word in ("partial_unexpected_list", "partial_missing_list"):
        mine, their = result.get(word), plain(theirs.get(word))
        if not shown_alike(mine, their):
            found.append(f"{word}: {mine} against {their}")
    return found


def shown_alike(mine: object, their: object) -> bool:
    """Which of many failing values are shown is chance; as many are, and where all are, they are the same."""
    if not isinstance(mine, list) or not isinstance(their, list):
        return mine == their
    if len(mine) != len(their):
        return False
    return len(mine) >= 20 or Counter(map(_text, mine)) == Counter(map(_text, their))


def _text(value: object) -> str:
    """What is missing is null or not-a-number, by its column's type in pandas."""
    if value in (None, "float:nan", "NaT"):
        return "null"
    if isinstance(value, list):
        return str([_text(each) for each in value])
    return str(sorted((name, _text(each)) for name, each in value.items())) if isinstance(value, dict) else str(value)


def alike(mine: object, their: object) -> bool:
    """Equal; of floats, as far as the order of adding them up does not matter."""
    if isinstance(mine, float) and isinstance(their, float):
        return math.isclose(mine, their, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(mine, list | tuple) and isinstance(their, list | tuple):
        return len(mine) == len(their) and all(alike(a, b) for a, b in zip(mine, their, strict=True))
    if isinstance(mine, dict) and isinstance(their, dict):
        return mine.keys() == their.keys() and all(alike(mine[name], their[name]) for name in mine)
    return mine == their or (mine is None and their == "float:nan")
