"""What has arrived and is not in the table yet, whichever way it arrives."""

from lakemesh.lake.landing import dms, files, seed, stream
from lakemesh.lake.landing.batch import Batch
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.store import Store
from lakemesh.mesh.contract import Contract


def waiting(
    contract: Contract, store: Store, ledger: Ledger, *, replace_file: bool = False, limit_bytes: int
) -> Batch | None:
    """The files of the next publish; None: nothing new. `store` is the landing zone, for a seed the repository."""
    assert contract.arrival is not None, contract.table
    match contract.arrival.by:
        case "files":
            return files.waiting(contract, store, ledger, replace_file=replace_file, limit_bytes=limit_bytes)
        case "seed":
            return seed.waiting(contract, store, ledger, replace_file=replace_file, limit_bytes=limit_bytes)
        case "stream":
            return stream.waiting(contract, store, ledger, replace_file=replace_file, limit_bytes=limit_bytes)
        case "dms":
            return dms.waiting(contract, store, ledger, limit_bytes=limit_bytes)
