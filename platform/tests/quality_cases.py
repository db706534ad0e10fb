"""Questions that are put to every dataset: an expectation, its arguments as they stand in YAML, perhaps a condition."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Arguments = dict[str, Any]
V, P, D = "expect_column_values_to", "expect_column_pair_values", "expect_column_distinct_values_to"


@dataclass(frozen=True)
class Case:
    name: str
    arguments: Arguments
    where: str = ""
    theirs: str = ""
    """The same condition for pandas."""

    @property
    def id(self) -> str:
        told = ", ".join(f"{word}={value!r}" for word, value in self.arguments.items())
        return f"{self.name.removeprefix('expect_')}({told})" + (f" where {self.where}" if self.where else "")


def _one(name: str, *several: Arguments, **shared: Any) -> Iterator[Case]:
    for each in several:
        yield Case(f"expect_{name}", {**shared, **each})


def _all() -> Iterator[Case]:
    columns = ("i", "j", "f", "d", "s", "b", "day", "at")
    for mostly in (1, 0.95, 0.9, 0.5, 0):
        for column in ("i", "f", "s", "b", "day"):
            yield from _one("column_values_to_not_be_null", {"column": column, "mostly": mostly})
            yield from _one("column_values_to_be_null", {"column": column, "mostly": mostly})
        yield from _one(
            "column_values_to_be_between", {"column": "i", "min_value": 0, "max_value": 9, "mostly": mostly}
        )
        yield from _one(
            "column_values_to_be_in_set", {"column": "s", "value_set": list("abcdefghij"), "mostly": mostly}
        )
        yield from _one("column_values_to_match_regex", {"column": "s", "regex": "^[a-z]$", "mostly": mostly})
        yield from _one("column_values_to_be_unique", {"column": "i", "mostly": mostly})
        yield from _one("column_pair_values_to_be_equal", {"column_A": "s", "column_B": "t", "mostly": mostly})
        yield from _one("multicolumn_sum_to_equal", {"column_list": ["i", "j"], "sum_total": 8, "mostly": mostly})
        yield from _one("column_value_lengths_to_equal", {"column": "s", "value": 1, "mostly": mostly})
    for column, sets in {
        "i": ([0, 1, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, "2", None, 3.0], ["x"], [None], [1000, 1001, 1002]),
        "f": ([0, 1.0, 2.5], [0.5, None], ["x"]),
        "s": (["a", "b"], list("abcdefghij"), ["a", 1, None], [""], ["日本", "ß", "Zebra 99"]),
        "day": (["2024-01-01", "2024-01-02"], ["1999-12-31"]),
        "b": ([True], [True, False], ["True"]),
    }.items():
        for each in sets:
            yield from _one("column_values_to_be_in_set", {"column": column, "value_set": each})
            yield from _one("column_values_to_not_be_in_set", {"column": column, "value_set": each})
            if column != "b":
                yield from _one("column_distinct_values_to_be_in_set", {"column": column, "value_set": each})
                yield from _one("column_distinct_values_to_contain_set", {"column": column, "value_set": each})
                yield from _one("column_distinct_values_to_equal_set", {"column": column, "value_set": each})
            if column in ("i", "s", "f"):
                for ties in (True, False):
                    more = {"column": column, "value_set": each, "ties_okay": ties}
                    yield from _one("column_most_common_value_to_be_in_set", more)
    for column, low, high in (
        ("i", 0, 9),
        ("f", 0, 9.0),
        ("g", -1, 4.5),
        ("j", 1, 8),
        ("f", 0.5, 8.5),
    ):
        for more in ({}, {"strict_min": True}, {"strict_max": True}, {"strict_min": True, "strict_max": True}):
            yield from _one(
                "column_values_to_be_between", {"column": column, "min_value": low, "max_value": high, **more}
            )
        yield from _one("column_values_to_be_between", {"column": column, "min_value": low})
        yield from _one("column_values_to_be_between", {"column": column, "max_value": high, "strict_max": True})
        yield from _one("column_min_to_be_between", {"column": column, "min_value": low, "max_value": high})
        yield from _one("column_max_to_be_between", {"column": column, "min_value": low, "max_value": high})
        yield from _one("column_max_to_be_between", {"column": column, "max_value": high, "strict_max": True})
    yield from _one("column_min_to_be_between", {"column": "day", "min_value": "2024-01-01", "max_value": "2024-01-05"})
    yield from _one("column_max_to_be_between", {"column": "day", "min_value": "2024-01-10", "strict_min": True})
    for word in ("mean", "median", "stdev", "sum"):
        for column, low, high in (
            ("i", 0, 10),
            ("f", 0, 9),
            ("g", 1, 3),
            ("j", 4.5, 4.5),
            ("f", -5, 100),
            ("i", 90, 90),
        ):
            yield from _one(f"column_{word}_to_be_between", {"column": column, "min_value": low, "max_value": high})
        yield from _one(f"column_{word}_to_be_between", {"column": "i", "min_value": 4.5, "strict_min": True})
    for column in columns:
        for low, high in ((1, 10), (10, 10), (0, 0)):
            more = {"column": column, "min_value": low, "max_value": high}
            yield from _one("column_unique_value_count_to_be_between", more)
        for low, high in ((0.5, 1), (1, 1), (0, 0.5)):
            more = {"column": column, "min_value": low, "max_value": high}
            yield from _one("column_proportion_of_unique_values_to_be_between", more)
            yield from _one("column_proportion_of_non_null_values_to_be_between", more)
    for column in ("i", "s"):
        for low, high in ((1, 1), (0, 3), (2, 8)):
            more = {"column": column, "min_value": low, "max_value": high}
            yield from _one("column_value_lengths_to_be_between", more)
            yield from _one("column_value_lengths_to_be_between", {**more, "strict_max": True})
    yield from _one("column_value_lengths_to_be_between", {"column": "b", "min_value": 5, "max_value": 5})
    yield from _one("column_value_lengths_to_equal", {"column": "day", "value": 10}, {"column": "d", "value": 4})
    for pattern in (
        *(
            r"^[a-z]$",
            r"\d",
            r"^\w+$",
            r"\s",
            r"^.$",
            r"^..$",
            "a$",
            r"^$",
            "[a-c]|é",
            "(?i)^A",
            r"\bb",
            r"(?<=a)b",
            r"^[^a]*$",
        ),
        *(r"\S", r"^\W", r"[\d]{2}", "日", "^(?:a|b|c)$", r"x{,2}y", r"\.", r"a\Z"),
    ):
        yield from _one("column_values_to_match_regex", {"column": "s", "regex": pattern})
        yield from _one("column_values_to_not_match_regex", {"column": "s", "regex": pattern})
    yield from _one("column_values_to_match_regex", {"column": "i", "regex": r"^\d$"}, {"column": "b", "regex": "^T"})
    yield from _one("column_values_to_match_regex", {"column": "day", "regex": "^2024-"})
    for each in (["^a", "b$"], [r"\d", "[a-j]"], ["^[a-z]$", "^.$"], [r"\bA", "z"]):
        yield from _one("column_values_to_match_regex_list", {"column": "s", "regex_list": each})
        yield from _one("column_values_to_match_regex_list", {"column": "s", "regex_list": each, "match_on": "all"})
        yield from _one("column_values_to_not_match_regex_list", {"column": "s", "regex_list": each})
    for column in ("s", "js", "t"):
        yield from _one("column_values_to_be_json_parseable", {"column": column}, {"column": column, "mostly": 0.95})
        yield from _one("column_values_to_be_dateutil_parseable", {"column": column}, {"column": column, "mostly": 0.5})
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%H:%M"):
            yield from _one("column_values_to_match_strftime_format", {"column": column, "strftime_format": form})
    for schema in ({"type": "object"}, {"type": "object", "properties": {"a": {"type": "integer", "maximum": 10}}}):
        yield from _one("column_values_to_match_json_schema", {"column": "js", "json_schema": schema})
    for column in (*columns, "id", "t"):
        yield from _one("column_values_to_be_unique", {"column": column})
    for rows in ("all_values_are_missing", "any_value_is_missing", "never"):
        for each in (["i", "s"], ["s", "t"], ["f", "g"], ["id", "b", "day"]):
            yield from _one("compound_columns_to_be_unique", {"column_list": each, "ignore_row_if": rows})
            yield from _one(
                "select_column_values_to_be_unique_within_record", {"column_list": each, "ignore_row_if": rows}
            )
        for each in (["s", "t"], ["i", "j"], ["f", "g"], ["i", "j", "f"]):
            yield from _one("multicolumn_values_to_be_equal", {"column_list": each, "ignore_row_if": rows})
        for each, total in ((["i", "j"], 8), (["f", "g"], 6), (["i", "f", "g"], 10.0), (["i", "j"], 0)):
            more = {"column_list": each, "sum_total": total, "ignore_row_if": rows}
            yield from _one("multicolumn_sum_to_equal", more)
    for rows in ("both_values_are_missing", "either_value_is_missing", "neither"):
        for first, second in (("i", "j"), ("f", "g"), ("s", "t"), ("i", "f")):
            more = {"column_A": first, "column_B": second, "ignore_row_if": rows}
            yield from _one("column_pair_values_to_be_equal", more)
            yield from _one("column_pair_values_a_to_be_greater_than_b", more, {**more, "or_equal": True})
        for pairs in ([["a", "a"], ["b", "b"], [None, None]], [["", ""], ["a", None]], [["Zebra 99", ""]]):
            more = {"column_A": "s", "column_B": "t", "value_pairs_set": pairs, "ignore_row_if": rows}
            yield from _one("column_pair_values_to_be_in_set", more)
    for column in ("i", "f", "g", "j"):
        for threshold, sides in ((1.5, True), (3, True), (1.5, False), (0.5, True)):
            more = {"column": column, "threshold": threshold, "double_sided": sides}
            yield from _one("column_value_z_scores_to_be_less_than", more)
        for more in ({}, {"method": "std"}, {"multiplier": 0.2}, {"method": "std", "multiplier": 1}, {"multiplier": 0}):
            yield from _one("column_values_to_not_be_outliers", {"column": column, **more})
        for shares, ranges in (
            ([0.5], [[4, 5]]),
            ([0.05, 0.25, 0.75, 0.95], [[0, 1], [1, 3], [6, 8], [8, None]]),
            ([0, 1], [[None, 0], [9, 9]]),
            ([0.1, 0.9], [[None, None], [None, None]]),
        ):
            given = {"quantiles": shares, "value_ranges": ranges}
            yield from _one("column_quantile_values_to_be_between", {"column": column, "quantile_ranges": given})
    for threshold in (0.1, 0.0, 10):
        for holdout in (0, 0.2):
            parts = {"values": list("abcdefghij"), "weights": [0.1] * 10}
            more = {"column": "s", "partition_object": parts, "threshold": threshold, "tail_weight_holdout": holdout}
            yield from _one("column_kl_divergence_to_be_less_than", more)
    names = ["id", "i", "j", "f", "g", "d", "s", "t", "b", "day", "at", "js"]
    yield from _one("table_row_count_to_equal", {"value": 20}, {"value": 0})
    yield from _one(
        "table_row_count_to_be_between", {"min_value": 1}, {"min_value": 20, "max_value": 20, "strict_max": True}
    )
    yield from _one("table_row_count_to_be_between", {"max_value": 20})
    yield from _one("table_column_count_to_equal", {"value": 12}, {"value": 11})
    yield from _one("table_column_count_to_be_between", {"min_value": 12}, {"max_value": 3})
    yield from _one(
        "table_columns_to_match_ordered_list",
        {"column_list": names},
        {"column_list": names[::-1]},
        {"column_list": ["id", "x"]},
    )
    yield from _one("table_columns_to_match_set", {"column_set": names[::-1]}, {"column_set": ["id", "x"]})
    yield from _one(
        "table_columns_to_match_set",
        {"column_set": ["id"], "exact_match": False},
        {"column_set": ["x"], "exact_match": False},
    )
    yield from _one(
        "column_to_exist",
        {"column": "id"},
        {"column": "x"},
        {"column": "i", "column_index": 1},
        {"column": "i", "column_index": 99},
    )
    for where, theirs in (("i > 4", "i > 4"), ("b", "b == True"), ("s = 'a'", "s == 'a'")):
        for name, arguments in (
            ("expect_column_values_to_be_between", {"column": "f", "min_value": 0, "max_value": 8}),
            ("expect_column_values_to_be_unique", {"column": "i"}),
            ("expect_column_mean_to_be_between", {"column": "j", "min_value": 4, "max_value": 7}),
            ("expect_column_values_to_not_be_null", {"column": "s", "mostly": 0.95}),
            ("expect_table_row_count_to_be_between", {"min_value": 5}),
            ("expect_column_unique_value_count_to_be_between", {"column": "s", "min_value": 2}),
            ("expect_column_median_to_be_between", {"column": "j", "min_value": 4, "max_value": 7}),
        ):
            yield Case(name, arguments, where, theirs)


CASES = {case.id: case for case in _all()}


def for_pandas(case: Case) -> Arguments:
    """The arguments as someone gives them who uses Great Expectations on pandas: dates are dates there."""

    def value(one: Any, column: str) -> Any:
        if isinstance(one, list):
            return [value(each, column) for each in one]
        if isinstance(one, str) and column == "day":
            return date.fromisoformat(one)
        return datetime.fromisoformat(one) if isinstance(one, str) and column == "at" else one

    column = case.arguments.get("column", "")
    dated = ("value_set", "min_value", "max_value")
    return {word: value(one, column) if word in dated else one for word, one in case.arguments.items()}
