"""The macros that rules lean on: all of them on a connection, or in a database those that its statements name."""

import re
from functools import cache
from threading import Lock

import duckdb

from lakemesh.engine.duckdb.rules import MACROS

_ALL = ";\n".join(f"CREATE OR REPLACE MACRO {macro}" for macro in MACROS)
_NAME = re.compile(r"\bspark_\w+")
# By name, in an order in which each comes after those that it calls.
_BODIES = {_NAME.findall(macro)[0]: macro for macro in MACROS}


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes every macro on a connection; again is no harm."""
    connection.execute(_ALL)


class Macros:
    """Those of one database, each made when a statement first names it: all of them cost more than most runs ask."""

    def __init__(self) -> None:
        self._made: set[str] = set()
        self._lock = Lock()

    def ready(self, connection: duckdb.DuckDBPyConnection, statement: str) -> None:
        """Whatever this statement names is there."""
        named = {name for name in _NAME.findall(statement) if name in _BODIES}
        if named <= self._made:
            return
        with self._lock:
            wanted = {more for name in named for more in _calls(name)} - self._made
            missing = [f"CREATE OR REPLACE MACRO {body}" for name, body in _BODIES.items() if name in wanted]
            connection.execute(";\n".join(missing))
            self._made |= wanted


@cache
def _calls(name: str) -> frozenset[str]:
    """A macro, and all that it calls."""
    called = {other for other in _NAME.findall(_BODIES[name]) if other != name and other in _BODIES}
    return frozenset({name}.union(*(_calls(other) for other in called)))
