"""Files that a run could not publish, and that were then taken out of the landing zone: nothing of them stays."""

from lakemesh.engine.change import Change, Outlet, Where
from lakemesh.events import Noted, Tell
from lakemesh.lake import runs
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract
from lakemesh.quality.quarantine import quarantine
from lakemesh.sql import quote
from lakemesh.sql.select import Select
from lakemesh.steps.publish import publish_beside
from lakemesh.steps.world import World


def withdraw(world: World, contract: Contract, run: str, tell: Tell) -> None:
    """Quarantine is published before its table, so what a run that was stopped set aside is there. Where its file lies
    in the landing zone it comes again; where somebody took it away, its rows go too."""
    lake, aside = world.lake, contract.table.quarantine
    at = lake.head(aside)
    if at is None or not lake.rows(at) or _published(world, contract):
        return
    gone = _gone(world, contract, at)
    if not gone:
        return
    branch = lake.branch(quarantine(contract), run)
    columns = ", ".join(f"cast(null as {kind}) as {quote.name(name)}" for name, kind in branch.columns.items())
    nothing = Select(f"select {columns}, 'quarantined' as _fate where false", (), contract.path)
    outlet = Outlet(branch, frozenset({"quarantined"}), Where("_source_file", among=gone))
    written = world.engine.write(Change(nothing, (outlet,)), {}, tell)
    publish_beside(world, branch, written.heads[aside], world.clock())
    more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
    tell(Noted(f"{aside}: rows of {gone[0]}{more} leave it, which was never published and is no longer there"))


def _published(world: World, contract: Contract) -> bool:
    """Whether the run that last wrote to quarantine published its table as well."""
    last = world.lake.properties(contract.table.quarantine).get("lakemesh.run", "")
    return runs.state_of(world.lake.store, contract.product, last) == "done"


def _gone(world: World, contract: Contract, at: Snapshot) -> tuple[str, ...]:
    head = world.lake.head(contract.table)
    known = world.lake.ledger(head) if head else Ledger()
    assert contract.arrival is not None
    store = world.seeds if contract.arrival.by == "seed" else world.landing
    text = f"select distinct _source_file from {quote.table(at.table)} where _source_file is not null"
    found = [
        row["_source_file"]
        for batch in world.engine.query(Select(text, (at.table,), contract.path), {at.table: at})
        for row in batch.to_pylist()
    ]
    return tuple(sorted(path for path in found if path not in known.files and not any(store.list(path))))
