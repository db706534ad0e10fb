"""A product's sample files, landed in a scratch lake as its sources would leave them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from lakemesh.cli.open import Here
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.contract import Arrival, Contract
from lakemesh.mesh.mesh import Mesh
from lakemesh.mesh.places import home

SCRATCH = "_sample"


def scratch(here: Here) -> Here:
    """The same repository over an empty lake of its own."""
    below = here.below(SCRATCH)
    shutil.rmtree(below.lake_root, ignore_errors=True)
    return below


def land(here: Here, mesh: Mesh) -> None:
    """The sample of every table that something arrives for. Raises Mistakes that name each one missing."""
    missing = []
    for name in mesh.order:
        contract = mesh.contracts[name]
        if contract.arrival is None or contract.arrival.by == "seed":
            continue
        files = list(_files(here.root / home(contract.product) / "sample", contract))
        if not files:
            missing.append(_missing(contract))
        for file, to in files:
            target = here.landing / to
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    if missing:
        raise Mistakes(*missing)


def _files(folder: Path, contract: Contract) -> Iterator[tuple[Path, str]]:
    """`<table>.<ending>`, or everything below a folder `<table>/`; each with where it lands."""
    arrival = contract.arrival
    if arrival is None:
        return
    table = contract.table.table
    for file in sorted(folder.glob(f"{table}.*")):
        yield file, _place(arrival, "".join(file.suffixes))
    several = folder / table
    for file in sorted(path for path in several.rglob("*") if path.is_file()):
        yield file, f"{_fixed(arrival.place)}/{file.relative_to(several).as_posix()}"


def _place(arrival: Arrival, ending: str) -> str:
    match arrival.by:
        case "dms":
            return f"{arrival.place}/LOAD00000001{ending}"
        case "stream":
            return f"{arrival.place}/2013/01/01/00/sample{ending}"
    return arrival.place.replace("**/", "").replace("*", "sample").replace("?", "x")


def _fixed(place: str) -> str:
    """The folder of a pattern, up to its first wildcard."""
    parts = place.split("/")
    wild = next((i for i, part in enumerate(parts) if set(part) & set("*?[")), len(parts))
    return "/".join(parts[:wild])


def _missing(contract: Contract) -> Mistake:
    path = f"{home(contract.product)}/sample/{contract.table.table}.{contract.arrival.format.kind if contract.arrival else 'csv'}"
    return Mistake(path, 0, 0, f"{contract.table} has no sample", "put a few invented rows there")
