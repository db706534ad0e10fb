"""Great Expectations' names, and what each of them takes: its own words, spelled as it spells them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Takes = Literal[
    "column",
    "columns",
    "number",
    "whole",
    "value",
    "values",
    "pairs",
    "text",
    "texts",
    "regex",
    "regexes",
    "share",
    "yes",
    "quantiles",
    "partition",
    "mapping",
    "any",
    "pair",
    "several",
    "method",
]
Fits = Literal["any", "text", "number", "ordered", "plain", "single"]
"""Which columns it can be asked of: text; numbers; what has an order; what is written in one way only; what is one
value, and no list of them."""
Dimension = Literal["completeness", "uniqueness", "validity", "consistency", "timeliness", "accuracy"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


@dataclass(frozen=True, slots=True)
class Argument:
    """One word that an expectation takes."""

    name: str
    takes: Takes
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """One of them: whether it is decided row by row, and of which columns it can be asked."""

    name: str
    dimension: Dimension
    fits: Fits
    rows: bool
    arguments: Mapping[str, Argument]


CHOICES: Mapping[str, tuple[str, ...]] = {
    "any": ("any", "all"),
    "pair": ("both_values_are_missing", "either_value_is_missing", "neither"),
    "several": ("all_values_are_missing", "any_value_is_missing", "never"),
    "method": ("iqr", "std"),
}

# A name without its `expect_`, its dimension, which columns it fits, `rows` where each row is judged alone, and its
# words: `!` must be there, and a `:` says what it takes where that does not follow from the word.
_TABLE = """
column_values_to_be_null | completeness any rows | column! mostly
column_values_to_not_be_null | completeness any rows | column! mostly
column_values_to_be_in_set | validity single rows | column! value_set! mostly
column_values_to_not_be_in_set | validity single rows | column! value_set! mostly
column_values_to_be_between | validity ordered rows | column! min_value max_value strict_min strict_max mostly
column_value_lengths_to_be_between | validity plain rows | column! min_value:whole max_value:whole strict_min strict_max mostly
column_value_lengths_to_equal | validity plain rows | column! value:whole! mostly
column_values_to_match_regex | validity plain rows | column! regex! mostly
column_values_to_not_match_regex | validity plain rows | column! regex! mostly
column_values_to_match_regex_list | validity plain rows | column! regex_list! match_on mostly
column_values_to_not_match_regex_list | validity plain rows | column! regex_list! mostly
column_values_to_match_like_pattern | validity text rows | column! like_pattern! escape:text mostly
column_values_to_not_match_like_pattern | validity text rows | column! like_pattern! escape:text mostly
column_values_to_match_like_pattern_list | validity text rows | column! like_pattern_list! match_on escape:text mostly
column_values_to_not_match_like_pattern_list | validity text rows | column! like_pattern_list! escape:text mostly
column_values_to_be_json_parseable | validity text - | column! mostly
column_values_to_be_dateutil_parseable | validity text - | column! mostly
column_values_to_match_strftime_format | validity text - | column! strftime_format! mostly
column_values_to_match_json_schema | validity text - | column! json_schema! mostly
column_values_to_be_of_type | validity any - | column! type_! mostly
column_values_to_be_in_type_list | validity any - | column! type_list! mostly
column_type_to_be | validity any - | column! type_!
column_values_to_be_unique | uniqueness any - | column! mostly
column_value_z_scores_to_be_less_than | validity number - | column! threshold! double_sided! mostly
column_values_to_not_be_outliers | validity number - | column! method multiplier mostly
column_pair_values_to_be_equal | consistency single rows | column_A! column_B! ignore_row_if:pair mostly
column_pair_values_a_to_be_greater_than_b | consistency ordered rows | column_A! column_B! or_equal ignore_row_if:pair mostly
column_pair_values_to_be_in_set | consistency single rows | column_A! column_B! value_pairs_set! ignore_row_if:pair mostly
multicolumn_sum_to_equal | consistency number rows | column_list! sum_total! ignore_row_if:several mostly
multicolumn_values_to_be_equal | consistency single rows | column_list! ignore_row_if:several mostly
select_column_values_to_be_unique_within_record | consistency single rows | column_list! ignore_row_if:several mostly
compound_columns_to_be_unique | uniqueness any - | column_list! ignore_row_if:several mostly
column_min_to_be_between | validity ordered - | column! min_value max_value strict_min strict_max
column_max_to_be_between | validity ordered - | column! min_value max_value strict_min strict_max
column_mean_to_be_between | validity number - | column! min_value:number max_value:number strict_min strict_max
column_median_to_be_between | validity number - | column! min_value:number max_value:number strict_min strict_max
column_stdev_to_be_between | validity number - | column! min_value:number max_value:number strict_min strict_max
column_sum_to_be_between | validity number - | column! min_value:number max_value:number strict_min strict_max
column_unique_value_count_to_be_between | uniqueness any - | column! min_value:whole max_value:whole strict_min strict_max
column_proportion_of_unique_values_to_be_between | uniqueness any - | column! min_value:number max_value:number strict_min strict_max
column_proportion_of_non_null_values_to_be_between | completeness any - | column! min_value:number max_value:number strict_min strict_max
column_quantile_values_to_be_between | validity number - | column! quantile_ranges!
column_distinct_values_to_be_in_set | validity single - | column! value_set!
column_distinct_values_to_contain_set | completeness single - | column! value_set!
column_distinct_values_to_equal_set | validity single - | column! value_set!
column_most_common_value_to_be_in_set | validity single - | column! value_set! ties_okay
column_kl_divergence_to_be_less_than | validity single - | column! partition_object! threshold! tail_weight_holdout:number
column_to_exist | validity any - | column:text! column_index:whole
table_row_count_to_be_between | completeness any - | min_value:whole max_value:whole strict_min strict_max
table_row_count_to_equal | completeness any - | value:whole!
table_row_count_to_equal_other_table | consistency any - | other_table_name!
table_column_count_to_be_between | validity any - | min_value:whole max_value:whole
table_column_count_to_equal | validity any - | value:whole!
table_columns_to_match_ordered_list | validity any - | column_list:texts!
table_columns_to_match_set | validity any - | column_set:texts! exact_match
"""  # noqa: E501 (one line each)

_TAKES: Mapping[str, Takes] = {
    **dict.fromkeys(("column", "column_A", "column_B"), "column"),
    **dict.fromkeys(("strict_min", "strict_max", "or_equal", "ties_okay", "double_sided", "exact_match"), "yes"),
    **dict.fromkeys(("min_value", "max_value"), "value"),
    **dict.fromkeys(("threshold", "multiplier", "sum_total"), "number"),
    **dict.fromkeys(("like_pattern", "strftime_format", "type_", "other_table_name"), "text"),
    **dict.fromkeys(("like_pattern_list", "type_list"), "texts"),
    "column_list": "columns",
    "value_set": "values",
    "value_pairs_set": "pairs",
    "regex": "regex",
    "regex_list": "regexes",
    "match_on": "any",
    "method": "method",
    "mostly": "share",
    "quantile_ranges": "quantiles",
    "partition_object": "partition",
    "json_schema": "mapping",
}

_ORDER = "rows of a table have no order; use bad_rows with lag(…) over (order by …)"
REFUSED: Mapping[str, str] = {
    "expect_column_values_to_be_increasing": _ORDER,
    "expect_column_values_to_be_decreasing": _ORDER,
    "expect_query_results_to_match_comparison": "name the other table in bad_rows: what the two do not share",
    "unexpected_rows_expectation": "write the SELECT as bad_rows, with the table's name where {batch} stands",
}
"""Names of theirs that Lakemesh does not take, and what to write instead."""

ELSEWHERE: Mapping[str, str] = {
    "row_condition": "write `where: …` beside the expectation",
    "condition_parser": "write `where: …` beside the expectation, in Spark SQL",
    "severity": "write `else: stop`, quarantine, warn or note beside the expectation",
    "result_format": "leave it out: every failing check carries 20 failing rows and the query that returns all",
    "catch_exceptions": "leave it out: a check that cannot be made fails, and says why",
    "meta": "leave it out; why a rule is there is said by `why`",
    "notes": "leave it out; why a rule is there is said by `why`",
    "description": "write it as `rule: …` beside the expectation",
    "allow_relative_error": "leave it out: quantiles are exact, as pandas has them (nearest)",
    "bucketize_data": "leave it out: of numbers, say quantiles; values are counted as they are",
    "internal_weight_holdout": "leave it out: it is for buckets of numbers; say quantiles instead",
    "batch_id": "leave it out: what is checked is said by `over` and `where`",
    "windows": "leave it out",
}
"""Arguments of theirs that are said otherwise here."""


def _read() -> Iterator[Expectation]:
    for line in _TABLE.strip().splitlines():
        name, about, words = (part.strip() for part in line.split("|"))
        dimension, fits, rows = about.split()
        arguments = [_argument(word) for word in words.split()]
        yield Expectation(
            f"expect_{name}",
            dimension,  # type: ignore[arg-type]
            fits,  # type: ignore[arg-type]
            rows == "rows",
            {argument.name: argument for argument in arguments},
        )


def _argument(word: str) -> Argument:
    name, _, takes = word.rstrip("!").partition(":")
    return Argument(name, takes or _TAKES[name], word.endswith("!"))  # type: ignore[arg-type]


EXPECTATIONS: Mapping[str, Expectation] = {each.name: each for each in _read()}
"""All that can be asked, by name."""
