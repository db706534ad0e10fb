"""What dead runs left behind, put right by whoever comes next, while holding the product's lock."""

from dataclasses import replace

from lakemesh.catalog.entry import register
from lakemesh.declare.names import ProductName
from lakemesh.lake import runs
from lakemesh.steps.world import World


def mend(world: World, product: ProductName) -> None:
    """What dead runs left behind: branches go, and a record that says `running` says what became of it."""
    store = world.lake.store
    contracts = world.mesh.of(product)
    dead = runs.dead(store, product)
    if not dead:
        return
    for contract in contracts:
        for table in (contract.table, contract.table.quarantine, contract.table.deletes):
            world.lake.sweep(table, dead)
    for run in dead:
        old = runs.record(store, product, run)
        if old is None:
            # It died before its first record, or that is torn: then there is nothing that it could have done.
            runs.forget(store, product, run)
            continue
        # The publish commit is what counts: a run whose name main bears did publish, whatever its record says.
        published = [
            c.table for c in contracts if world.lake.properties(c.table).get("lakemesh.run", "").startswith(old.id)
        ]
        for contract in contracts:
            if contract.table in published:
                register(world.lake, contract)
        told = f"died; published before that: {', '.join(map(str, published)) or 'nothing'}"
        runs.end(store, replace(old, state="failed", ended=world.clock(), error=told))
