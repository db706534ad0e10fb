"""What only Python can tell of a text: it is asked of each different value once, while they stream."""

import json
import re
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime

from lakemesh.declare.arguments import Given
from lakemesh.declare.pythonic import portable
from lakemesh.quality.expectations.ask import PARTIAL, Arguments, Ask, Check, Row, Statement, Unfit
from lakemesh.quality.expectations.at import TEXT, At
from lakemesh.quality.expectations.counted import outcome
from lakemesh.quality.expectations.whole import Whole, share
from lakemesh.sql import quote


def by_value(at: At, a: Arguments, good: Callable[[str], bool]) -> Check:
    """Count the rows whose value is not good."""
    column = str(a["column"])
    value = at.text(column)

    def fold(rows: Iterator[Row]) -> object:
        bad = 0
        shown: list[object] = []
        failing: list[str] = []
        for row in rows:
            if not good(str(row["v"])):
                many = int(str(row["n"]))
                bad += many
                if len(shown) < PARTIAL:
                    failing.append(str(row["v"]))
                    shown += [row["v"]] * min(many, PARTIAL - len(shown))
        return bad, shown, failing

    text = f"select {value} as v, count(*) as n from {at.rows} where {value} is not null group by {value}"
    answer = yield Ask(("count(*)", f"count({value})"), (Statement(text, fold),))
    found = answer.rows[0]
    assert isinstance(found, tuple)
    bad, shown, failing = found
    # Only Python can name them all; the query names the first.
    query = at.rows_where(f"{value} in ({', '.join(quote.literal(each) for each in failing)})") if failing else ""
    return outcome(answer.number(0), answer.number(1), bad, share(a), shown, query)


def _texts(at: At, a: Arguments) -> None:
    if at.type(str(a["column"])) != TEXT:
        raise Unfit(f"{a['column']} is {at.type(str(a['column']))}, and only a text can be read")


def json_parseable(at: At, a: Arguments) -> Check:
    _texts(at, a)
    return by_value(at, a, _is_json)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def strftime(at: At, a: Arguments) -> Check:
    _texts(at, a)
    form = str(a["strftime_format"])

    def good(text: str) -> bool:
        try:
            datetime.strptime(text, form)  # noqa: DTZ007 (only whether it can be read is asked)
        except ValueError:
            return False
        return True

    return by_value(at, a, good)


def dateutil_parseable(at: At, a: Arguments) -> Check:
    _texts(at, a)
    try:
        from dateutil.parser import parse  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise Unfit("python-dateutil is not installed here") from None

    def good(text: str) -> bool:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                parse(text)
        except (ValueError, OverflowError):
            return False
        return True

    return by_value(at, a, good)


def json_schema(at: At, a: Arguments) -> Check:
    _texts(at, a)
    try:
        from jsonschema import ValidationError, validate  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise Unfit("jsonschema is not installed here") from None
    schema = _plain(a["json_schema"])

    def good(text: str) -> bool:
        try:
            validate(json.loads(text), schema)
        except ValidationError:
            return False
        except ValueError as error:
            raise Unfit(f"a value is not JSON: {error}") from None
        return True

    return by_value(at, a, good)


def _plain(value: Given) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {name: _plain(each) for name, each in value.items()} if isinstance(value, dict) else value


def regex(at: At, a: Arguments) -> Check:
    """What other engines would read otherwise."""
    given = a.get("regex_list", (a.get("regex", ""),))
    assert isinstance(given, tuple)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patterns = [re.compile(str(each)) for each in given]
    every = all if a.get("match_on") == "all" else any
    return by_value(at, a, lambda text: bool(every(pattern.search(text) for pattern in patterns)))


def not_regex(at: At, a: Arguments) -> Check:
    given = a.get("regex_list", (a.get("regex", ""),))
    assert isinstance(given, tuple)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patterns = [re.compile(str(each)) for each in given]
    return by_value(at, a, lambda text: not any(pattern.search(text) for pattern in patterns))


def only_python(a: Arguments) -> bool:
    """Whether an expression means the same nowhere else."""
    given = a.get("regex_list", (a["regex"],) if "regex" in a else ())
    assert isinstance(given, tuple)
    return any(portable(str(each)) is None for each in given)


FAMILY: dict[str, Whole] = {
    "expect_column_values_to_be_json_parseable": json_parseable,
    "expect_column_values_to_match_strftime_format": strftime,
    "expect_column_values_to_be_dateutil_parseable": dateutil_parseable,
    "expect_column_values_to_match_json_schema": json_schema,
}
PATTERNS: dict[str, Whole] = {
    "expect_column_values_to_match_regex": regex,
    "expect_column_values_to_match_regex_list": regex,
    "expect_column_values_to_not_match_regex": not_regex,
    "expect_column_values_to_not_match_regex_list": not_regex,
}
