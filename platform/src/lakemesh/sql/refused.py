"""What a SELECT may not say, because its answer would differ from run to run, or would not be a table's."""

from collections.abc import Iterator

from sqlglot import exp

from lakemesh.errors import Mistake
from lakemesh.sql import faults, pivots, spark

CLOCK = "use :now, which backfills, tests and AS_OF set"
SAME = "two runs over the same rows would differ; derive it from columns, such as md5(concat_ws('|', a, b))"
WHO = "a table is the same whoever runs it"
FUNCTIONS = {
    **dict.fromkeys(
        ["current_date", "current_timestamp", "now", "curdate", "localtimestamp", "current_time", "unix_timestamp"],
        CLOCK,
    ),
    **dict.fromkeys(["uuid", "monotonically_increasing_id", "spark_partition_id", "shuffle"], SAME),
    **dict.fromkeys(["rand", "random", "randn"], SAME),
    **dict.fromkeys(
        [
            "current_user",
            "user",
            "session_user",
            "current_catalog",
            "current_database",
            "current_schema",
            "current_timezone",
            "version",
        ],
        WHO,
    ),
    **dict.fromkeys(
        ["input_file_name", "input_file_block_start", "input_file_block_length"], "an ingested table has _source_file"
    ),
    **dict.fromkeys(["java_method", "reflect", "try_reflect"], "call a SQL function"),
}
NODES: dict[type[exp.Expr], str] = {
    exp.CurrentDate: "current_date",
    exp.CurrentTimestamp: "current_timestamp",
    exp.CurrentTime: "current_time",
    exp.CurrentUser: "current_user",
    exp.SessionUser: "session_user",
    exp.CurrentRole: "current_role",
}
TIME_OF_NOTHING = ("unix_timestamp",)
SOURCES = frozenset({"range", *spark.GENERATORS})


def found(tree: exp.Expr, text: str, path: str) -> Iterator[Mistake]:
    """Every refusal below a tree, at its place in the file."""
    for node in tree.walk():
        start = node.meta.get("start", 0)
        if isinstance(node, exp.Anonymous):
            name = node.name.lower()
            if name in FUNCTIONS and not (name in TIME_OF_NOTHING and node.expressions):
                yield faults.at(text, start, path, f"{name}() is refused", FUNCTIONS[name])
        elif type(node) in NODES:
            name = NODES[type(node)]
            offset = _word(text, name)
            yield faults.at(text, offset, path, f"{name} is refused", FUNCTIONS.get(name, WHO))
        elif isinstance(node, exp.TableSample):
            yield faults.at(text, _word(text, "tablesample"), path, "tablesample is refused", SAME)
        elif isinstance(node, exp.Table):
            yield from _table(node, text, path)
        elif isinstance(node, exp.Into):
            yield faults.at(
                text,
                _word(text, "into"),
                path,
                "into is refused",
                "what becomes of the rows is written in the table's YAML file",
            )
        elif isinstance(node, exp.With) and node.args.get("recursive"):
            yield faults.at(
                text,
                _word(text, "recursive"),
                path,
                "Spark 3.5 has no recursive WITH",
                "join as many levels as there are",
            )
        elif isinstance(node, exp.Qualify):
            yield faults.at(
                text,
                _word(text, "qualify"),
                path,
                "Spark 3.5 has no QUALIFY",
                "put the window function in a subquery, and WHERE around it",
            )
        elif isinstance(node, exp.Pivot) and not pivots.plain(node):
            yield faults.at(
                text, _word(text, "pivot"), path, "pivot is refused", "write one max(case when … then … end) per column"
            )


def _table(node: exp.Table, text: str, path: str) -> Iterator[Mistake]:
    first = node.parts[0]
    start = first.meta.get("start", 0)
    if isinstance(node.this, exp.Func):
        name = node.this.name.lower() if isinstance(node.this, exp.Anonymous) else node.this.sql_name().lower()
        if name not in SOURCES:
            yield faults.at(
                text,
                node.this.meta.get("start", 0),
                path,
                f"{name}() is not a table",
                "read tables by their names: domain.table",
            )
    elif node.catalog:
        whole = ".".join(part.name for part in node.parts)
        yield faults.at(
            text,
            start,
            path,
            f'"{whole}" has too many parts',
            "a table is called domain.table, or table alone in its own domain",
        )


def _word(text: str, word: str) -> int:
    """Where a keyword stands: sqlglot keeps no place for it."""
    for token in spark.tokens(text):
        if token.text.lower() == word:
            return int(token.start)
    return 0
