"""The text of a SELECT with relations in the place of its tables: nothing else of it changes."""

from collections.abc import Collection, Iterator, Mapping

from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.sql import quote, spark
from lakemesh.sql.select import Select, edited, tables


def placed(select: Select, relations: Mapping[TableName, str]) -> str:
    """`relations`: what each table is called now, quoted. A table without an alias keeps its own name as one, so that
    its columns are found under it."""
    edits: list[tuple[int, int, str]] = []
    for tree in spark.parse(select.text):
        plain: set[tuple[str, str]] = set()
        for table in tables(tree):
            own = ""
            if not table.alias:
                own = f" as {quote.name(table.name)}"
                plain.add((table.db.lower(), table.name.lower()))
            name = TableName(table.db.lower(), table.name.lower())
            edits.append((_start(table.args["db"]), int(table.this.meta["end"]) + 1, relations[name] + own))
        edits += _qualified(tree, plain)
    return edited(select.text, edits, ())[0]


def _qualified(tree: exp.Expr, plain: Collection[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """domain.table.column is table.column: a relation has no domain."""
    for column in tree.find_all(exp.Column):
        if (column.db.lower(), column.table.lower()) in plain:
            yield _start(column.args["db"]), _start(column.args["table"]), ""


def _start(node: exp.Expr) -> int:
    return int(node.meta["start"])
