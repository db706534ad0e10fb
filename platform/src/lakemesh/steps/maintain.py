"""Tables kept in good order: small files joined first, then what is old goes, as storage grows before it shrinks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lakemesh.declare.names import ProductName, TableName
from lakemesh.errors import Mistakes
from lakemesh.events import Noted, Tell
from lakemesh.lake import runs
from lakemesh.lake.maintenance import lake_wide
from lakemesh.lake.maintenance.retention import Retention
from lakemesh.lake.maintenance.small import crowds
from lakemesh.lake.maintenance.tidy import needed, overdue, tidy, waste
from lakemesh.mesh.contract import Contract
from lakemesh.quality.quarantine import quarantine
from lakemesh.steps.compact import Joined, compact, settled
from lakemesh.steps.mend import mend
from lakemesh.steps.run import record_of
from lakemesh.steps.tombstones import tombstones
from lakemesh.steps.world import World


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done to one table, or, dry, would be: files joined, snapshots and files that went, and their bytes."""

    table: str
    joined: Joined
    snapshots: int
    files: int
    bytes: int


def maintain(world: World, tables: Collection[TableName] | None, dry: bool, tell: Tell) -> tuple[Kept, ...]:
    """These tables and what lies beside them, or the whole lake. Dry: nothing is touched."""
    lake = world.lake
    found = [table for table in lake.tables() if tables is None or _of(table) in tables]
    pinned = needed(lake)
    done: list[Kept] = []
    for product, some in _by_product(world, found).items():
        if dry:
            done += [_dry(world, table, pinned) for table in some]
            continue
        with lake.store.hold(f"{product.domain}.{product.product}", f"maintenance ({world.workplace})", tell):
            done += _one(world, product, some, pinned, tell)
    if tables is None:
        done += _rest(world, dry)
    return tuple(done)


def after(world: World, products: Iterable[ProductName], tell: Tell) -> None:
    """What a run's own tables need by now. The run is over and told: nothing here makes it fail."""
    pinned: Mapping[TableName, Collection[int]] | None = None
    for product in products:
        try:
            tables = [table for contract in world.mesh.of(product) for table, _ in _beside(world, contract)]
            if pinned is None:
                pinned = needed(world.lake)
            if any(_due(world, table, pinned) for table in tables):
                with world.lake.store.hold(
                    f"{product.domain}.{product.product}", f"maintenance ({world.workplace})", tell
                ):
                    _one(world, product, tables, pinned, tell)
        except (Mistakes, OSError) as error:
            tell(Noted(f"{product} was not tidied: {error}", "make maintain"))


def _one(
    world: World,
    product: ProductName,
    tables: Sequence[TableName],
    pinned: Mapping[TableName, Collection[int]],
    tell: Tell,
) -> list[Kept]:
    lake = world.lake
    mend(world, product)
    # Marked as a run is: if this dies, the next run takes its branches away.
    record = record_of(world, product, world.clock())
    joined: dict[TableName, Joined] = {}
    contracts = {table: contract for made in world.mesh.of(product) for table, contract in _beside(world, made)}
    for table in tables:
        # A branch that is still there holds what an audit refused, for somebody to look at; a publish would end it.
        if table in contracts and _ready(world, table) and not lake.branches(table) and crowds(lake, table):
            runs.mark(lake.store, product, record.id)
            joined[table] = compact(world, contracts[table], record.id, tell)
    runs.forget(lake.store, product, record.id)
    done = []
    for table in tables:
        age = Retention.of(lake.properties(table)).age
        lake.sweep(table, (), world.clock() - age)
        found = waste(lake, table, world.clock(), pinned.get(table, ()))
        tidy(lake, found)
        done.append(Kept(str(table), joined.get(table, Joined()), len(found.snapshots), len(found.files), found.bytes))
    lake_wide.fold(lake.store, product, lake_wide.old_records(lake.store, product, world.clock()))
    return done


def _dry(world: World, table: TableName, pinned: Mapping[TableName, Collection[int]]) -> Kept:
    found = waste(world.lake, table, world.clock(), pinned.get(table, ()))
    crowded = crowds(world.lake, table) if _ready(world, table) else []
    joined = Joined(sum(len(crowd.paths) for crowd in crowded), len(crowded))
    return Kept(str(table), joined, len(found.snapshots), len(found.files), found.bytes)


def _rest(world: World, dry: bool) -> list[Kept]:
    folders = lake_wide.scratch(Path(world.lake.place.root), world.clock())
    if not dry:
        lake_wide.clear(folders)
    return [Kept("_scratch", Joined(), 0, len(folders), sum(folders.values()))] if folders else []


def _due(world: World, table: TableName, pinned: Mapping[TableName, Collection[int]]) -> bool:
    return overdue(world.lake, table, world.clock(), pinned.get(table, ())) or (
        _ready(world, table) and bool(crowds(world.lake, table))
    )


def _ready(world: World, table: TableName) -> bool:
    contract = world.mesh.contracts.get(_of(table))
    return contract is not None and settled(world, contract)


def _beside(world: World, contract: Contract) -> list[tuple[TableName, Contract]]:
    """The table, its quarantine and its deletes, as far as they are there."""
    aside = quarantine(contract)
    wanted = [(contract.table, contract), (aside.table, aside)]
    there = set(world.lake.tables())
    if contract.table.deletes in there:
        wanted.append((contract.table.deletes, tombstones(contract)))
    return [(table, made) for table, made in wanted if table in there]


def _by_product(world: World, tables: Iterable[TableName]) -> dict[ProductName, list[TableName]]:
    grouped: dict[ProductName, list[TableName]] = {}
    for table in tables:
        owner = world.lake.properties(table).get("lakemesh.product")
        if owner:
            grouped.setdefault(ProductName.parse(owner), []).append(table)
    return grouped


def _of(table: TableName) -> TableName:
    """The table that this one lies beside, or itself."""
    for end in ("__quarantine", "__deletes"):
        if table.table.endswith(end):
            return TableName(table.domain, table.table.removesuffix(end))
    return table
