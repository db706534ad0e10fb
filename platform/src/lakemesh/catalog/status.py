"""How each table is: when it was published, whether it is as fresh as promised, what was set aside, what is held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lakemesh.declare.names import ProductName, TableName
from lakemesh.engine.engine import Engine
from lakemesh.lake.lake import Lake
from lakemesh.lake.runs import Run, TableRun, runs
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract
from lakemesh.mesh.mesh import Mesh
from lakemesh.sql import quote
from lakemesh.sql.select import Select

_VERIFIED = ("published", "nothing new")


@dataclass(frozen=True, slots=True)
class Row:
    """One table. `state`: how its last turn in a run ended; `fresh`: fresh, late, never, or empty where nothing is
    promised; `age`: since it was last verified, or of its newest row, as the promise says."""

    table: str
    product: str
    state: str
    rows: int
    published_at: datetime | None
    fresh: str
    promise: timedelta | None
    age: timedelta | None
    verdict: str
    quarantined: int
    held: int
    last_run: str
    owner: str


def status(mesh: Mesh, lake: Lake, engine: Engine, now: datetime) -> tuple[Row, ...]:
    """Every table of the mesh, in the order in which they are made."""
    histories: dict[ProductName, tuple[Run, ...]] = {}
    rows = []
    for name in mesh.order:
        contract = mesh.contracts[name]
        if contract.product not in histories:
            histories[contract.product] = tuple(runs(lake.store, contract.product))
        rows.append(_row(contract, lake, engine, now, histories[contract.product]))
    return tuple(rows)


def _row(contract: Contract, lake: Lake, engine: Engine, now: datetime, history: Iterable[Run]) -> Row:
    said = lake.properties(contract.table)
    head = lake.head(contract.table) if said.get("lakemesh.run") else None
    turns = [(run, turn) for run in history for turn in run.tables if turn.table == contract.table]
    last = turns[0] if turns else None
    told = said.get("lakemesh.published_at")
    published = datetime.fromisoformat(told) if told else None
    age = _age(contract, engine, head, published, turns, now)
    aside = lake.head(contract.table.quarantine)
    return Row(
        table=str(contract.table),
        product=str(contract.product),
        state=last[1].state if last else "never run",
        rows=lake.rows(head) if head else 0,
        published_at=published,
        fresh=_fresh(contract, age),
        promise=contract.fresh.within if contract.fresh else None,
        age=age,
        verdict=_verdict(last[1] if last else None, said.get("lakemesh.verdict", "")),
        quarantined=lake.rows(aside) if aside else 0,
        held=len(lake.ledger(head).held) if head else 0,
        last_run=last[0].id if last else "",
        owner=contract.owner,
    )


def _verdict(last: TableRun | None, published: str) -> str:
    """Of the last run that judged it; else of what is published."""
    return str(last.verdict.get("verdict", published)) if last and last.verdict else published


def _fresh(contract: Contract, age: timedelta | None) -> str:
    if contract.fresh is None:
        return ""
    if age is None:
        return "never"
    return "fresh" if age <= contract.fresh.within else "late"


def _age(
    contract: Contract,
    engine: Engine,
    head: Snapshot | None,
    published: datetime | None,
    turns: list[tuple[Run, TableRun]],
    now: datetime,
) -> timedelta | None:
    if head is None:
        return None
    if contract.fresh and contract.fresh.of:
        return _newest(contract.table, contract.fresh.of, engine, head, now)
    verified = [run.ended or run.started for run, turn in turns if turn.state in _VERIFIED]
    # A run that died may have published and left no word of it: the table itself tells.
    verified += [published] if published else []
    return now - max(verified) if verified else None


def _newest(table: TableName, column: str, engine: Engine, head: Snapshot, now: datetime) -> timedelta | None:
    text = f"select max({quote.name(column)}) as newest from {quote.table(table)}"
    for batch in engine.query(Select(text, (table,), "status"), {table: head}):
        for row in batch.to_pylist():
            newest = row["newest"]
            if isinstance(newest, datetime):
                return now - (newest if newest.tzinfo else newest.replace(tzinfo=UTC))
            if isinstance(newest, date):
                return now - datetime(newest.year, newest.month, newest.day, tzinfo=UTC)
    return None
