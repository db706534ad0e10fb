"""How many rows were read: counted where they are read, and not where they are written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from lakemesh.engine.duckdb.landed import Arrived
from lakemesh.engine.duckdb.landed.parquet import rows
from lakemesh.engine.duckdb.session import Session


def watch(session: Session) -> None:
    """From here on, DuckDB counts what each of its scans gives."""
    session.run("SET enable_profiling = 'no_output'")


def read(session: Session, arrived: Arrived) -> int:
    """Rows that the scans of the last query gave; of Parquet, the rows that its files say they have."""
    if not arrived.marks:
        return rows(arrived.given)
    told = cast(Mapping[str, object], json.loads(session.connection.get_profiling_information("json")))
    scans = list(_scans(cast(Sequence[Mapping[str, object]], told.get("operator", []))))
    total = 0
    for mark in set(arrived.marks):
        given = [count for names, count in scans if any(name.startswith(mark) for name in names)]
        # A relation that is named twice is scanned twice.
        times = max(len(given) // arrived.marks.count(mark), 1)
        total += sum(given) // times
    return total


def _scans(operators: Sequence[Mapping[str, object]]) -> Iterator[tuple[list[str], int]]:
    for operator in operators:
        about = cast(Mapping[str, object], operator.get("extra_info", {}))
        if operator.get("type") == "TABLE_SCAN":
            names = about.get("Projections", [])
            listed = cast(list[str], names if isinstance(names, list) else [names])
            yield listed, int(cast(int, operator.get("intermediate_rows", 0)))
        yield from _scans(cast(Sequence[Mapping[str, object]], operator.get("children", [])))
