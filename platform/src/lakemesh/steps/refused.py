"""What cannot be made again: its inputs no longer say what it holds."""

from lakemesh.errors import Mistakes
from lakemesh.mesh.contract import Contract, DailyCopy, History
from lakemesh.steps.world import Ask


def refuse_rebuild(contract: Contract, ask: Ask) -> None:
    """Raises Mistakes where a table is asked for again that remembers what its inputs have forgotten."""
    if not ask.rebuild:
        return
    match contract.write:
        case History():
            what = "holds versions that what it is made from no longer has"
        case DailyCopy():
            what = "holds copies of days that are over"
        case _:
            return
    raise Mistakes.of(
        f"{contract.table} {what}, so it cannot be made again",
        f"put it back to an earlier state: make history TABLE={contract.table}, then make rollback TABLE=… TO=…",
    )


def refuse_replay(contract: Contract) -> None:
    """Raises Mistakes where rows that were set aside have no table to go to."""
    if isinstance(contract.write, DailyCopy):
        raise Mistakes.of(
            f"{contract.table} is a copy a day: rows of a copy that is made are not put into it afterwards",
            f"mend the contract, and today's copy is made again: make run PRODUCT={contract.product}",
        )
