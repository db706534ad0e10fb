"""One change: its rows computed once, counted by fate, and written to the branch of each outlet in order."""

from collections import Counter

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession

from lakemesh.engine.change import Change, Written
from lakemesh.engine.duckdb.fates import FATE, FILE, accounts, per_file, selected
from lakemesh.engine.spark.arrivals import Arrival
from lakemesh.engine.spark.lines import numbered
from lakemesh.engine.spark.outlet import commit
from lakemesh.engine.spark.relations import Mounted
from lakemesh.events import Progress, Tell
from lakemesh.lake.lake import Lake
from lakemesh.sql.placed import placed

_SCAN = "MapInArrow"


class LookedAtTwice(Exception):
    """The SELECT looks at what landed more than once: it has to be kept, or each look reads the files again."""


def write(session: SparkSession, lake: Lake, change: Change, mounted: Mounted, kept: bool, tell: Tell) -> Written:
    """`kept`: what landed is kept already. Raises LookedAtTwice where that is needed."""
    arrived = mounted.arrived.get(change.reads) if change.reads else None
    rows = session.sql(placed(change.rows, mounted.names))
    if mounted.arrived and not kept and _scans(rows) > len(mounted.arrived):
        raise LookedAtTwice
    # Several outlets get of the same rows; computed again, they might be others.
    rows = rows.persist(StorageLevel.MEMORY_AND_DISK)
    try:
        counted = _counted(rows, change.per_file)
        total = sum(counted.values())
        tell(Progress(str(change.outlets[-1].branch.table), "write", total, None))
        read = selected(change, counted) if arrived is None else _read(arrived, total)
        heads = {}
        for outlet in change.outlets:
            many = sum(n for (_, fate), n in counted.items() if fate in outlet.takes)
            look = numbered(session, arrived) if arrived and outlet.lines else None
            heads[outlet.branch.table] = commit(session, lake, outlet, rows, many, counted, look)
        return Written(heads, accounts(counted, read), per_file(counted) if change.per_file else {})
    finally:
        rows.unpersist()


def _scans(rows: DataFrame) -> int:
    return str(rows._jdf.queryExecution().optimizedPlan().toString()).count(_SCAN)


def _counted(rows: DataFrame, by_file: bool) -> Counter[tuple[str | None, str | None]]:
    found: Counter[tuple[str | None, str | None]] = Counter()
    for row in rows.groupBy(*([FILE, FATE] if by_file else [FATE])).count().collect():
        found[row[FILE] if by_file else None, row[FATE]] += int(row["count"])
    return found


def _read(arrived: Arrival, accounted: int) -> int:
    read = arrived.read()
    # A task that was done twice, because a machine was lost, has counted twice.
    return read if read == accounted else arrived.read(again=True)
