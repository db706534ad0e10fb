"""One change: a stream of rows, sorted by fate into the outlets, which are committed in order once all is there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

import pyarrow as pa

from lakemesh.declare.names import TableName
from lakemesh.engine.change import Change, Written
from lakemesh.engine.duckdb import count
from lakemesh.engine.duckdb.dialect import to_duckdb
from lakemesh.engine.duckdb.failures import told
from lakemesh.engine.duckdb.fates import Sorted, accounts, by_file, per_file, selected
from lakemesh.engine.duckdb.folded import folded
from lakemesh.engine.duckdb.landed import Arrived
from lakemesh.engine.duckdb.landed.rejected import rejected
from lakemesh.engine.duckdb.lines import numbered
from lakemesh.engine.duckdb.literal import quoted
from lakemesh.engine.duckdb.outflow import Outflow
from lakemesh.engine.duckdb.relations import Mounted
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.spool import Spool
from lakemesh.events import Progress, Tell
from lakemesh.lake.lake import Lake

_PAUSE = 0.3


@dataclass(slots=True)
class _Told:
    """Says how far it is, a few times a second."""

    tell: Tell
    table: str
    session: Session
    rows: int = 0
    last: float = field(default_factory=monotonic)

    def more(self, rows: int) -> None:
        self.rows += rows
        if monotonic() - self.last >= _PAUSE:
            self.last = monotonic()
            done = self.session.connection.query_progress()
            self.tell(Progress(self.table, "write", self.rows, min(done / 100, 1.0) if done > 0 else None))


def write(session: Session, lake: Lake, change: Change, mounted: Mounted, tell: Tell) -> Written:
    """Raises Mistakes; then no branch has moved, and no file of this change is left."""
    query = to_duckdb(change.rows, mounted.columns, mounted.names)
    arrived = mounted.arrived.get(change.reads) if change.reads else None
    counted: Counter[tuple[str | None, str | None]] = Counter()
    with ExitStack() as open_until_here:
        flows = [open_until_here.enter_context(flow) for flow in _flows(session, lake, change)]
        said = _Told(tell, str(change.outlets[-1].branch.table), session)
        take = partial(_take, flows=flows, counted=counted, per_file=change.per_file, said=said)
        with told(change.rows.path):
            if arrived:
                count.watch(session)
            take(session.stream(folded(session, query, change.outlets)))
            gave = by_file(counted)
            read = count.read(session, arrived) if arrived else None
            if change.reads and arrived and (rest := rejected(session, arrived)):
                over = _over(session, change, mounted, change.reads, rest[0])
                take(session.stream(folded(session, over, change.outlets)))
                read = (read or 0) + rest[1]
            look = partial(_look, session, arrived, gave)
            for flow in flows:
                flow.close(look)
        heads = {flow.outlet.branch.table: flow.commit() for flow in flows}
    total = accounts(counted, selected(change, counted) if read is None else read)
    return Written(heads, total, per_file(counted) if change.per_file else {})


def _flows(session: Session, lake: Lake, change: Change) -> list[Outflow]:
    # The table comes last; beside it go rows set aside and the like, which are few.
    last = len(change.outlets) - 1
    shares = session.shares
    return [
        Outflow(session, lake, outlet, shares.table if number == last else shares.beside, number)
        for number, outlet in enumerate(change.outlets)
    ]


def _take(
    batches: Iterable[pa.RecordBatch],
    flows: list[Outflow],
    counted: Counter[tuple[str | None, str | None]],
    per_file: bool,
    said: _Told,
) -> None:
    before = 0
    for batch in batches:
        rows = Sorted(batch, before)
        before += batch.num_rows
        counted.update(rows.counted(per_file))
        for flow in flows:
            flow.take(rows)
        said.more(batch.num_rows)


def _over(session: Session, change: Change, mounted: Mounted, reads: TableName, relation: str) -> str:
    """The same SELECT over the lines that were no rows."""
    view = quoted(f"rejected {reads}")
    session.run(f"CREATE OR REPLACE TEMP VIEW {view} AS {relation}")
    return to_duckdb(change.rows, mounted.columns, {**mounted.names, reads: view})


def _look(session: Session, arrived: Arrived | None, gave: Mapping[str, int], rows: Spool) -> Iterable[pa.RecordBatch]:
    return numbered(session, arrived, rows, gave) if arrived else rows.batches()
