"""What a SELECT yields, by asking DuckDB over empty tables."""

from collections.abc import Mapping

import duckdb

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.duckdb.dialect import prepare, to_duckdb
from lakemesh.engine.duckdb.types import of_duckdb, quoted
from lakemesh.engine.duckdb.types import to_duckdb as spelled
from lakemesh.errors import Mistake, Mistakes
from lakemesh.sql.select import Select


def describe(select: Select, inputs: Mapping[TableName, Columns]) -> Columns:
    """Names and Spark types of its columns. Raises Mistakes."""
    relations = {table: quoted(f"{table}") for table in inputs}
    with duckdb.connect() as connection:
        prepare(connection)
        for table, columns in inputs.items():
            fields = ", ".join(f"{quoted(name)} {spelled(kind)}" for name, kind in columns.items())
            connection.execute(f"CREATE TEMP TABLE {relations[table]} ({fields})")
        text = to_duckdb(select, inputs, relations)
        try:
            rows = connection.execute(f"DESCRIBE {text}").fetchall()
        except duckdb.Error as error:
            raise Mistakes(Mistake(select.path, 0, 0, f"this SELECT does not hold together: {str(error).splitlines()[0]}")) from None
    return {str(row[0]): of_duckdb(str(row[1])) for row in rows}
