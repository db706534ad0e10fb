"""Which columns of which tables a SELECT compares with a parameter."""

from collections.abc import Iterator, Mapping

from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.sql import spark
from lakemesh.sql.lineage import lineage
from lakemesh.sql.select import Select

_LEFT_OUT = ("where", "group", "having", "qualify", "order", "sort", "limit", "distinct", "windows")


def compared_with(
    select: Select, parameter: str, inputs: Mapping[TableName, Columns]
) -> frozenset[tuple[TableName, str]]:
    """The columns of tables that a comparison with `:parameter` is about, seen through CTEs and expressions."""
    found: set[tuple[TableName, str]] = set()
    for tree in spark.parse(select.text):
        for node in tree.find_all(exp.Placeholder):
            if node.name.lower() != parameter:
                continue
            comparison = node.find_ancestor(exp.Predicate)
            scope = node.find_ancestor(exp.Select)
            if comparison is not None and scope is not None:
                # The same FROM, with the compared columns as its only result: their lineage is what is asked for.
                alone = _alone(scope, list(comparison.find_all(exp.Column)), list(_withs(scope)))
                for derived in lineage(Select(spark.render(alone), select.reads, select.path), inputs).values():
                    found |= derived.sources
    return frozenset(found)


def _alone(scope: exp.Select, columns: list[exp.Column], ctes: list[exp.CTE]) -> exp.Select:
    bare = scope.copy()
    for part in _LEFT_OUT:
        bare.set(part, None)
    bare.set("expressions", [exp.alias_(column.copy(), f"c{n}") for n, column in enumerate(columns)])
    bare.set("with_", exp.With(expressions=[cte.copy() for cte in ctes]) if ctes else None)
    return bare


def _withs(scope: exp.Expr) -> Iterator[exp.CTE]:
    """The CTEs that can be named there, outermost first."""
    up: exp.Expr | None = scope
    around: list[list[exp.CTE]] = []
    while up is not None:
        with_ = up.args.get("with_")
        if with_ is not None:
            # A CTE sees those before it, not itself.
            inside = next((cte for cte in with_.expressions if scope in list(cte.walk())), None)
            before = with_.expressions[: with_.expressions.index(inside)] if inside is not None else with_.expressions
            around.append(before)
        up = up.parent
    for ctes in reversed(around):
        yield from ctes
