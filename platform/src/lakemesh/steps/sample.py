"""Samples of products: a few invented rows, landed as their sources would leave them."""

import tempfile
from pathlib import Path
from time import monotonic

from lakemesh.declare.names import ProductName
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistake, Mistakes
from lakemesh.events import Tell
from lakemesh.mesh.contract import Contract
from lakemesh.mesh.places import home
from lakemesh.steps.case import Case, MakeWorld
from lakemesh.steps.given import land
from lakemesh.steps.run import run_all
from lakemesh.steps.world import Ask, World


def sampled(tree: Tree, product: ProductName, make_world: MakeWorld, tell: Tell) -> Case:
    """Whether the product runs on its sample, and on those of what it reads, on an empty lake."""
    began = monotonic()
    error = ""
    with tempfile.TemporaryDirectory(prefix="lakemesh-sample-") as scratch:
        try:
            world = make_world(tree, product, Path(scratch), None)
            land_samples(world)
            runs = run_all(world, {contract.product for contract in world.mesh.contracts.values()}, Ask(), tell)
            wrong = [turn for run in runs for turn in run.tables if turn.state != "published"]
            error = "\n".join(f"{turn.table} {turn.state}: {turn.note}" for turn in wrong)
        except Mistakes as mistakes:
            error = str(mistakes)
    return Case(str(product), "it_runs_on_its_sample", not error, (), error, monotonic() - began)


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
