"""Files that landed, as a relation: one task reads one file, for no quoted line end says where a file may be cut."""

from dataclasses import dataclass, field
from pathlib import Path

from pyspark import StorageLevel
from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as of

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.duckdb import landed
from lakemesh.engine.duckdb.session import Sessions
from lakemesh.engine.spark.reader import Reading, reader
from lakemesh.engine.spark.types import schema
from lakemesh.lake.landing.batch import Landed

_ROW, _FILE = "_source_row", "_source_file"


@dataclass(slots=True)
class Arrival:
    """`rows`: the relation, whose rows are counted as they are read. `raw`: what it is made of, for a second look."""

    given: Landed
    rows: DataFrame
    columns: Columns
    counted: Observation | None
    held: list[DataFrame] = field(default_factory=list)

    def read(self, again: bool = False) -> int:
        """How many rows were read; `again`: counted one by one."""
        if self.counted is not None and not again:
            return int(self.counted.get["rows"])
        return int(self.rows.count())

    def forget(self) -> None:
        """What was kept of it may go."""
        for kept in self.held:
            kept.unpersist()


@dataclass(frozen=True, slots=True)
class Reader:
    """How files are read. `counts`: the table whose rows are counted, with every line that is none; `kept`: whether
    what was read stays, as it will be looked at more than once."""

    memory: int
    scratch: Path | None
    even: bool
    counts: TableName | None = None
    kept: bool = False

    def read(self, session: SparkSession, table: TableName, given: Landed) -> Arrival:
        columns = self._columns(given)
        if not given.files:
            return Arrival(given, session.createDataFrame([], schema(columns)), columns, None)
        whole = table == self.counts
        how = Reading(given, columns, self.memory, self.scratch, self.even, whole)
        numbers = session.range(0, len(given.files), 1, len(given.files))
        rows = numbers.mapInArrow(reader(how), schema(columns))
        held: list[DataFrame] = []
        if given.numbered or self.kept:
            rows = rows.persist(StorageLevel.MEMORY_AND_DISK)
            held.append(rows)
        if given.numbered:
            rows = _numbered(session, given, rows, list(columns))
        counted = Observation() if whole and not held else None
        if counted is not None:
            rows = rows.observe(counted, of.count(of.lit(1)).alias("rows"))
        return Arrival(given, rows, columns, counted, held)

    def _columns(self, given: Landed) -> Columns:
        """Of Parquet, only the files together say which types there are."""
        if given.format.kind != "parquet" or not given.files:
            return landed.columns_of(given)
        with Sessions(self.memory, 1, self.scratch).alone(False) as session:
            return landed.arrived(session, given).columns


def _numbered(session: SparkSession, given: Landed, rows: DataFrame, columns: list[str]) -> DataFrame:
    """Rows count on from file to file. Each file has counted its own."""
    found = rows.groupBy(_FILE).agg(of.max(_ROW).alias("n")).collect()
    many = {row[_FILE]: int(row["n"] or 0) for row in found}
    before, first = [], 0
    for file in given.files:
        before.append((file.path, first))
        first += many.get(file.path, 0)
    begins = session.createDataFrame(before, f"{_FILE} string, _before bigint")
    joined = rows.join(of.broadcast(begins), _FILE, "left")
    return joined.withColumn(_ROW, of.col(_ROW) + of.col("_before")).select(*columns)
