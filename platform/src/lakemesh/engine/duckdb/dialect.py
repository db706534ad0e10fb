"""Spark SQL as DuckDB says it."""

from collections.abc import Mapping

import duckdb

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.duckdb import macros
from lakemesh.engine.duckdb.query import Queries
from lakemesh.engine.duckdb.typed import Refused
from lakemesh.errors import Mistake, Mistakes
from lakemesh.sql import faults
from lakemesh.sql.resolve import resolve
from lakemesh.sql.select import Select


def to_duckdb(select: Select, columns: Mapping[TableName, Columns], relations: Mapping[TableName, str]) -> str:
    """The DuckDB SQL of a SELECT, with each table's relation (a quoted name) in its place. Raises Mistakes."""
    return typed(select, columns, relations)[0]


def typed(
    select: Select, columns: Mapping[TableName, Columns], relations: Mapping[TableName, str]
) -> tuple[str, Columns]:
    """The same, with the types that Spark gives its columns; `unknown` where no rule says it."""
    tree = resolve(select, columns).tree
    try:
        sql, fields = Queries(columns, relations).query(tree, None)
    except Refused as refused:
        node = getattr(refused, "node", tree)
        start = min((int(part.meta["start"]) for part in node.walk() if "start" in part.meta), default=0)
        line, column = faults.position(select.text, start, select.edits)
        raise Mistakes(Mistake(select.path, line, column, refused.what, refused.remedy)) from None
    return sql, dict(fields)


SETTINGS = {"TimeZone": "'UTC'", "error_on_division_by_zero": "false", "ieee_floating_point_ops": "false"}


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Settings and macros without which the SQL of `to_duckdb` means something else, for its cursors, too."""
    settle(connection)
    macros.make(connection)


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """The settings alone: whoever asks has `Macros` ready before each statement."""
    for name, value in SETTINGS.items():
        # A cursor is a session of its own: it has the global settings, not those of the connection it came from.
        connection.execute(f"SET GLOBAL {name} = {value}; SET SESSION {name} = {value}")
