"""Functions that still differ, or are no matter of a SELECT: why, and what to use."""

_OTHER = "the engines compute other values"
_NEAR = "an approximation, and each engine has its own"
_DRAWN = "each engine draws other numbers, and each run too"
_NOT_THERE = "DuckDB has none, and a copy of it would not be proved"

# Names, why, and what to use.
GROUPS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("hash", "xxhash64", "crc32"), _OTHER, "use md5 or sha2, which are one everywhere"),
    (("percentile_approx", "approx_percentile"), _NEAR, "use percentile(x, 0.5), which is exact"),
    (("approx_count_distinct", "count_min_sketch"), _NEAR, "use count(distinct x), which is exact"),
    (
        ("hll_sketch_agg", "hll_sketch_estimate", "hll_union", "hll_union_agg"),
        _NEAR,
        "use count(distinct x), which is exact",
    ),
    (
        ("bitmap_bit_position", "bitmap_bucket_number", "bitmap_construct_agg", "bitmap_count", "bitmap_or_agg"),
        _NOT_THERE,
        "use count(distinct x)",
    ),
    (("histogram_numeric",), _NEAR, "count by width_bucket"),
    (
        ("mode",),
        "it picks any of several values that are equally frequent",
        "use max_by over counted values",
    ),
    (("rand", "random", "randn", "shuffle"), _DRAWN, "derive it from columns with md5"),
    (("soundex",), "the engines treat letters beside a to z differently", "compare with levenshtein"),
    (("window", "session_window", "window_time"), _NOT_THERE, "group by date_trunc('hour', t)"),
    (("schema_of_json", "schema_of_csv"), "a schema is declared, not found", "write the schema in from_json"),
    (("json_tuple", "from_csv", "to_csv"), _NOT_THERE, "use get_json_object, from_json or split"),
    (("to_char", "to_varchar", "to_number", "try_to_number"), _NOT_THERE, "use format_number or a cast"),
    (("sentences",), "it follows the rules of a language that only Java has", "use split"),
    (("make_ym_interval",), _NOT_THERE, "use make_interval, or timestampadd(unit, n, t)"),
    (
        (
            "xpath", "xpath_string", "xpath_int", "xpath_boolean", "xpath_double", "xpath_float", "xpath_long",
            "xpath_number", "xpath_short", "parse_url",
        ),
        _NOT_THERE,
        "use regexp_extract",
    ),
    (("aes_encrypt", "aes_decrypt", "try_aes_decrypt"), "it needs a key", "secrets are no matter of a SELECT"),
    (
        ("assert_true", "raise_error"),
        "a row that breaks a rule does not stop a run",
        "a rule in quality/ says what must hold",
    ),
    (("sql_keywords",), "it tells of an engine", "it is no matter of a table"),
)  # fmt: skip

REFUSED: dict[str, str] = {name: remedy for names, _, remedy in GROUPS for name in names}
REASONS: dict[str, str] = {name: reason for names, reason, _ in GROUPS for name in names}
SPARK_ONLY: frozenset[str] = frozenset(name for names, reason, _ in GROUPS if reason == _NOT_THERE for name in names)
