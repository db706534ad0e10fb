"""What an expectation asks, in a sentence. A person's own sentence comes first."""

from collections.abc import Mapping

from lakemesh.declare.arguments import Given
from lakemesh.mesh.contract import Rule

# A name without its `expect_`, and its sentence: a word in braces is an argument, {within} both bounds.
_TABLE = """
column_values_to_be_null: {column} is null
column_values_to_not_be_null: {column} is not null
column_values_to_be_in_set: {column} is one of {value_set}
column_values_to_not_be_in_set: {column} is none of {value_set}
column_values_to_be_between: {column} is {within}
column_value_lengths_to_be_between: the length of {column} is {within}
column_value_lengths_to_equal: the length of {column} is {value}
column_values_to_match_regex: {column} has a match of {regex}
column_values_to_not_match_regex: {column} has no match of {regex}
column_values_to_match_regex_list: {column} has a match of {match_on} of {regex_list}
column_values_to_not_match_regex_list: {column} has a match of none of {regex_list}
column_values_to_match_like_pattern: {column} is like {like_pattern}
column_values_to_not_match_like_pattern: {column} is not like {like_pattern}
column_values_to_match_like_pattern_list: {column} is like {match_on} of {like_pattern_list}
column_values_to_not_match_like_pattern_list: {column} is like none of {like_pattern_list}
column_values_to_be_json_parseable: {column} is JSON
column_values_to_be_dateutil_parseable: {column} can be read as a date
column_values_to_match_strftime_format: {column} is written as {strftime_format}
column_values_to_match_json_schema: {column} is JSON of the shape {json_schema}
column_values_to_be_of_type: {column} is of type {type_}
column_values_to_be_in_type_list: {column} is of one of the types {type_list}
column_type_to_be: {column} is of type {type_}
column_values_to_be_unique: {column} is unique
column_value_z_scores_to_be_less_than: {column} is less than {threshold} deviations from its mean
column_values_to_not_be_outliers: {column} is no outlier
column_pair_values_to_be_equal: {column_A} equals {column_B}
column_pair_values_a_to_be_greater_than_b: {column_A} is greater than {column_B}
column_pair_values_to_be_in_set: {column_A} and {column_B} are one of {value_pairs_set}
multicolumn_sum_to_equal: the sum of {column_list} is {sum_total}
multicolumn_values_to_be_equal: {column_list} are equal
select_column_values_to_be_unique_within_record: {column_list} differ from one another
compound_columns_to_be_unique: {column_list} together are unique
column_min_to_be_between: the least {column} is {within}
column_max_to_be_between: the greatest {column} is {within}
column_mean_to_be_between: the mean of {column} is {within}
column_median_to_be_between: the median of {column} is {within}
column_stdev_to_be_between: the standard deviation of {column} is {within}
column_sum_to_be_between: the sum of {column} is {within}
column_unique_value_count_to_be_between: the number of different values of {column} is {within}
column_proportion_of_unique_values_to_be_between: the share of different values of {column} is {within}
column_proportion_of_non_null_values_to_be_between: the share of {column} that is not null is {within}
column_quantile_values_to_be_between: the quantiles of {column} are {quantile_ranges}
column_distinct_values_to_be_in_set: no other values of {column} are there than {value_set}
column_distinct_values_to_contain_set: all of {value_set} are there in {column}
column_distinct_values_to_equal_set: the values of {column} are {value_set}
column_most_common_value_to_be_in_set: the most common {column} is one of {value_set}
column_kl_divergence_to_be_less_than: {column} is spread nearly as {partition_object}
column_to_exist: there is a column {column}
table_row_count_to_be_between: the number of rows is {within}
table_row_count_to_equal: the number of rows is {value}
table_row_count_to_equal_other_table: there are as many rows as in {other_table_name}
table_column_count_to_be_between: the number of columns is {within}
table_column_count_to_equal: the number of columns is {value}
table_columns_to_match_ordered_list: the columns are {column_list}, in this order
table_columns_to_match_set: the columns are {column_set}
"""
SENTENCES = {f"expect_{name}": text for name, _, text in (line.partition(": ") for line in _TABLE.strip().splitlines())}


def sentence(rule: Rule) -> str:
    """What a rule says."""
    if rule.sentence:
        return rule.sentence
    told = SENTENCES[rule.expectation]
    words = {"match_on": "any", **rule.arguments, "within": within(rule.arguments)}
    for name, value in words.items():
        told = told.replace("{" + name + "}", shown(value))
    return _qualified(told, rule)


def _qualified(told: str, rule: Rule) -> str:
    mostly = rule.arguments.get("mostly", 1)
    if isinstance(mostly, (int, float)) and mostly != 1:
        told = f"in at least {100 * mostly:g} % of the rows {told}"
    told = f"where {rule.where}, {told}" if rule.where else told
    return (
        f"{told[0].upper()}{told[1:]}."
        if told[0].islower() and " " in told.split(".")[0] and _word(told)
        else f"{told}."
    )


def _word(told: str) -> bool:
    """Whether it begins with a word of ours, and not with the name of a column."""
    return told.split()[0] in ("the", "in", "where", "there", "no", "all")


def within(arguments: Mapping[str, Given]) -> str:
    """Both bounds, as a person says them."""
    low, high = arguments.get("min_value"), arguments.get("max_value")
    above = "more than" if arguments.get("strict_min") else "at least"
    below = "less than" if arguments.get("strict_max") else "at most"
    sides = [f"{word} {shown(side)}" for word, side in ((above, low), (below, high)) if side is not None]
    return " and ".join(sides)


def shown(value: Given) -> str:
    """An argument in a sentence."""
    if isinstance(value, tuple):
        return ", ".join(shown(each) for each in value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {shown(each)}" for name, each in value.items()) + "}"
    return (
        {None: "null", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)
    )
