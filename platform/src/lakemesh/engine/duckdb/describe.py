"""What a SELECT yields: the types that the rules give, and DuckDB's word for what they do not know."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import duckdb
from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Array, Columns, MapOf, Struct, Type
from lakemesh.engine.duckdb.dialect import prepare, typed
from lakemesh.engine.duckdb.typed import STRING, UNKNOWN, VOID
from lakemesh.engine.duckdb.types import of_duckdb, quoted
from lakemesh.engine.duckdb.types import to_duckdb as spelled
from lakemesh.errors import Mistake, Mistakes
from lakemesh.sql import faults, spark
from lakemesh.sql.columns import yields
from lakemesh.sql.select import Select


def describe(select: Select, inputs: Mapping[TableName, Columns]) -> Columns:
    """Names and Spark types of its columns. Raises Mistakes."""
    relations = {table: _empty(columns) for table, columns in inputs.items()}
    sql, told = typed(select, inputs, relations)
    try:
        rows = _engine().cursor().execute(f"DESCRIBE {sql}").fetchall()
    except duckdb.Error as error:
        raise Mistakes(_does_not_hold(select, inputs, str(error).strip().splitlines()[0])) from None
    return {str(row[0]): _known(told.get(str(row[0]).lower(), UNKNOWN), str(row[1])) for row in rows}


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One empty database for every question of this process."""
    connection = duckdb.connect()
    prepare(connection)
    return connection


def _does_not_hold(select: Select, inputs: Mapping[TableName, Columns], said: str) -> Mistake:
    """DuckDB's sentence without its own headings; at the function that it names, where it names one."""
    what = re.sub(r"^[A-Z][A-Za-z -]* Error: ", "", said)
    function = re.search(r"Function with name \"?(\w+)|function '?(\w+)\(", what)
    name = next((group for group in function.groups() if group), "") if function else ""
    found = re.search(rf"(?i)\b{re.escape(name)}\s*\(", select.text) if name else None
    line, column = faults.position(select.text, found.start(), select.edits) if found else _place(select, inputs)
    if found and "does not exist" in what:
        remedy = "write it another way, or give the table engine: spark"
        return Mistake(select.path, line, column, f"{name}() is not there on DuckDB", remedy)
    return Mistake(select.path, line, column, f"this SELECT does not hold together: {what}", "mend the expression")


def _place(select: Select, inputs: Mapping[TableName, Columns]) -> tuple[int, int]:
    """Where the first column stands that does not hold together by itself; the beginning where that is none or all."""
    tree = spark.parse(select.text)[0]
    if not isinstance(tree, exp.Select):
        return 1, 1
    relations = {table: _empty(columns) for table, columns in inputs.items()}
    bad: list[str] = []
    for projection in tree.expressions:
        alone = tree.copy()
        alone.set("expressions", [projection.copy()])
        alone.set("order", None)
        try:
            sql, _ = typed(replace(select, text=spark.render(alone)), inputs, relations)
            _engine().cursor().execute(f"DESCRIBE {sql}")
        except (duckdb.Error, Mistakes):
            bad.append(projection.alias_or_name.lower())
    return yields(select).get(bad[0], (1, 1)) if 0 < len(bad) <= max(len(tree.expressions) - 1, 1) else (1, 1)


def _empty(columns: Columns) -> str:
    """A relation with these columns and no rows."""
    items = ", ".join(f"CAST(NULL AS {spelled(kind)}) AS {quoted(name.lower())}" for name, kind in columns.items())
    return f"(SELECT {items or '1'} WHERE false)"


def _known(kind: Type, found: str) -> Type:
    if kind == VOID:
        return STRING
    return of_duckdb(found) if _open(kind) else kind


def _open(kind: Type) -> bool:
    """Whether any part of a type is not known."""
    match kind:
        case Array(item):
            return _open(item)
        case MapOf(key, value):
            return _open(key) or _open(value)
        case Struct(fields):
            return any(_open(item) for _, item in fields)
    return kind in (UNKNOWN, VOID)
