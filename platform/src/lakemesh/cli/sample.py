"""Samples of products, landed in a scratch lake as their sources would leave them."""

import shutil
from pathlib import Path

from lakemesh.cli.open import Here
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.contract import Contract
from lakemesh.mesh.places import home
from lakemesh.steps.given import land
from lakemesh.steps.world import World

SCRATCH = "_sample"


def scratch(here: Here) -> Here:
    """The same repository over an empty lake of its own."""
    below = here.below(SCRATCH)
    shutil.rmtree(below.lake_root, ignore_errors=True)
    return below


def land_samples(world: World) -> None:
    """`sample/<table>.<ending>` of every table for which something arrives. Raises Mistakes: each that is missing."""
    arriving = [c for c in world.mesh.contracts.values() if c.arrival is not None and c.arrival.by != "seed"]
    samples = [(contract, _sample(world.mesh.root, contract)) for contract in arriving]
    if missing := [_missing(contract) for contract, file in samples if file is None]:
        raise Mistakes(*missing)
    for contract, file in samples:
        if file is not None:
            # Where a source sends changes, a sample is all that there is: its full load.
            land(world, contract, file.name.replace(".", ".load.", 1), file.read_bytes())


def _sample(root: Path, contract: Contract) -> Path | None:
    files = sorted((root / home(contract.product) / "sample").glob(f"{contract.table.table}.*"))
    return files[0] if files else None


def _missing(contract: Contract) -> Mistake:
    kind = contract.arrival.format.kind if contract.arrival else "csv"
    path = f"{home(contract.product)}/sample/{contract.table.table}.{kind}"
    return Mistake(path, 0, 0, f"{contract.table} has no sample", "put a few invented rows there")
