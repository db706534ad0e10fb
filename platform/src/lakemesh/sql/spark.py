"""Spark SQL as sqlglot reads it, with every function under its own name."""

from functools import lru_cache, partial
from typing import ClassVar

from sqlglot import exp
from sqlglot.dialects.spark import Spark
from sqlglot.parsers.spark import SparkParser
from sqlglot.tokenizer_core import Token

GENERATORS = frozenset(
    ["explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "inline_outer", "stack"]
)

AGGREGATES = frozenset(
    [
        "any",
        "any_value",
        "approx_count_distinct",
        "approx_percentile",
        "array_agg",
        "avg",
        "bit_and",
        "bit_or",
        "bit_xor",
        "bitmap_construct_agg",
        "bitmap_or_agg",
        "bool_and",
        "bool_or",
        "collect_list",
        "collect_set",
        "corr",
        "count",
        "count_if",
        "count_min_sketch",
        "covar_pop",
        "covar_samp",
        "every",
        "first",
        "first_value",
        "grouping",
        "grouping_id",
        "histogram_numeric",
        "hll_sketch_agg",
        "hll_union_agg",
        "kurtosis",
        "last",
        "last_value",
        "max",
        "max_by",
        "mean",
        "median",
        "min",
        "min_by",
        "mode",
        "percentile",
        "percentile_approx",
        "percentile_cont",
        "percentile_disc",
        "regr_avgx",
        "regr_avgy",
        "regr_count",
        "regr_intercept",
        "regr_r2",
        "regr_slope",
        "regr_sxx",
        "regr_sxy",
        "regr_syy",
        "skewness",
        "some",
        "std",
        "stddev",
        "stddev_pop",
        "stddev_samp",
        "sum",
        "try_avg",
        "try_sum",
        "var_pop",
        "var_samp",
        "variance",
    ]
)

# Syntax that is not a plain list of arguments keeps sqlglot's own reading.
SPECIAL = ("CAST", "TRY_CAST", "EXTRACT", "TRIM", "POSITION", "SUBSTRING", "SUBSTR", "OVERLAY")


def _named(name: str, args: list[exp.Expr]) -> exp.Anonymous:
    """A call whose word is also a type's. `struct(1 as a)` comes as a pair, and is an alias again."""
    parts = [
        exp.Alias(this=arg.args["expression"], alias=arg.this) if isinstance(arg, exp.PropertyEQ) else arg
        for arg in args
    ]
    return exp.Anonymous(this=name, expressions=parts)


class SparkTextParser(SparkParser):
    """Reads a function as its name and arguments, so that nothing of Spark's meaning is lost on the way in."""

    STRICT_CAST = True  # tells cast from try_cast: they differ in Spark
    # Without an entry of their own these are read as types.
    FUNCTIONS: ClassVar = {name: partial(_named, name.lower()) for name in ("ARRAY", "MAP", "STRUCT")}
    FUNCTION_PARSERS: ClassVar = {name: SparkParser.FUNCTION_PARSERS[name] for name in SPECIAL}
    ARRAY_CONSTRUCTORS: ClassVar = {}  # array(1, 2)[0] is an element, not another array
    NO_PAREN_FUNCTION_PARSERS: ClassVar = {"CASE": SparkParser.NO_PAREN_FUNCTION_PARSERS["CASE"]}

    def _to_prop_eq(self, expression: exp.Expr, index: int) -> exp.Expr:
        return expression


class SparkText(Spark):
    """The dialect behind `parse`."""

    INTERSECT_BINDS_TIGHTER_THAN_UNION_AND_EXCEPT = True

    Parser = SparkTextParser


_DIALECT = SparkText()


def tokens(text: str) -> list[Token]:
    """The words of `text`. Raises sqlglot's TokenError."""
    return list(_DIALECT.tokenize(text))


UNITS = frozenset(["timestampdiff", "timestampadd", "dateadd", "datediff", "date_add", "date_diff"])


@lru_cache(maxsize=512)
def _parsed(text: str) -> tuple[exp.Expr | None, ...]:
    trees = tuple(_DIALECT.parse(text))
    for tree in trees:
        for node in tree.find_all(exp.Anonymous) if tree is not None else ():
            first = node.expressions[0] if len(node.expressions) == 3 else None
            if isinstance(first, exp.Column) and node.name.lower() in UNITS:  # dateadd(day, 1, d): day is no column
                first.replace(exp.Var(this=first.name.upper()))
    return trees


def parse(text: str) -> list[exp.Expr]:
    """The statements of `text`, each a tree of its own. Raises sqlglot's ParseError or TokenError."""
    return [tree.copy() for tree in _parsed(text) if tree is not None]


def looked_at(text: str) -> list[exp.Expr]:
    """The same for who changes nothing: the trees are everybody's, and copying one takes as long as reading it."""
    return [tree for tree in _parsed(text) if tree is not None]


def render(tree: exp.Expr) -> str:
    """The Spark SQL of a tree."""
    return str(tree.sql(dialect=_DIALECT))


def generator(node: exp.Expr) -> str:
    """The name of a function that makes rows, such as explode; else nothing."""
    name = node.name.lower() if isinstance(node, exp.Anonymous) else ""
    return name if name in GENERATORS else ""


def aggregate(node: exp.Expr) -> bool:
    """Whether a node is a call of an aggregate, or a window over anything."""
    return isinstance(node, exp.Window) or (isinstance(node, exp.Anonymous) and node.name.lower() in AGGREGATES)
