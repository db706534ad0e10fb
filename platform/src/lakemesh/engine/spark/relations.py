"""What a name stands for: a snapshot's rows, or files that landed, as a view of one session."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as of

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.engine import Inputs
from lakemesh.engine.spark.arrivals import Arrival, Reader
from lakemesh.engine.spark.types import schema, to_spark
from lakemesh.lake.lake import Lake
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.plan import NAMED
from lakemesh.lake.snapshot import Snapshot, Spans
from lakemesh.sql import quote

_NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Mounted:
    """Quoted views by table, and what is known of those that landed."""

    names: Mapping[TableName, str]
    arrived: Mapping[TableName, Arrival]


@contextmanager
def mounted(session: SparkSession, lake: Lake, inputs: Inputs, reader: Reader) -> Iterator[Mounted]:
    """A view for each input, as long as this lasts."""
    names: dict[TableName, str] = {}
    arrived: dict[TableName, Arrival] = {}
    try:
        for table, given in inputs.items():
            if isinstance(given, Landed):
                arrived[table] = reader.read(session, table, given)
                rows = arrived[table].rows
            else:
                rows = snapshot(session, lake, given)
            names[table] = view(session, rows)
        yield Mounted(names, arrived)
    finally:
        for name in names.values():
            session.catalog.dropTempView(name.strip("`"))
        for one in arrived.values():
            one.forget()


def view(session: SparkSession, rows: DataFrame) -> str:
    """A new view, by its quoted name."""
    name = f"lakemesh_{next(_NUMBERS)}"
    rows.createOrReplaceTempView(name)
    return quote.name(name)


def table_of(lake: Lake, table: TableName) -> str:
    """The table as Spark calls it."""
    return f"{quote.name(lake.place.catalog)}.{quote.table(table)}"


def snapshot(session: SparkSession, lake: Lake, given: Snapshot) -> DataFrame:
    """The rows of a snapshot, in the columns that are asked for."""
    own = {name: kind for name, kind in given.columns.items() if name != NAMED}
    asked = replace(given, columns=own)
    rows = _of_files(session, lake, asked) if given.since is not None or given.only is not None else None
    if rows is None or NAMED in given.columns:
        rows = _of_table(session, lake, asked, given)
    if given.within is not None:
        rows = rows.where(_condition(given.within))
    return rows.select(*(_quoted(name) for name in given.columns))


def _of_table(session: SparkSession, lake: Lake, own: Snapshot, given: Snapshot) -> DataFrame:
    rows = session.read.option("snapshot-id", given.id).table(table_of(lake, given.table))
    if given.since is not None or given.only is not None:
        rows = rows.where(of.col(NAMED).isin([file.file_path for file in lake.plan(own).files]))
    names = lake.names(own)
    chosen = []
    for name, kind in own.columns.items():
        then = names[name]
        # What came later, and what was narrower then.
        value = of.lit(None) if then is None else _quoted(then)
        known = then is not None and rows.schema[then].dataType == to_spark(kind)
        chosen.append((value if known else value.cast(to_spark(kind))).alias(name))
    return rows.select(*chosen, *([of.col(NAMED)] if NAMED in given.columns else []))


def _of_files(session: SparkSession, lake: Lake, own: Snapshot) -> DataFrame | None:
    """Only some files of a snapshot; None where they were written in several shapes, and Iceberg has to read them."""
    scan = lake.plan(own)
    if not scan.uniform:
        return None
    shape = schema(own.columns)
    if not scan.files:
        return session.createDataFrame([], shape)
    # What a pattern would take for itself stands for itself.
    return session.read.schema(shape).option("__globPaths__", "false").parquet(*(file.file_path for file in scan.files))


def _condition(within: Spans) -> str:
    column = quote.name(within.column)
    spans = (
        f"({column} >= {quote.literal(since)} and {column} < {quote.literal(until)})" for since, until in within.spans
    )
    return " or ".join(spans) or "false"


def _quoted(name: str) -> "of.Column":
    return of.col(quote.name(name))


def empty(session: SparkSession, columns: Columns) -> DataFrame:
    """A relation with these columns and no rows."""
    return session.createDataFrame([], schema(columns))
