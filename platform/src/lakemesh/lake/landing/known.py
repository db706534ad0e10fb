"""What the ledger says of the files that lie there now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lakemesh.errors import Mistake, Mistakes
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Contract

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Known:
    """Files by what the ledger says: never seen, seen with other content, in the table as they are, put on hold."""

    new: tuple[File, ...]
    changed: tuple[File, ...]
    taken: tuple[File, ...]
    held: tuple[File, ...]


def known(files: Iterable[File], ledger: Ledger) -> Known:
    """Each file in the one heap it belongs to. A held file that has changed is no longer held: somebody mended it."""
    new: list[File] = []
    changed: list[File] = []
    taken: list[File] = []
    held: list[File] = []
    for file in files:
        entry = ledger.files.get(file.path)
        if ledger.held.get(file.path) == file.version:
            held.append(file)
        elif entry is None:
            new.append(file)
        elif entry.version != file.version:
            changed.append(file)
        else:
            taken.append(file)
    return Known(tuple(new), tuple(changed), tuple(taken), tuple(held))


def refuse(contract: Contract, changed: Sequence[File], remedy: str) -> None:
    """Raises Mistakes if any file has changed since it was taken in."""
    if not changed:
        return
    named = ", ".join(file.path for file in changed[:_NAMED])
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    what = f"{contract.table} has taken in {named}{more}, which changed since"
    raise Mistakes(Mistake(contract.path, 0, 0, what, remedy))
