"""Arrivals -> work: what the ledger does not know yet, matched to the contract, cast and judged."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from lakemesh.errors import Stopped
from lakemesh.events import Noted, Tell
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.landing.batch import Batch, Landed
from lakemesh.lake.landing.headers import headers
from lakemesh.lake.landing.match import match
from lakemesh.lake.landing.waiting import waiting
from lakemesh.lake.ledger import Entry, Ledger
from lakemesh.lake.snapshot import Spans
from lakemesh.mesh.contract import Append, Arrival, Cdc, Contract, DailyCopy, History, Merge, Replace, contract_hash
from lakemesh.sql import quote
from lakemesh.sql.select import Select, Times
from lakemesh.steps.refused import refuse_rebuild
from lakemesh.steps.work import Work
from lakemesh.steps.world import Ask, World
from lakemesh.steps.writes.append import append
from lakemesh.steps.writes.casts import cast
from lakemesh.steps.writes.cdc import cdc
from lakemesh.steps.writes.daily_copy import daily_copy, day
from lakemesh.steps.writes.draft import Draft
from lakemesh.steps.writes.history import history
from lakemesh.steps.writes.judged import Judged
from lakemesh.steps.writes.judged import landed as judged
from lakemesh.steps.writes.merge import merge
from lakemesh.steps.writes.replace import replace as replaced
from lakemesh.steps.writes.spanned import meeting

_WHATEVER = 1 << 62
"""Bytes that nobody has."""
_DOUBLE = 15
"""Digits that survive as a double."""


def arrivals(
    world: World, contract: Contract, ask: Ask, run: str, now: datetime, first: bool, tell: Tell
) -> Work | None:
    """What has arrived since; None where that is nothing. `first`: whether nothing was taken in this run yet."""
    arrival = contract.arrival
    assert arrival is not None
    refuse_rebuild(contract, ask)
    anew = ask.rebuild and first
    known = _known(world, contract, anew, now)
    store = world.seeds if arrival.by == "seed" else world.landing
    batch = waiting(contract, store, known, replace_file=ask.replace_file, limit_bytes=_limit(world, contract, anew))
    if batch is None:
        return None
    contract, arrival = _as_it_lies(contract, arrival, batch)
    _tell_of_changed(contract, batch, known, tell)
    told = headers(batch.files, arrival.format)
    names = _named(contract, match(contract, told, batch.full))
    numbered = isinstance(contract.write, Cdc)
    source = contract.table.landed
    # JSON has no header that could tell what is undeclared: each row does.
    extra = arrival.extra == "store" or (arrival.extra == "stop" and arrival.format.kind == "json")
    relation = Landed(batch.files, arrival.format, names, told, numbered, extra, _exact(contract))
    # A full load says what is, and nothing of what was: a history takes it as versions.
    anew = anew or (bool(batch.full) and not isinstance(contract.write, History))
    draft = _draft(contract, now, run, batch, numbered, anew)
    if contract.within and not anew:
        draft = replace(draft, meets=_meets(world, contract, relation))
    whole = anew or isinstance(contract.write, Replace | DailyCopy)
    # What a full load has overtaken is noted as taken in, with no row.
    noted = {file.path: Entry(file.version, run, Accounts()) for file in batch.past}
    taken = Ledger({**({} if whole else known.files), **noted}, known.held, known.replays)
    size = sum(file.size for file in batch.files)
    return Work(
        draft,
        {source: relation},
        Times(now),
        reads=source,
        ledger=taken,
        anew=anew or isinstance(contract.write, Replace),
        more=batch.more,
        key_settled=True,
        size=size,
    )


def _limit(world: World, contract: Contract, anew: bool) -> int:
    """Readers of a table that is made anew, or is the whole of what lies there, would see a part of it between two
    publishes; a log and rows that are added are as true after each."""
    whole = anew or isinstance(contract.write, Replace | DailyCopy | History)
    return _WHATEVER if whole else world.batch


def _as_it_lies(contract: Contract, arrival: Arrival, batch: Batch) -> tuple[Contract, Arrival]:
    """DMS writes CSV or Parquet, and says so in the names of its files alone."""
    if arrival.by != "dms":
        return contract, arrival
    typed = [file.path for file in batch.files if file.path.lower().endswith(".parquet")]
    if typed and len(typed) < len(batch.files):
        what = f"{contract.table} has Parquet files, such as {typed[0]}, beside CSV files in one delivery"
        raise Stopped(what, "let the task write one kind, and start it again with a full load")
    kind: Literal["csv", "parquet"] = "parquet" if typed else "csv"
    arrival = replace(arrival, format=replace(arrival.format, kind=kind))
    return replace(contract, arrival=arrival), arrival


def _exact(contract: Contract) -> bool:
    """Whether a column holds more digits than a double."""
    return any(int(digits) > _DOUBLE for c in contract.columns for digits in re.findall(r"decimal\((\d+)", str(c.type)))


def _tell_of_changed(contract: Contract, batch: Batch, known: Ledger, tell: Tell) -> None:
    changed = [f.path for f in batch.files if f.path in known.files and known.files[f.path].version != f.version]
    if changed and isinstance(contract.write, Merge | History):
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        told = f"{contract.table}: {changed[0]}{more} changed and is merged again"
        tell(Noted(f"{told}; rows that are gone from it stay in the table"))
    again = [file.path for file in batch.files if file.path in batch.replaces and file.path not in changed]
    if again and isinstance(contract.write, Append):
        more = f" and {len(again) - 1} more" if len(again) > 1 else ""
        told = f"{contract.table}: {again[0]}{more} is read again, as rows of it were dropped as repeats"
        tell(Noted(f"{told}, perhaps of rows that {changed[0]} no longer has"))


def _named(contract: Contract, names: Mapping[str, str]) -> dict[str, str]:
    """A log's operation and order under names of our own, so that no column of the table is taken for them."""
    if contract.op is None:
        return dict(names)
    prefix = "$." if contract.arrival and contract.arrival.format.kind == "json" else ""
    own = {name: header for name, header in names.items() if name in contract.types}
    own["_op"] = names.get(contract.op, prefix + contract.op)
    if isinstance(contract.write, Cdc) and contract.write.order:
        own["_order"] = names.get(contract.write.order, prefix + contract.write.order)
    return own


def _known(world: World, contract: Contract, anew: bool, now: datetime) -> Ledger:
    head = world.lake.head(contract.table)
    if head is None:
        return Ledger()
    known = world.lake.ledger(head)
    last = world.lake.properties(contract.table)
    changed = last.get("lakemesh.contract") != contract_hash(contract)
    if isinstance(contract.write, DailyCopy) and (changed or last.get("lakemesh.copied_on") != str(day(now))):
        return Ledger({}, known.held, frozenset())
    if anew or (changed and isinstance(contract.write, Replace)):
        # A log's changes that a full load has overtaken stay so, however often the table is made again.
        past = {path: e for path, e in known.files.items() if isinstance(contract.write, Cdc) and e.accounts.read == 0}
        return Ledger(past, known.held, frozenset())
    return known


def _meets(world: World, contract: Contract, relation: Landed) -> Spans | None:
    """Where in the table a key of these rows can have come within the span. None where they say nothing of that."""
    assert contract.arrival is not None
    assert contract.within is not None
    head = world.lake.head(contract.table)
    if head is None or not world.lake.rows(head):
        return None
    came = cast(contract.column(contract.within.by), contract.arrival.format)
    text = (
        f"select distinct date_trunc('day', cast({came} as timestamp)) as day "
        f"from {quote.table(contract.table.landed)} where _broken is null order by day"
    )
    select = Select(text, (contract.table.landed,), contract.path)
    found = world.engine.query(select, {contract.table.landed: relation})
    days = [row["day"] for batch in found for row in batch.to_pylist() if row["day"] is not None]
    return meeting(contract.within, days)


def _draft(contract: Contract, now: datetime, run: str, batch: Batch, numbered: bool, anew: bool) -> Draft:
    rows = judged(contract, now, run, quote.table(contract.table.landed), numbered)
    return by_write(rows, tuple(file.path for file in batch.files), batch.replaces, anew)


def by_write(rows: Judged, files: tuple[str, ...], replaces: tuple[str, ...], anew: bool) -> Draft:
    match rows.contract.write:
        case Append():
            return append(rows, files, replaces, anew)
        case Replace():
            return replaced(rows)
        case Merge():
            return merge(rows, files, anew)
        case Cdc():
            return cdc(rows, files, anew)
        case History():
            return history(rows, files)
        case DailyCopy():
            return daily_copy(rows)
        case other:
            raise AssertionError(f"{rows.contract.table}: {other} is no write of arrivals")
