"""Each column of a SELECT to its table, and each column that it yields."""

from collections.abc import Mapping
from dataclasses import replace

from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.sql import faults, spark
from lakemesh.sql.resolve import resolve, shown_name
from lakemesh.sql.select import Select


def qualify(select: Select, inputs: Mapping[TableName, Columns]) -> Select:
    """The same SELECT with every column at its table and stars written out. Raises Mistakes: all columns not found."""
    return replace(select, text=spark.render(resolve(select, inputs).tree), edits=())


def yields(select: Select) -> Mapping[str, tuple[int, int]]:
    """Each result column with its line and column in the file. A star stands under `*`."""
    found: dict[str, tuple[int, int]] = {}
    for projection in _projections(spark.looked_at(select.text)[0]):
        names = _names(projection)
        for name in names:
            found.setdefault(name, faults.position(select.text, _start(projection), select.edits))
    return found


def has_star(select: Select) -> bool:
    """Whether the result is `*`, or a table's `.*`, at least in part."""
    trees = spark.looked_at(select.text)
    return any(projection.is_star for tree in trees for projection in _projections(tree, both=True))


def _projections(tree: exp.Expr, both: bool = False) -> list[exp.Expr]:
    while isinstance(tree, exp.Subquery):
        tree = tree.this
    if isinstance(tree, exp.SetOperation):
        right = _projections(tree.expression, both) if both else []
        return _projections(tree.this, both) + right
    return list(tree.expressions) if isinstance(tree, exp.Select) else []


def _names(projection: exp.Expr) -> list[str]:
    if projection.is_star:
        return ["*"]
    if isinstance(projection, exp.Aliases):
        return [name.name.lower() for name in projection.expressions]
    return [shown_name(projection)]


def _start(projection: exp.Expr) -> int:
    """Where its name stands: the alias, or the first word of the expression."""
    if isinstance(projection, exp.Alias):
        alias = projection.args["alias"]
        if isinstance(alias, exp.Identifier) and "start" in alias.meta:
            return int(alias.meta["start"])
    return min((int(node.meta["start"]) for node in projection.walk() if "start" in node.meta), default=0)
