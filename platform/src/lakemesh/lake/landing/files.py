"""Files of a folder: which of them one publish takes, by the kind of write."""

from collections.abc import Sequence

from lakemesh.errors import Mistake, Mistakes, Stopped
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
            if contract.key and files.changed:
                return _replaced(contract, found, files, ledger)
            return _some(found, (*files.new, *files.changed), limit_bytes, files.changed)
        case _:
            refuse(contract, files.changed, _REBUILD.format(contract.table))
            return _some(found, files.new, limit_bytes)


_NAMED = 5
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


def _replaced(contract: Contract, found: Sequence[Delivery], files: Known, ledger: Ledger) -> Batch:
    """Rows of other files may have been dropped because a changed one had their keys, and only those files still hold
    them: all that had such rows are read again. One publish, however large: between two, rows would be missing."""
    assert contract.arrival is not None, contract.table
    changed = {file.path for file in files.changed}
    dropped = {path for path, entry in ledger.files.items() if entry.accounts.repeated and path not in changed}
    if gone := sorted(dropped - {file.path for file in files.taken}):
        named = ", ".join(gone[:_NAMED]) + (f" and {len(gone) - _NAMED} more" if len(gone) > _NAMED else "")
        what = f"{files.changed[0].path} cannot take the place of its earlier rows: rows of {named}"
        what = f"{what} were dropped as repeats, perhaps of those, and no longer lie at {contract.arrival.place}"
        remedy = "land them again as they were, and ask once more; or land what changed under a new name"
        raise Mistakes(Mistake(contract.path, 0, 0, what, remedy))
    again = changed | dropped
    wanted = again | {file.path for file in files.new}
    every = tuple(file for delivery in found for file in delivery if file.path in wanted)
    return Batch(every, replaces=tuple(file.path for file in every if file.path in again))


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
