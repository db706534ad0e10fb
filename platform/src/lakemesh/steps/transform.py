"""One SELECT over pinned snapshots -> work, or nothing new where inputs, SQL and contract are what they were."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from lakemesh.declare.names import TableName
from lakemesh.events import Tell
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract, DailyCopy, History, Merge, Replace, Window, contract_hash
from lakemesh.sql.select import Times, bind, uses
from lakemesh.steps.due import due
from lakemesh.steps.late import changed, widened
from lakemesh.steps.refused import refuse_rebuild
from lakemesh.steps.times import backfill, span
from lakemesh.steps.work import Work
from lakemesh.steps.world import Ask, World
from lakemesh.steps.writes.daily_copy import daily_copy, day
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.history import history
from lakemesh.steps.writes.judged import selected
from lakemesh.steps.writes.merge import merge
from lakemesh.steps.writes.replace import replace as replaced
from lakemesh.steps.writes.window import inside, window


def sql_hash(contract: Contract) -> str:
    """What the SELECT says, as a hash; empty for an ingest."""
    return sha256(contract.select.text.encode()).hexdigest() if contract.select else ""


def made(
    world: World, contract: Contract, ask: Ask, run: str, now: datetime, pins: Mapping[TableName, Snapshot], tell: Tell
) -> Work | None:
    """What the SELECT has to make; None where it would make what is there."""
    assert contract.select is not None
    refuse_rebuild(contract, ask)
    last = world.lake.properties(contract.table)
    old = {TableName.parse(name): id for name, id in json.loads(last.get("lakemesh.inputs", "{}")).items()}
    ids = {name: snapshot.id for name, snapshot in pins.items()}
    asked = ask.rebuild or ask.since is not None or ask.until is not None
    as_was = (
        last.get("lakemesh.sql") == sql_hash(contract)
        and last.get("lakemesh.contract") == contract_hash(contract)
        and all(name in old and world.lake.same(name, old[name], id) for name, id in ids.items())
    )
    over = isinstance(contract.write, DailyCopy) and last.get("lakemesh.copied_on") != str(day(now))
    over = over or (as_was and isinstance(contract.write, Window) and due(world, contract, pins, _until(last), now))
    if as_was and not asked and not over and not uses(contract.select, "now"):
        return None
    times, partial = _times(world, contract, ask, now, pins, old, last, tell)
    bound = bind(contract.select, times)
    where = inside(contract, times) if isinstance(contract.write, Window) else ""
    rows = selected(contract, bound.text, now, run, where)
    anew = ask.rebuild and ask.since is None and ask.until is None
    match contract.write:
        case Window():
            draft = window(rows, times, anew)
        case Merge():
            draft = merge(rows, None, anew)
        case Replace():
            draft = replaced(rows)
        case History():
            draft = history(rows, None)
        case DailyCopy():
            draft = daily_copy(rows)
        case other:
            raise AssertionError(f"{contract.table}: {other} is no write of a SELECT")
    return Work(
        _reading(draft, contract),
        pins,
        times,
        pins=old if partial else ids,
        anew=anew or isinstance(contract.write, Replace),
        key_settled=_settled(contract),
        partial=partial,
    )


def _times(
    world: World,
    contract: Contract,
    ask: Ask,
    now: datetime,
    pins: Mapping[TableName, Snapshot],
    old: Mapping[TableName, int],
    last: Mapping[str, str],
    tell: Tell,
) -> tuple[Times, bool]:
    """What is made, and whether that is less than a run would make that nobody told a span."""
    if not isinstance(contract.write, Window):
        return Times(now), False
    is_new = last.get("lakemesh.sql") != sql_hash(contract) or last.get("lakemesh.contract") != contract_hash(contract)
    usual = span(contract, now, None if ask.rebuild or is_new else _until(last))
    if ask.since is None and ask.until is None:
        return widened(world, contract, usual, pins, old, tell), False
    asked = backfill(contract, now, ask.since, ask.until)
    assert asked.since is not None
    oldest, _ = changed(world, contract, usual, pins, old)
    return asked, asked.since > oldest or asked.until != usual.until


def _until(last: Mapping[str, str]) -> datetime | None:
    known = last.get("lakemesh.until")
    return datetime.fromisoformat(known) if known else None


def _reading(draft: Draft, contract: Contract) -> Draft:
    """A SELECT's own inputs are named first; the table itself only where the write meets it."""
    return replace(draft, rows=replace(draft.rows, reads=tuple(dict.fromkeys((*contract.reads, *draft.rows.reads)))))


def _settled(contract: Contract) -> bool:
    """A window only proves the key inside its span; where the time is part of the key that is the whole of it."""
    return not isinstance(contract.write, Window) or contract.write.time in contract.key
