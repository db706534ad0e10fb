"""What was set aside is taken again, after a fix of the contract; what still does not fit stays where it is."""

from dataclasses import replace

from lakemesh.catalog.entry import register
from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.events import RunBegan, RunEnded, TableEnded, TableState, Tell
from lakemesh.lake import runs
from lakemesh.lake.runs import Run, TableRun
from lakemesh.mesh.contract import Contract
from lakemesh.steps.again import again
from lakemesh.steps.mend import mend
from lakemesh.steps.run import record_of, written
from lakemesh.steps.table import make
from lakemesh.steps.world import World


def replay(world: World, table: TableName, tell: Tell) -> Run:
    """One table's quarantine, judged by today's contract. The table is published before what it took leaves there."""
    contract = world.mesh.contracts.get(table)
    if contract is None:
        raise Mistakes.of(f"there is no table {table}", "make status lists the tables")
    began = world.clock()
    product = contract.product
    record = record_of(world, product, began)
    with world.lake.store.hold(f"{product.domain}.{product.product}", f"replay {record.id} ({world.workplace})", tell):
        mend(world, product)
        runs.begin(world.lake.store, record)
        tell(RunBegan(record.id, str(product), (str(table),)))
        try:
            turn = _turn(world, contract, record.id, tell)
        except BaseException as error:
            written(world, replace(record, state="failed", ended=world.clock(), error=str(error)), tell)
            raise
        record = replace(
            record, state="stopped" if turn.state == "stopped" else "done", ended=world.clock(), tables=(turn,)
        )
        written(world, record, tell)
    tell(TableEnded(str(turn.table), turn.state, turn.accounts.as_json(), turn.seconds, turn.note))
    tell(RunEnded(record.id, str(product), record.state, (world.clock() - began).total_seconds()))
    return record


def _turn(world: World, contract: Contract, run: str, tell: Tell) -> TableRun:
    world = world.suited(contract)
    began = world.clock()
    result = make(world, contract, run, lambda first: again(world, contract, run, began) if first else None, tell)
    verdict = result.verdict
    state: TableState = "nothing new" if verdict is None else "published" if verdict.passed else "stopped"
    if state == "published":
        register(world.lake, contract)
    return TableRun(
        table=contract.table,
        state=state,
        snapshot=result.snapshot,
        accounts=result.accounts,
        verdict=verdict.as_json() if verdict else None,
        seconds=(world.clock() - began).total_seconds(),
        note="\n".join(str(finding) for finding in verdict.broken if finding.stops)
        if verdict
        else _why(world, contract),
    )


def _why(world: World, contract: Contract) -> str:
    aside = world.lake.head(contract.table.quarantine)
    there = aside is not None and world.lake.rows(aside)
    return f"its {there:,} rows in quarantine were judged by this contract already" if there else ""
