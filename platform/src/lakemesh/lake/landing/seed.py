"""Small reference data that is kept in git, in a product's folder `seed/`."""

from lakemesh.errors import Mistake, Mistakes
from lakemesh.lake.landing.batch import Batch
from lakemesh.lake.landing.files import choose
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.store import Store
from lakemesh.mesh.contract import Contract


def waiting(
    contract: Contract, repository: Store, ledger: Ledger, *, replace_file: bool = False, limit_bytes: int
) -> Batch | None:
    """The file, where its content is not what the table holds. None: nothing new."""
    assert contract.arrival is not None, contract.table
    files = tuple(repository.list(contract.arrival.place))
    if not files:
        what = f"the seed {contract.arrival.place} is not there"
        raise Mistakes(Mistake(contract.path, 0, 0, what, "add the file, or correct `from: {seed: …}`"))
    return choose(contract, [(file,) for file in files], ledger, replace_file=replace_file, limit_bytes=limit_bytes)
