"""Quarantine -> work: what was set aside, read as if it had just arrived."""

from dataclasses import replace
from datetime import datetime

from lakemesh.engine.change import Everything
from lakemesh.errors import Mistakes
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Arrival, Cdc, Contract
from lakemesh.sql import quote
from lakemesh.sql.select import Select, Times
from lakemesh.steps.ingest import by_write
from lakemesh.steps.work import Work
from lakemesh.steps.world import World
from lakemesh.steps.writes.judged import landed


def again(world: World, contract: Contract, run: str, now: datetime) -> Work | None:
    """All of a table's quarantine under today's contract; None where it is empty. What fits goes in, the rest stays."""
    if contract.arrival is None:
        raise Mistakes.of(
            f"{contract.table} is made by a SELECT: nothing of it is replayed", "mend it and run the product again"
        )
    aside = world.lake.head(contract.table.quarantine)
    if aside is None or world.lake.rows(aside) == 0:
        return None
    head = world.lake.head(contract.table)
    ledger = world.lake.ledger(head) if head else Ledger()
    judged = replace(contract, arrival=_as_text(contract.arrival))
    rows = landed(judged, now, run, f"({_source(contract, ledger)})", numbered=True, done="_done")
    draft = by_write(rows, tuple(ledger.files), (), False)
    reads = (*draft.rows.reads, contract.table.quarantine)
    draft = replace(draft, rows=replace(draft.rows, reads=reads), set_aside=Everything())
    taken = replace(ledger, replays=frozenset(_batches(world, aside)))
    return Work(draft, {contract.table.quarantine: aside}, Times(now), ledger=taken, key_settled=True, aside_last=True)


def _source(contract: Contract, ledger: Ledger) -> str:
    """The landed relation's columns, out of the quarantine's. `_done`: the last replay put the row into the table, and
    died before it could take it out of here."""
    assert contract.arrival is not None
    columns = [column.name for column in contract.columns if not column.added]
    texts = [f"get_json_object(_raw, {quote.literal(_path(name))}) as {quote.name(name)}" for name in columns]
    if isinstance(contract.write, Cdc):
        texts += ["get_json_object(_raw, '$._op') as _op", "get_json_object(_raw, '$._order') as _order"]
    if contract.arrival.extra != "ignore":
        texts.append("case when _rule = 'extra' then '{}' end as _extra")
    done = ", ".join(quote.literal(batch) for batch in sorted(ledger.replays))
    texts += [
        "case when _rule = 'row' then _reason end as _broken",
        "case when _rule = 'row' then _raw end as _raw",
        "_source_file",
        "_source_line",
        "_source_row",
        f"concat(_source_file, ' ', _run) in ({done}) as _done" if done else "false as _done",
    ]
    return f"select {', '.join(texts)} from {quote.table(contract.table.quarantine)}"


def _as_text(arrival: Arrival) -> Arrival:
    """Values out of JSON are text, whatever the file was: those of a Parquet file are cast again."""
    if arrival.format.kind != "parquet":
        return arrival
    form = replace(arrival.format, kind="json", dates=None, timestamps=None)
    return replace(arrival, format=form, extra="ignore" if arrival.extra == "stop" else arrival.extra)


def _batches(world: World, aside: Snapshot) -> list[str]:
    """What this replay takes in: each file with the run that set its rows aside. What stays gets this run's name, so
    that the next replay looks at it anew."""
    text = f"select distinct concat(_source_file, ' ', _run) as batch from {quote.table(aside.table)}"
    return [
        row["batch"]
        for batch in world.engine.query(Select(text, (aside.table,), "replay"), {aside.table: aside})
        for row in batch.to_pylist()
    ]


def _path(name: str) -> str:
    return f"$.{name}" if name.isidentifier() else f"$['{name}']"
