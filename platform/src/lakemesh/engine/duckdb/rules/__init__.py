"""What differs between Spark SQL and DuckDB, one difference or one kind of function to a file.

`REFUSED` are the functions that still differ. What no text shows, and so cannot be refused: whole numbers that overflow stop
a run here and wrap around in Spark; a text that is only a time of day is null here and today's in Spark; of a JSON object
that has a key twice, from_json takes the first here and the last in Spark. A Spark session must have the time zone UTC, ANSI off
and `spark.sql.legacy.timeParserPolicy=CORRECTED`: otherwise it stops at a text that a pattern does not fit.
"""

from types import ModuleType

from lakemesh.engine.duckdb.rules import (
    aggregates,
    arithmetic,
    arrays,
    conditions,
    dates,
    formats,
    generators,
    hashes,
    json_texts,
    lambdas,
    maps,
    moves,
    numbers,
    patterns,
    queries,
    strings,
    text_casts,
    together,
    value_casts,
    windows,
)
from lakemesh.engine.duckdb.rules.rule import Rule

MODULES: tuple[ModuleType, ...] = (
    text_casts,
    value_casts,
    arithmetic,
    numbers,
    strings,
    patterns,
    conditions,
    dates,
    moves,
    formats,
    aggregates,
    windows,
    arrays,
    lambdas,
    maps,
    generators,
    json_texts,
    hashes,
    queries,
    together,
)
RULES: dict[str, Rule] = {name: rule for module in MODULES for name, rule in module.RULES.items()}
MACROS: tuple[str, ...] = tuple(macro for module in MODULES for macro in module.MACROS)
CASES: tuple[str, ...] = tuple(case for module in MODULES for case in module.CASES)

_HASH = "use md5 or sha2, which are one everywhere"
REFUSED: dict[str, str] = {
    **dict.fromkeys(("hash", "xxhash64", "crc32"), _HASH),
    **dict.fromkeys(("percentile_approx", "approx_percentile"), "use percentile(x, 0.5), which is exact"),
    **dict.fromkeys(("approx_count_distinct", "count_min_sketch"), "use count(distinct x), which is exact"),
    **dict.fromkeys(("skewness", "histogram_numeric"), "compute it from sums and counts"),
    "mode": "it picks any of several most frequent values: use max_by over counted values",
    "soundex": "compare with levenshtein",
    **dict.fromkeys(("window", "session_window", "window_time"), "group by date_trunc('hour', t)"),
    **dict.fromkeys(
        ("rand", "random", "randn", "shuffle"), "two engines draw other numbers: derive it from columns with md5"
    ),
    **dict.fromkeys(("schema_of_json", "schema_of_csv"), "write the schema in from_json"),
    **dict.fromkeys(("json_tuple", "from_csv", "to_csv"), "use get_json_object, from_json or split"),
    **dict.fromkeys(
        ("to_char", "to_varchar", "to_number", "try_to_number", "format_number"), "use format_string or a cast"
    ),
    "conv": "use hex, unhex or a cast",
    "sentences": "use split",
    **dict.fromkeys(
        ("make_interval", "make_dt_interval", "make_ym_interval"), "write interval 3 days, or timestampadd(unit, n, t)"
    ),
    "convert_timezone": "use from_utc_timestamp or to_utc_timestamp",
    **dict.fromkeys(
        ("xpath", "xpath_string", "xpath_int", "parse_url", "url_encode", "url_decode"), "use regexp_extract"
    ),
    **dict.fromkeys(("aes_encrypt", "aes_decrypt", "try_aes_decrypt"), "secrets are no matter of a SELECT"),
    **dict.fromkeys(("assert_true", "raise_error"), "a rule in quality/ says what must hold"),
    **dict.fromkeys(("try_to_binary", "to_binary"), "use unhex or unbase64"),
    **dict.fromkeys(
        ("hll_sketch_agg", "hll_sketch_estimate", "hll_union", "hll_union_agg"), "use count(distinct x), which is exact"
    ),
    **dict.fromkeys(
        ("bitmap_bit_position", "bitmap_bucket_number", "bitmap_construct_agg", "bitmap_count", "bitmap_or_agg"),
        "use count(distinct x)",
    ),
    **dict.fromkeys(
        ("xpath_boolean", "xpath_double", "xpath_float", "xpath_long", "xpath_number", "xpath_short"),
        "use regexp_extract",
    ),
    **dict.fromkeys(("bit_get", "getbit"), "use shiftright(x, n) & 1"),
    "mask": "use regexp_replace, or a mask in readers.yaml",
    "luhn_check": "check it where the number is issued",
    "overlay": "use concat of left and substring",
    "map_zip_with": "use map_keys with transform and element_at",
    "array_insert": "use slice and concat",
    "typeof": "the contract says the type",
    "regexp_instr": "use regexp_extract and instr",
    "sql_keywords": "it is no matter of a table",
    "percentile_disc": "use percentile_cont or percentile",
}
