"""Spark SQL as DuckDB says it."""

from collections.abc import Mapping

import duckdb
import sqlglot
from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.sql.columns import qualify
from lakemesh.sql.select import Select


def to_duckdb(select: Select, columns: Mapping[TableName, Columns], relations: Mapping[TableName, str]) -> str:
    """The DuckDB SQL of a SELECT, with each table's relation (a quoted name) in its place. Raises Mistakes."""
    tree = sqlglot.parse_one(qualify(select, columns).text, read="spark")
    for table in list(tree.find_all(exp.Table)):
        relation = relations.get(TableName(table.db, table.name)) if table.db else None
        if relation is not None:
            table.replace(exp.alias_(exp.to_table(relation, dialect="duckdb"), table.alias, table=True, quoted=True))
    return tree.sql(dialect="duckdb")


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Settings and macros without which the SQL of `to_duckdb` means something else."""
    connection.execute("SET TimeZone = 'UTC'; SET ieee_floating_point_ops = false")
