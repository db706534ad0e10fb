"""A run of one product: lock, record, its tables in order. What stops one stops what reads it only where asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from lakemesh.catalog.entry import register
from lakemesh.declare.names import ProductName, TableName
from lakemesh.errors import Mistakes, Stopped
from lakemesh.events import Noted, RunBegan, RunEnded, TableEnded, TableState, Tell
from lakemesh.lake import runs, trouble
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.runs import Run, State, TableRun
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract
from lakemesh.steps.ingest import arrivals
from lakemesh.steps.mend import mend
from lakemesh.steps.table import Find, Made, make
from lakemesh.steps.transform import made
from lakemesh.steps.unpublished import published, unpublished
from lakemesh.steps.withdrawn import withdraw
from lakemesh.steps.work import Work
from lakemesh.steps.world import Ask, World


def run(world: World, product: ProductName, ask: Ask, tell: Tell) -> Run:
    """Everything of one product. What data stopped, or a person has to mend, is in the record; only a bug raises."""
    lake = world.lake
    began = world.clock()
    record = record_of(world, product, began)
    with lake.store.hold(f"{product.domain}.{product.product}", f"run {record.id} ({world.workplace})", tell):
        contracts = [c for c in world.mesh.of(product) if ask.tables is None or c.table in ask.tables]
        mend(world, product)
        runs.begin(lake.store, record)
        tell(RunBegan(record.id, str(product), tuple(str(c.table) for c in contracts)))
        turns: list[TableRun] = []
        try:
            turns.extend(_turns(world, record.id, contracts, ask, tell))
        except BaseException as error:
            # Whatever it was, the record must not say that it still runs, and must say what was done before; the error
            # itself goes on to whoever asked.
            told = f"{type(error).__name__}: {error}"
            turns.append(_row(world, contracts[len(turns)], world.clock(), "failed", told))
            failed = replace(record, state="failed", ended=world.clock(), error=told, tables=tuple(turns))
            written(world, failed, tell)
            raise
        state = _state({turn.state for turn in turns})
        record = replace(record, state=state, ended=world.clock(), tables=tuple(turns))
        written(world, record, tell)
    seconds = (world.clock() - began).total_seconds()
    tell(RunEnded(record.id, str(product), record.state, seconds))
    return record


def record_of(world: World, product: ProductName, began: datetime) -> Run:
    """The record of a run that begins now, under an id that sorts by time and is nobody else's."""
    name = f"{began:%Y%m%dT%H%M%S}-{token_hex(4)}"
    return Run(name, product, "running", began, None, world.engine.name, world.host, world.pid)


def written(world: World, record: Run, tell: Tell) -> None:
    """The record says how it ended; where the disk takes no more, the next run sets it right."""
    try:
        runs.end(world.lake.store, record)
    except Mistakes as mistakes:
        tell(Noted(f"the record of run {record.id} could not be written: {mistakes}"))


def run_all(world: World, products: Iterable[ProductName], ask: Ask, tell: Tell) -> tuple[Run, ...]:
    """Several products, each after those whose tables it reads."""
    wanted = set(products)
    ordered: list[ProductName] = []
    for table in world.mesh.order:
        product = world.mesh.contracts[table].product
        if product in wanted and product not in ordered:
            ordered.append(product)
    return tuple(run(world, product, ask, tell) for product in _readers_last(world, ordered))


def _readers_last(world: World, products: Sequence[ProductName]) -> list[ProductName]:
    """Products so that each comes after all that it reads; two that read each other keep the order of their tables."""
    contracts = world.mesh.contracts
    left, done = list(products), []
    while left:
        ready = [
            product
            for product in left
            if not any(
                contracts[name].product in left and contracts[name].product != product
                for contract in world.mesh.of(product)
                for name in contract.reads
                if name in contracts
            )
        ]
        chosen = ready[0] if ready else left[0]
        left.remove(chosen)
        done.append(chosen)
    return done


def _turns(world: World, run: str, contracts: Sequence[Contract], ask: Ask, tell: Tell) -> Iterator[TableRun]:
    own = {contract.table for contract in contracts}
    others = {name for contract in contracts for name in contract.reads} - own
    # Tables of other products are read as they were when the run began, however often they are published meanwhile.
    pinned = {name: world.lake.head(name) for name in others}
    broken: set[TableName] = set()
    for contract in contracts:
        if ask.held and contract.arrival is not None and world.lake.head(contract.table) is not None:
            world.lake.release(contract.table)
        outcome = _table(world, run, contract, ask, pinned, broken, tell)
        if outcome.state in ("stopped", "failed", "skipped"):
            broken.add(contract.table)
        yield outcome


def _state(tables: Collection[str]) -> State:
    """What a person has to mend comes before what data stopped."""
    if "failed" in tables:
        return "failed"
    if "stopped" in tables:
        return "stopped"
    return "failed" if "skipped" in tables else "done"


def _table(
    world: World,
    run: str,
    contract: Contract,
    ask: Ask,
    pinned: Mapping[TableName, Snapshot | None],
    broken: set[TableName],
    tell: Tell,
) -> TableRun:
    began = world.clock()
    now = ask.now or began
    try:
        world = world.suited(contract)
        find = _finder(world, contract, ask, run, now, pinned, broken, tell)
        outcome = _ended(world, contract, began, make(world, contract, run, find, tell))
    except _Skipped as why:
        outcome = _row(world, contract, began, "skipped", str(why))
    except Stopped as error:
        outcome = _row(world, contract, began, "stopped", str(error))
    except Mistakes as error:
        outcome = _row(world, contract, began, "failed", str(error))
    except OSError as error:
        mistakes = trouble.of(error, world.lake.place.root)
        if mistakes is None:
            raise
        outcome = _row(world, contract, began, "failed", str(mistakes))
    tell(TableEnded(str(outcome.table), outcome.state, outcome.accounts.as_json(), outcome.seconds, outcome.note))
    if contract.max_minutes and outcome.seconds > 60 * contract.max_minutes:
        promise = f"more than the {contract.max_minutes} it promises (max_minutes)"
        tell(Noted(f"{contract.table} took {outcome.seconds / 60:.0f} minutes, {promise}"))
    return outcome


def _finder(
    world: World,
    contract: Contract,
    ask: Ask,
    run: str,
    now: datetime,
    pinned: Mapping[TableName, Snapshot | None],
    broken: set[TableName],
    tell: Tell,
) -> Find:
    if contract.arrival is not None:
        withdraw(world, contract, run, tell)

        def landing(first: bool) -> Work | None:
            return arrivals(world, contract, ask, run, now, first, tell)

        return landing
    if ask.strict and (bad := [name for name in contract.reads if name in broken]):
        raise _Skipped(f"{', '.join(map(str, bad))} was not published in this run, and --strict was asked")
    for name in contract.reads:
        if name in broken:
            tell(Noted(f"{contract.table} reads {name} as it was last published: this run did not publish it"))
    pins = _pins(world, contract, pinned)

    def selecting(first: bool) -> Work | None:
        return made(world, contract, ask, run, now, pins, tell) if first else None

    return selecting


def _pins(world: World, contract: Contract, pinned: Mapping[TableName, Snapshot | None]) -> dict[TableName, Snapshot]:
    pins: dict[TableName, Snapshot] = {}
    for name in contract.reads:
        head = pinned[name] if name in pinned else world.lake.head(name)
        if head is None or not published(world, name):
            raise _Skipped("; ".join(unpublished(world, name)))
        seen = world.mesh.visible(name, contract.product)
        pins[name] = replace(head, columns={column: kind for column, kind in head.columns.items() if column in seen})
    return pins


class _Skipped(Exception):
    """A table that cannot be made yet, through no fault of its own."""


def _ended(world: World, contract: Contract, began: datetime, result: Made) -> TableRun:
    verdict = result.verdict
    if verdict is None:
        return _row(world, contract, began, "nothing new", "", result)
    if verdict.passed:
        register(world.lake, contract)
        return _row(
            world,
            contract,
            began,
            "published",
            "; ".join(str(f) for f in verdict.broken if f.otherwise == "warn"),
            result,
        )
    told = "\n".join(str(finding) for finding in verdict.broken)
    return _row(world, contract, began, "stopped", told, result)


def _row(
    world: World, contract: Contract, began: datetime, state: TableState, note: str, result: Made | None = None
) -> TableRun:
    return TableRun(
        table=contract.table,
        state=state,
        snapshot=result.snapshot if result else None,
        accounts=result.accounts if result else Accounts(),
        verdict=result.verdict.as_json() if result and result.verdict else None,
        seconds=(world.clock() - began).total_seconds(),
        note=note,
    )
