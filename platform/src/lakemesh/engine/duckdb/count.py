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
        given = [scan for scan in scans if any(name.startswith(mark) for name in scan[0])]
        total += _once(given, arrived.marks.count(mark))
    return total


def _once(scans: Sequence[tuple[list[str], int]], parts: int) -> int:
    """Of a relation that is scanned several times, the scan that reads every row and every column: others look at keys
    alone, in which a cell that is no text goes unseen, or end early."""
    times = [scans[first : first + parts] for first in range(0, len(scans), parts)]
    return max((sum(len(names) for names, _ in one), sum(rows for _, rows in one)) for one in times)[1] if times else 0


def _scans(operators: Sequence[Mapping[str, object]]) -> Iterator[tuple[list[str], int]]:
    for operator in operators:
        about = cast(Mapping[str, object], operator.get("extra_info", {}))
        if operator.get("type") == "TABLE_SCAN":
            names = about.get("Projections", [])
            listed = cast(list[str], names if isinstance(names, list) else [names])
            yield listed, int(cast(int, operator.get("intermediate_rows", 0)))
        yield from _scans(cast(Sequence[Mapping[str, object]], operator.get("children", [])))
