"""What DMS leaves in a bucket, one folder a table:

    <domain>/<source>/<schema>/<table>/LOAD00000001.csv           the full load: rows as they were, no operation
    <domain>/<source>/<schema>/<table>/20240131-101500123.csv     changes: first column Op, named by their time
    <domain>/<source>/<schema>/<table>/2024/01/31/20240131-101500123.csv     the same, with date folders

(also .parquet, also .gz). A full load counts before all changes; changes count by the time in their names, whatever
folder they lie in. A full load that is new or has changed reloads the table: from all full-load files and the changes
after them."""

import re
from posixpath import basename

from lakemesh.errors import Stopped
from lakemesh.lake.landing.batch import Batch
from lakemesh.lake.landing.delivery import data
from lakemesh.lake.landing.known import known, refuse
from lakemesh.lake.landing.part import part
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.store import File, Store
from lakemesh.mesh.contract import Contract, History

# DMS counts its full-load files in hexadecimal.
_FULL = re.compile(r"LOAD([0-9A-F]{8,})\.(csv|parquet)(\.gz)?", re.IGNORECASE)
_CHANGES = re.compile(r"(\d{8}-\d{9})\.(csv|parquet)(\.gz)?", re.IGNORECASE)


def waiting(contract: Contract, store: Store, ledger: Ledger, *, limit_bytes: int) -> Batch | None:
    """The changes that the table does not hold, or a reload. None: nothing new."""
    assert contract.arrival is not None, contract.table
    full, changes = _listed(store, contract.arrival.place)
    held = known((*full, *changes), ledger).held
    full = tuple(file for file in full if file not in held)
    changes = tuple(file for file in changes if file not in held)
    loads = known(full, ledger)
    if loads.new or loads.changed:
        return _reload(full, changes, ledger)
    logs = known(changes, ledger)
    if isinstance(contract.write, History):
        # Versions find their places by their own time, so what comes again does no harm.
        files, more = part([(file,) for file in (*logs.changed, *logs.new)], limit_bytes)
        return Batch(files, more=more) if files else None
    refuse(
        contract,
        logs.changed,
        f"a log of changes is never rewritten; to begin again: make rebuild TABLE={contract.table}",
    )
    files, more = part([(file,) for file in logs.new], limit_bytes)
    return Batch(files, more=more) if files else None


def _reload(full: tuple[File, ...], changes: tuple[File, ...], ledger: Ledger) -> Batch:
    """One publish, however large: a full load without the changes after it would take readers back in time."""
    past = tuple(file for file in changes if _overtaken(file, ledger))
    if any(_FULL.fullmatch(basename(path)) for path in ledger.files):
        # Names of changes and times of full loads are from two clocks; when each landed is from one.
        since = min(file.modified for file in full)
        past = tuple(file for file in changes if file.modified < since or file in past)
    after = tuple(file for file in changes if file not in past)
    return Batch((*full, *after), replaces=tuple(ledger.files), full=frozenset(file.path for file in full), past=past)


def _overtaken(file: File, ledger: Ledger) -> bool:
    """Whether an earlier full load had overtaken it: it is noted, and no row of it was read."""
    entry = ledger.files.get(file.path)
    return entry is not None and entry.version == file.version and entry.accounts.read == 0


def _listed(store: Store, folder: str) -> tuple[tuple[File, ...], tuple[File, ...]]:
    full: list[tuple[int, File]] = []
    changes: list[tuple[str, File]] = []
    for file in data(store.list(f"{folder}/**/*")):
        name = basename(file.path)
        if found := _FULL.fullmatch(name):
            full.append((int(found[1], 16), file))
        elif found := _CHANGES.fullmatch(name):
            changes.append((found[1], file))
        else:
            raise Stopped(
                f"{file.path} is not named as DMS names its files",
                "take it away, or name it LOAD00000001.csv (a full load) or 20240131-101500123.csv (changes)",
            )
    return tuple(file for _, file in sorted(full)), tuple(file for _, file in sorted(changes))
