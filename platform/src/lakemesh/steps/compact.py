"""Small files of a partition, joined: the same rows in fewer files, published like any other change."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lakemesh.declare.names import TableName
from lakemesh.engine.change import Change, Files, Outlet
from lakemesh.events import Tell
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.maintenance.small import Crowd, crowds
from lakemesh.lake.publication import Moved, Publication
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.mesh.contract import Contract, contract_hash
from lakemesh.sql import quote
from lakemesh.sql.select import Select
from lakemesh.steps.world import World

BOUND = 2 << 30
"""Bytes that one commit rewrites at most, unless one partition alone has more."""
REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Joined:
    """So many files became so many."""

    before: int = 0
    after: int = 0


def settled(world: World, contract: Contract) -> bool:
    """Whether the table is as its contract says today, so that its rows may be written again in that shape."""
    return world.lake.properties(contract.table).get("lakemesh.contract") == contract_hash(contract)


def compact(world: World, contract: Contract, run: str, tell: Tell) -> Joined:
    """Joins what is crowded, some at a time; the caller holds the product's lock. Raises Mistakes."""
    total = Joined()
    for some in _bounded(crowds(world.lake, contract.table)):
        branch = world.lake.branch(contract, run)
        branch = replace(branch, same=(branch.base.id, *world.lake.same_as(branch.base))[:REMEMBERED])
        try:
            after = _join(world, contract, branch, some, tell)
        except Moved:
            # Somebody published without the lock. What is joined next time instead is no loss.
            world.lake.sweep(contract.table, {run})
            return total
        total = Joined(total.before + sum(len(crowd.paths) for crowd in some), total.after + after)
    return total


def _join(world: World, contract: Contract, branch: Branch, crowd: Sequence[Crowd], tell: Tell) -> int:
    lake, table = world.lake, contract.table
    paths = frozenset(path for some in crowd for path in some.paths)
    rows = sum(some.rows for some in crowd)
    outlet = Outlet(branch, frozenset({"unchanged"}), Files(paths))
    inputs: dict[TableName, Snapshot | Landed] = {table: replace(branch.base, columns=branch.columns, only=paths)}
    written = world.engine.write(Change(_rows(contract, branch), (outlet,)), inputs, tell)
    audited = written.heads[table]
    before, after = lake.rows(branch.base), lake.rows(audited)
    if written.accounts.unchanged != rows or before != after:
        raise AssertionError(f"{table}: {before:,} rows would be {after:,} after joining files; nothing was published")
    lake.publish(branch, audited, unsaid(world, table))
    return len(lake.plan(replace(audited, since=branch.base.id)).files)


def unsaid(world: World, table: TableName) -> Publication:
    """Nothing new is said of the table, as readers see the rows that the last run made."""
    said = world.lake.properties(table)
    inputs = json.loads(said.get("lakemesh.inputs", "{}"))
    return Publication(
        run=said.get("lakemesh.run", ""),
        ledger=None,
        inputs={TableName.parse(name): number for name, number in inputs.items()},
        sql_hash=said.get("lakemesh.sql", ""),
        contract_hash=said.get("lakemesh.contract", ""),
        verdict=said.get("lakemesh.verdict", ""),
        at=datetime.fromisoformat(said["lakemesh.published_at"]) if "lakemesh.published_at" in said else world.clock(),
    )


def _rows(contract: Contract, branch: Branch) -> Select:
    columns = ", ".join(quote.name(name) for name in branch.columns)
    order = ", ".join(f"{quote.name(field.column)}{' desc' * field.descending}" for field in contract.sort)
    text = f"select {columns}, 'unchanged' as _fate from {quote.table(contract.table)}"
    return Select(text + (f" order by {order}" if order else ""), (contract.table,), "compaction")


def _bounded(crowd: list[Crowd]) -> Iterator[list[Crowd]]:
    """Partitions together, as long as they are not too much for one commit; a partition is never parted."""
    taken: list[Crowd] = []
    for some in crowd:
        if taken and sum(one.bytes for one in [*taken, some]) > BOUND:
            yield taken
            taken = []
        taken.append(some)
    if taken:
        yield taken
