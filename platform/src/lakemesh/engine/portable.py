"""Functions that are proved to give one answer on both engines, and those known to differ."""

from collections.abc import Iterator

from sqlglot import exp

from lakemesh.engine.duckdb.rules import REFUSED, RULES
from lakemesh.engine.spark_functions import SYNTAX, unknown
from lakemesh.errors import Mistake
from lakemesh.sql import faults, spark
from lakemesh.sql.select import Select

# Which row is first, or in which order values are collected, is chance unless something says it.
CHANCE = {
    **dict.fromkeys(
        ("first", "last", "any_value", "first_value", "last_value"), "use max_by(value, order), min or max"
    ),
    **dict.fromkeys(("collect_list", "collect_set", "array_agg"), "put sort_array(…) around it"),
}
SETTLED = frozenset(
    ("sort_array", "array_sort", "size", "cardinality", "array_size", "array_contains", "array_max", "array_min")
)


def check(select: Select) -> tuple[Mistake, ...]:
    """Errors where the engines are known to differ, warnings where nothing is proved."""
    return tuple(mistake for tree in spark.looked_at(select.text) for mistake in _found(tree, select))


def _found(tree: exp.Expr, select: Select) -> Iterator[Mistake]:
    for node in tree.walk(prune=lambda part: isinstance(part, exp.Hint)):
        if isinstance(node, exp.Limit) and node.parent and node.parent.args.get("order") is None:
            start = min((int(part.meta["start"]) for part in node.walk() if "start" in part.meta), default=0)
            line, column = faults.position(select.text, start, select.edits)
            what = "which rows a LIMIT takes is chance, unless an ORDER BY says it"
            yield Mistake(select.path, line, column, what, "add ORDER BY with columns that tell rows apart", "warning")
        if not isinstance(node, exp.Anonymous):
            continue
        name = node.name.lower()
        line, column = faults.position(select.text, int(node.meta.get("start", 0)), select.edits)
        if (told := unknown(name)) is not None:
            yield Mistake(select.path, line, column, *told)
        elif name in REFUSED:
            yield Mistake(select.path, line, column, f"{name}() differs between the engines", REFUSED[name])
        elif name not in RULES and name not in SYNTAX:
            what = f"{name}() is not proved on both engines"
            yield Mistake(select.path, line, column, what, "add a case for it, or use one that is proved", "warning")
        elif name in CHANCE and not _settled(node):
            what = f"what {name}() gives depends on the order in which rows happen to come"
            yield Mistake(select.path, line, column, what, CHANCE[name], "warning")


def _settled(node: exp.Expr) -> bool:
    """Whether a window or a function around it makes the order known, or of no matter."""
    around = node.parent
    while isinstance(around, (exp.Filter, exp.IgnoreNulls, exp.RespectNulls, exp.Paren)):
        around = around.parent
    if isinstance(around, exp.Window):
        return around.args.get("order") is not None or around.args.get("alias") is not None
    return isinstance(around, exp.Anonymous) and around.name.lower() in SETTLED
