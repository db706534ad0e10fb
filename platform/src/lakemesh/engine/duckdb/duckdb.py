"""The engine of a laptop."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pyarrow as pa

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.change import Change, Written
from lakemesh.engine.duckdb import damage
from lakemesh.engine.duckdb.describe import describe
from lakemesh.engine.duckdb.dialect import to_duckdb
from lakemesh.engine.duckdb.failures import TwoLineEnds, told, unreadable
from lakemesh.engine.duckdb.relations import mount
from lakemesh.engine.duckdb.session import Session, Sessions
from lakemesh.engine.duckdb.write import write
from lakemesh.engine.engine import Inputs
from lakemesh.events import Tell
from lakemesh.lake.lake import Lake
from lakemesh.lake.landing.batch import Landed
from lakemesh.sql.select import Select


class DuckDB:
    """Runs Spark SQL over named inputs with DuckDB, and commits to branches. Knows no contract, no ledger, no run."""

    name = "duckdb"

    def __init__(self, lake: Lake, memory: int, threads: int | None = None, scratch: Path | None = None) -> None:
        self._lake = lake
        self._sessions = Sessions(memory, threads, scratch)

    def describe(self, select: Select, inputs: Mapping[TableName, Columns]) -> Columns:
        """Names and Spark types that it yields, over empty tables. Raises Mistakes."""
        return describe(select, inputs)

    def query(self, select: Select, inputs: Inputs) -> Iterator[pa.RecordBatch]:
        """Its rows, streamed. Reads only. Raises Mistakes."""
        try:
            # What is given cannot be taken back, so the ends of lines are looked at before and not after.
            yield from self._asked(select, inputs, even=True)
        except TwoLineEnds:
            raise unreadable(select.path) from None

    def write(self, change: Change, inputs: Inputs, tell: Tell) -> Written:
        """One new head per outlet's branch, in the order given; its base where nothing comes and nothing goes. Never
        touches main. Raises Mistakes, and Stopped where a value does not fit; then no branch has moved."""
        try:
            return self._written(change, inputs, tell, even=False)
        except TwoLineEnds:
            pass
        try:
            return self._written(change, inputs, tell, even=True)
        except TwoLineEnds:
            raise unreadable(change.rows.path) from None

    def _asked(self, select: Select, inputs: Inputs, even: bool) -> Iterator[pa.RecordBatch]:
        with self._session(inputs) as session, damage.found(self._lake, inputs), told(select.path):
            mounted = mount(session, self._lake, inputs, even)
            yield from session.stream(to_duckdb(select, mounted.columns, mounted.names))

    def _session(self, inputs: Inputs) -> AbstractContextManager[Session]:
        if any(isinstance(given, Landed) for given in inputs.values()):
            return self._sessions.alone(_in_order(inputs))
        return self._sessions.reading()

    def _written(self, change: Change, inputs: Inputs, tell: Tell, even: bool) -> Written:
        # Files are read in their order, which costs nothing: so it is known on which line a bad row should stand.
        in_order = any(isinstance(given, Landed) for given in inputs.values())
        columns = max(len(outlet.branch.columns) for outlet in change.outlets)
        with self._sessions.alone(in_order, columns) as session, damage.found(self._lake, inputs):
            with told(change.rows.path):
                mounted = mount(session, self._lake, inputs, even)
            return write(session, self._lake, change, mounted, tell)


def _in_order(inputs: Inputs) -> bool:
    return any(isinstance(given, Landed) and given.numbered for given in inputs.values())
