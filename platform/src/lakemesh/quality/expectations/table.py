"""The table itself: how many rows, and which columns."""

from itertools import zip_longest

from lakemesh.declare.names import TableName
from lakemesh.quality.expectations.ask import Arguments, Ask, Check, Outcome, Statement
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.whole import Whole, observed
from lakemesh.sql import quote


def row_count(at: At, a: Arguments) -> Check:
    return observed((yield Ask(("count(*)",))).number(0), a)


def row_count_equal(at: At, a: Arguments) -> Check:
    many = (yield Ask(("count(*)",))).number(0)
    return Outcome(many == a["value"], {"observed_value": many}, bad=int(many != a["value"]))


def row_count_other(at: At, a: Arguments) -> Check:
    said = str(a["other_table_name"])
    other = TableName.parse(said if "." in said else f"{at.table.domain}.{said}")
    text = f"select count(*) as n from {quote.table(other)}"
    answer = yield Ask(("count(*)",), (Statement(text, also=(other,)),))
    here, there = answer.number(0), int(str(answer.table()[0]["n"]))
    seen = {"self": here, "other": there}
    return Outcome(here == there, {"observed_value": seen}, bad=int(here != there))


def _told(outcome: Outcome) -> Check:
    """What needs no question."""
    yield Ask()
    return outcome


def column_count(at: At, a: Arguments) -> Check:
    return _told(observed(len(at.columns), a))


def column_count_equal(at: At, a: Arguments) -> Check:
    many = len(at.columns)
    return _told(Outcome(many == a["value"], {"observed_value": many}, bad=int(many != a["value"])))


def columns_ordered(at: At, a: Arguments) -> Check:
    wanted, there = a["column_list"], list(at.columns)
    assert isinstance(wanted, tuple)
    if list(wanted) == there:
        return _told(Outcome(True, {"observed_value": there}))
    places = range(max(len(wanted), len(there)))
    differs = [
        {"Expected Column Position": place, "Expected": expected, "Found": found}
        for place, expected, found in zip_longest(places, wanted, there)
        if expected != found
    ]
    return _told(Outcome(False, {"observed_value": there, "details": {"mismatched": differs}}, bad=1))


def columns_set(at: At, a: Arguments) -> Check:
    given, there = a["column_set"], set(at.columns)
    assert isinstance(given, tuple)
    wanted = {str(each) for each in given}
    differs = {
        word: sorted(names) for word, names in (("unexpected", there - wanted), ("missing", wanted - there)) if names
    }
    result: dict[str, object] = {"observed_value": sorted(there)}
    if not differs:
        return _told(Outcome(True, result))
    success = a.get("exact_match", True) is False and "missing" not in differs
    return _told(Outcome(success, {**result, "details": {"mismatched": differs}}, bad=int(not success)))


def column_exists(at: At, a: Arguments) -> Check:
    names, column, place = list(at.columns), str(a["column"]), a.get("column_index")
    if isinstance(place, int) and place:
        success = -len(names) <= place < len(names) and names[place] == column
    else:
        success = column in names
    return _told(Outcome(success, {}, bad=int(not success)))


FAMILY: dict[str, Whole] = {
    "expect_table_row_count_to_be_between": row_count,
    "expect_table_row_count_to_equal": row_count_equal,
    "expect_table_row_count_to_equal_other_table": row_count_other,
    "expect_table_column_count_to_be_between": column_count,
    "expect_table_column_count_to_equal": column_count_equal,
    "expect_table_columns_to_match_ordered_list": columns_ordered,
    "expect_table_columns_to_match_set": columns_set,
    "expect_column_to_exist": column_exists,
}
