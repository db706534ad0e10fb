"""Files of a folder: which of them one publish takes, by the kind of write."""

from collections.abc import Sequence

from lakemesh.errors import Stopped
from lakemesh.lake.landing.batch import Batch
from lakemesh.lake.landing.delivery import Delivery, deliveries
from lakemesh.lake.landing.known import Known, known, refuse
from lakemesh.lake.landing.part import part
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.store import File, Store
from lakemesh.mesh.contract import Append, Contract, DailyCopy, History, Merge, Replace


def waiting(
    contract: Contract, store: Store, ledger: Ledger, *, replace_file: bool = False, limit_bytes: int
) -> Batch | None:
    """What the pattern matches and the table does not hold. None: nothing new."""
    assert contract.arrival is not None, contract.table
    return choose(
        contract, deliveries(contract.arrival, store), ledger, replace_file=replace_file, limit_bytes=limit_bytes
    )


def choose(
    contract: Contract, found: Sequence[Delivery], ledger: Ledger, *, replace_file: bool = False, limit_bytes: int
) -> Batch | None:
    """What of these deliveries the next publish takes."""
    files = known((file for delivery in found for file in delivery), ledger)
    match contract.write:
        case Replace() | DailyCopy():
            return _all(contract, found, files, ledger)
        case Merge() | History():
            return _some(found, (*files.new, *files.changed), limit_bytes)
        case Append():
            if not replace_file:
                refuse(contract, files.changed, _REPLACE_FILE.format(contract.product))
            return _some(found, (*files.new, *files.changed), limit_bytes, files.changed)
        case _:
            refuse(contract, files.changed, _REBUILD.format(contract.table))
            return _some(found, files.new, limit_bytes)


_REPLACE_FILE = (
    "land it under a new name; or take its earlier rows out and take it in again, in one publish: "
    "the same run with --replace-file (make run PRODUCT={} REPLACE_FILE=1)"
)
_REBUILD = "changes are taken in once and in order; to begin again from what lies there: make rebuild TABLE={}"


def _some(
    found: Sequence[Delivery], wanted: Sequence[File], limit_bytes: int, again: Sequence[File] = ()
) -> Batch | None:
    paths = {file.path for file in wanted}
    open_ = [tuple(file for file in delivery if file.path in paths) for delivery in found]
    files, more = part([delivery for delivery in open_ if delivery], limit_bytes)
    if not files:
        return None
    replaces = tuple(file.path for file in again if file in files)
    return Batch(files, replaces=replaces, more=more)


def _all(contract: Contract, found: Sequence[Delivery], files: Known, ledger: Ledger) -> Batch | None:
    assert contract.arrival is not None, contract.table
    held = {file.path for file in files.held}
    now = tuple(file for delivery in found for file in delivery if file.path not in held)
    if not now and held:
        return None
    if not now:
        raise Stopped(
            f"{contract.table} is replaced by what lies at {contract.arrival.place}, and no file is there",
            "land a file (a header without rows empties the table), or correct `from:` in " + contract.path,
        )
    if {file.path: file.version for file in now} == {path: entry.version for path, entry in ledger.files.items()}:
        return None
    return Batch(now, replaces=tuple(ledger.files))
