"""Of one column: null or not, in a set, between, as long as, and as a pattern says."""

from lakemesh.declare.arguments import Given
from lakemesh.declare.pythonic import portable
from lakemesh.quality.expectations.ask import Arguments
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.counted import ByRow, Condition
from lakemesh.sql import quote


def _there(at: At, column: str) -> str:
    return f"{at.value(column)} is not null"


def _of(at: At, a: Arguments, good: str) -> Condition:
    column = str(a["column"])
    return Condition(good, _there(at, column), (column,))


def null(at: At, a: Arguments) -> Condition:
    column = str(a["column"])
    return Condition(f"{at.value(column)} is null", "", (column,))


def not_null(at: At, a: Arguments) -> Condition:
    column = str(a["column"])
    return Condition(_there(at, column), "", (column,))


def values(at: At, column: str, given: Given) -> list[str]:
    """Those of a set that a column can hold; null and what is of another kind is none of them."""
    assert isinstance(given, tuple)
    return list(dict.fromkeys(made for each in given if (made := at.literal(each, column)) is not None))


def in_set(at: At, a: Arguments) -> Condition:
    column = str(a["column"])
    held = values(at, column, a["value_set"])
    return _of(at, a, f"{at.value(column)} in ({', '.join(held)})" if held else "false")


def not_in_set(at: At, a: Arguments) -> Condition:
    return _of(at, a, f"not ({in_set(at, a).good})")


def within(measure: str, low: str | None, high: str | None, a: Arguments) -> str:
    """A measure between two bounds, either of which may be open."""
    sides = []
    if low is not None:
        sides.append(f"{measure} {'>' if a.get('strict_min') else '>='} {low}")
    if high is not None:
        sides.append(f"{measure} {'<' if a.get('strict_max') else '<='} {high}")
    return " and ".join(sides) or "true"


def between(at: At, a: Arguments) -> Condition:
    column = str(a["column"])
    low, high = (None if a.get(side) is None else at.bound(a[side], column) for side in ("min_value", "max_value"))
    return _of(at, a, within(at.value(column), low, high, a))


def lengths_between(at: At, a: Arguments) -> Condition:
    low, high = (None if a.get(side) is None else str(a[side]) for side in ("min_value", "max_value"))
    return _of(at, a, within(f"length({at.text(str(a['column']))})", low, high, a))


def lengths_equal(at: At, a: Arguments) -> Condition:
    return _of(at, a, f"length({at.text(str(a['column']))}) = {a['value']}")


def matches(at: At, column: str, pattern: str) -> str:
    """Whether Python would find the pattern in it. The caller knows that other engines can read it."""
    return f"{at.text(column)} rlike {quote.literal(portable(pattern))}"


def regex(at: At, a: Arguments) -> Condition:
    return _of(at, a, matches(at, str(a["column"]), str(a["regex"])))


def not_regex(at: At, a: Arguments) -> Condition:
    return _of(at, a, f"not ({matches(at, str(a['column']), str(a['regex']))})")


def regexes(at: At, a: Arguments) -> Condition:
    both = " and " if a.get("match_on") == "all" else " or "
    return _of(at, a, f"({both.join(matches(at, str(a['column']), each) for each in _texts(a['regex_list']))})")


def not_regexes(at: At, a: Arguments) -> Condition:
    return _of(at, a, f"not {regexes(at, {**a, 'match_on': 'any'}).good}")


def _texts(given: Given) -> tuple[str, ...]:
    assert isinstance(given, tuple)
    return tuple(str(each) for each in given)


def _like(at: At, a: Arguments, pattern: str) -> str:
    """LIKE as an expression, so that no engine's own reading of \\ comes in."""
    made, escape, place = "", a.get("escape"), 0
    while place < len(pattern):
        character = pattern[place]
        if escape is not None and character == escape and place + 1 < len(pattern):
            place += 1
            made += _plain(pattern[place])
        elif character in "%_":
            made += r"(?:[^\n]|\n)*" if character == "%" else r"(?:[^\n]|\n)"
        else:
            made += _plain(character)
        place += 1
    whole = "\\A" + made + "\\z"
    return f"{quote.name(str(a['column']))} rlike {quote.literal(whole)}"


def _plain(character: str) -> str:
    return f"\\{character}" if character in r"\.^$*+?{}[]()|&-~#" else character


def like(at: At, a: Arguments) -> Condition:
    return _of(at, a, _like(at, a, str(a["like_pattern"])))


def not_like(at: At, a: Arguments) -> Condition:
    return _of(at, a, f"not ({_like(at, a, str(a['like_pattern']))})")


def likes(at: At, a: Arguments) -> Condition:
    both = " and " if a.get("match_on") == "all" else " or "
    return _of(at, a, f"({both.join(_like(at, a, each) for each in _texts(a['like_pattern_list']))})")


def not_likes(at: At, a: Arguments) -> Condition:
    return _of(at, a, f"not {likes(at, {**a, 'match_on': 'any'}).good}")


FAMILY: dict[str, ByRow] = {
    "expect_column_values_to_be_null": null,
    "expect_column_values_to_not_be_null": not_null,
    "expect_column_values_to_be_in_set": in_set,
    "expect_column_values_to_not_be_in_set": not_in_set,
    "expect_column_values_to_be_between": between,
    "expect_column_value_lengths_to_be_between": lengths_between,
    "expect_column_value_lengths_to_equal": lengths_equal,
    "expect_column_values_to_match_regex": regex,
    "expect_column_values_to_not_match_regex": not_regex,
    "expect_column_values_to_match_regex_list": regexes,
    "expect_column_values_to_not_match_regex_list": not_regexes,
    "expect_column_values_to_match_like_pattern": like,
    "expect_column_values_to_not_match_like_pattern": not_like,
    "expect_column_values_to_match_like_pattern_list": likes,
    "expect_column_values_to_not_match_like_pattern_list": not_likes,
}
