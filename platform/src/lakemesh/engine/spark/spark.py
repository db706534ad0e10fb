"""The engine of a cluster, and of whoever has Java."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
from pyspark.sql import SparkSession

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.change import Change, Written
from lakemesh.engine.duckdb import damage
from lakemesh.engine.duckdb.failures import TwoLineEnds, unreadable
from lakemesh.engine.engine import Inputs
from lakemesh.engine.spark import session as sessions
from lakemesh.engine.spark.arrivals import Reader
from lakemesh.engine.spark.describe import describe
from lakemesh.engine.spark.failures import told
from lakemesh.engine.spark.relations import mounted
from lakemesh.engine.spark.stream import stream
from lakemesh.engine.spark.write import LookedAtTwice, write
from lakemesh.events import Tell
from lakemesh.lake.lake import Lake
from lakemesh.sql.placed import placed
from lakemesh.sql.select import Select


class Spark:
    """Runs Spark SQL over named inputs with Spark, and commits to branches. Knows no contract, no ledger, no run."""

    name = "spark"

    def __init__(self, lake: Lake, session: SparkSession, reader: int, scratch: Path | None = None) -> None:
        """`reader`: bytes for each file that is read at a time, beside Spark's own memory."""
        self._lake = lake
        self._session = sessions.of(session, lake.place)
        self._memory = reader
        self._scratch = scratch

    def describe(self, select: Select, inputs: Mapping[TableName, Columns]) -> Columns:
        """Names and Spark types that it yields, over empty tables. Raises Mistakes."""
        return describe(self._session, select, inputs)

    def query(self, select: Select, inputs: Inputs) -> Iterator[pa.RecordBatch]:
        """Its rows, streamed. Reads only. Raises Mistakes."""
        # What is given cannot be taken back, so the ends of lines are looked at before and not after.
        reader = Reader(self._memory, self._scratch, even=True)
        try:
            with (
                damage.found(self._lake, inputs),
                told(select.path),
                mounted(self._session, self._lake, inputs, reader) as views,
            ):
                yield from stream(self._session.sql(placed(select, views.names)))
        except TwoLineEnds:
            raise unreadable(select.path) from None

    def write(self, change: Change, inputs: Inputs, tell: Tell) -> Written:
        """One new head per outlet's branch, in the order given; its base where nothing comes and nothing goes. Never
        touches main. Raises Mistakes, and Stopped where a value does not fit; what is on the branches then is for
        whoever sweeps them."""
        even = kept = False
        for _ in range(3):
            try:
                return self._written(change, inputs, tell, even, kept)
            except LookedAtTwice:
                kept = True
            except TwoLineEnds:
                if even:
                    break
                even = True
        raise unreadable(change.rows.path)

    def _written(self, change: Change, inputs: Inputs, tell: Tell, even: bool, kept: bool) -> Written:
        reader = Reader(self._memory, self._scratch, even, change.reads, kept)
        with (
            damage.found(self._lake, inputs),
            told(change.rows.path),
            mounted(self._session, self._lake, inputs, reader) as views,
        ):
            return write(self._session, self._lake, change, views, kept, tell)
