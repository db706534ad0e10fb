"""Quarantine -> work: what was set aside, read as if it had just arrived."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lakemesh.engine.change import Everything, Where
from lakemesh.errors import Mistakes
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Arrival, Cdc, Contract, Merge, Replace, contract_hash
from lakemesh.sql import quote
from lakemesh.sql.select import Select, Times
from lakemesh.steps.ingest import by_write
from lakemesh.steps.refused import refuse_replay
from lakemesh.steps.work import Work
from lakemesh.steps.world import World
from lakemesh.steps.writes.append import append
from lakemesh.steps.writes.judged import landed
from lakemesh.steps.writes.merge import TURN, merge

_STRANGE = "case when _rule = 'extra' then '{}' end"
"""What was not declared is not kept, only that there was something."""


def again(world: World, contract: Contract, run: str, now: datetime) -> Work | None:
    """A table's quarantine under today's contract; None where it is empty, or was judged so already. What fits goes in,
    the rest stays. Rows of files that no run has published stay too: the next run takes those files whole, and would
    bring them once more."""
    if contract.arrival is None:
        raise Mistakes.of(
            f"{contract.table} is made by a SELECT: nothing of it is replayed", "mend it and run the product again"
        )
    refuse_replay(contract)
    aside = world.lake.head(contract.table.quarantine)
    if aside is None or world.lake.rows(aside) == 0:
        return None
    head = world.lake.head(contract.table)
    ledger = world.lake.ledger(head) if head else Ledger()
    batches = _batches(world, aside)
    waiting = sorted({file for file, _ in batches} - ledger.files.keys())
    batches = [(file, of) for file, of in batches if file in ledger.files]
    if not batches:
        what = f"{contract.table.quarantine} holds only rows of files that no run has published, such as {waiting[0]}"
        raise Mistakes.of(what, f"a run takes those files again: make run PRODUCT={contract.product}")
    last = world.lake.said(head) if head else {}
    if {of for _, of in batches} == {last.get("lakemesh.run")} and last.get("lakemesh.contract") == contract_hash(
        contract
    ):
        # The run that set them aside made what readers see, by the contract of today: it would find the same again.
        return None
    judged = replace(contract, arrival=_as_text(contract.arrival))
    turns = _turns(ledger, batches) if isinstance(contract.write, Merge) and not contract.write.newest else ""
    source = _source(contract, ledger, waiting)
    if turns:
        source = f"select q.*, v.{TURN} from ({source}) q left join {turns} v on v._path = q._source_file"
    also = (TURN,) if turns else ()
    rows = landed(judged, now, run, f"({source})", numbered=True, done="_done", also=also)
    # A delivery replaces the table; what is taken again of it joins the rest.
    write = append if isinstance(contract.write, Replace) else by_write
    files = tuple(ledger.files)
    draft = merge(rows, files, False, turns) if turns else write(rows, files, (), False)
    reads = (*draft.rows.reads, contract.table.quarantine)
    among = tuple(sorted({file for file, _ in batches}))
    gone = Where("_source_file", among=among) if waiting else Everything()
    draft = replace(draft, rows=replace(draft.rows, reads=reads), set_aside=gone)
    taken = replace(ledger, replays=frozenset(f"{file} {of}" for file, of in batches))
    return Work(draft, {contract.table.quarantine: aside}, Times(now), ledger=taken, key_settled=True, aside_last=True)


def _source(contract: Contract, ledger: Ledger, waiting: Sequence[str]) -> str:
    """The landed relation's columns, out of the quarantine's, without the files that are `waiting`. `_done`: the last
    replay put the row into the table, and died before it could take it out of here."""
    assert contract.arrival is not None
    columns = [column.name for column in contract.columns if not column.added]
    texts = [f"get_json_object(_raw, {quote.literal(_path(name))}) as {quote.name(name)}" for name in columns]
    texts += ["get_json_object(_raw, '$._op') as _op"] if contract.op is not None else []
    if isinstance(contract.write, Cdc):
        texts.append("get_json_object(_raw, '$._order') as _order")
    if contract.arrival.extra != "ignore":
        kept = "get_json_object(_raw, '$._extra')"
        texts.append(f"{kept if contract.arrival.extra == 'store' else _STRANGE} as _extra")
    done = ", ".join(quote.literal(batch) for batch in sorted(ledger.replays))
    texts += [
        "case when _rule = 'row' then _reason end as _broken",
        "case when _rule = 'row' then _raw end as _raw",
        "_source_file",
        "_source_line",
        "_source_row",
        f"concat(_source_file, ' ', _run) in ({done}) as _done" if done else "false as _done",
    ]
    left = ", ".join(quote.literal(file) for file in waiting)
    where = f" where _source_file not in ({left})" if left else ""
    return f"select {', '.join(texts)} from {quote.table(contract.table.quarantine)}{where}"


def _turns(ledger: Ledger, batches: Sequence[tuple[str, str]]) -> str:
    """A relation of the files and the runs that took them in: those set aside, and those that came with or after."""
    oldest = min(ledger.files[file].run for file, _ in batches)
    known = [(path, entry.run) for path, entry in ledger.files.items() if entry.run >= oldest]
    rows = ", ".join(f"({quote.literal(path)}, {quote.literal(run)})" for path, run in known)
    return f"(select * from values {rows} as v(_path, {TURN}))"


def _as_text(arrival: Arrival) -> Arrival:
    """Values out of JSON are text, whatever the file was: those of a Parquet file are cast again."""
    if arrival.format.kind != "parquet":
        return arrival
    form = replace(arrival.format, kind="json", dates=None, timestamps=None)
    return replace(arrival, format=form, extra="ignore" if arrival.extra == "stop" else arrival.extra)


def _batches(world: World, aside: Snapshot) -> list[tuple[str, str]]:
    """What a replay may take in: each file with the run that set its rows aside. What stays gets this run's name, so
    that the next replay looks at it anew."""
    text = f"select distinct _source_file, _run from {quote.table(aside.table)}"
    return [
        (row["_source_file"], row["_run"])
        for batch in world.engine.query(Select(text, (aside.table,), "replay"), {aside.table: aside})
        for row in batch.to_pylist()
    ]


def _path(name: str) -> str:
    return f"$.{name}" if name.isidentifier() else f"$['{name}']"
