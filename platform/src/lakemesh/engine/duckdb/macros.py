"""The macros that rules lean on, made once per connection."""

import duckdb

from lakemesh.engine.duckdb.rules import MACROS

_ALL = ";\n".join(f"CREATE OR REPLACE MACRO {macro}" for macro in MACROS)


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes every macro on a connection; again is no harm."""
    connection.execute(_ALL)
