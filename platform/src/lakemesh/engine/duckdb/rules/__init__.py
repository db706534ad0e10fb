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
    bases,
    conditions,
    dates,
    formats,
    generators,
    hashes,
    json_texts,
    lambdas,
    letters,
    maps,
    moves,
    numbers,
    patterns,
    printed,
    queries,
    strings,
    text_casts,
    together,
    value_casts,
    windows,
)
from lakemesh.engine.duckdb.rules.refused import REASONS, REFUSED, SPARK_ONLY
from lakemesh.engine.duckdb.rules.rule import Rule

MODULES: tuple[ModuleType, ...] = (
    text_casts,
    value_casts,
    arithmetic,
    numbers,
    strings,
    letters,
    printed,
    bases,
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

__all__ = ["CASES", "MACROS", "MODULES", "REASONS", "REFUSED", "RULES", "SPARK_ONLY"]
