"""What the disk, the system or a torn file does to a lake, as something that a person can mend."""

import errno
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lakemesh.errors import Mistakes

_STAYS = "what was published stays as it was"
_ROOM = ("there is no room left on the disk", f"free some room and run it again; {_STAYS}")
_LEAVE = ("this user may not read or write it", f"give the user who runs Lakemesh leave to, and run it again; {_STAYS}")
_SAID: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: ("the quota of the disk is used up", _ROOM[1]),
    errno.EFBIG: (
        "a file would be larger than this process may write",
        f"raise the limit (ulimit -f) and run it again; {_STAYS}",
    ),
    errno.EROFS: ("it lies on a disk that can only be read", f"mount it for writing and run it again; {_STAYS}"),
    errno.EACCES: _LEAVE,
    errno.EPERM: _LEAVE,
    errno.EMFILE: ("too many files are open", "raise the limit (ulimit -n) and run it again"),
    errno.EIO: ("the disk fails to read or write it", "look at the disk; then restore the file from a backup"),
    errno.ENOENT: ("the file is not there", "restore it from a backup; make doctor names all that is missing"),
}
_SQLITE: Mapping[str, tuple[str, str]] = {
    "disk is full": _ROOM,
    "disk I/O error": ("the disk takes no more of it", f"free some room, or look at the disk; {_STAYS}"),
    "readonly database": _SAID[errno.EROFS],
    "unable to open": _LEAVE,
    "malformed": ("the catalogue is damaged", ""),
    "not a database": ("the catalogue is damaged", ""),
}
RESTORE = (
    "make doctor REPAIR=1 makes it again from the tables, which lie untouched beside it; or restore catalog.db from a "
    "backup (and remove catalog.db-wal and catalog.db-shm)"
)
_NAMED = re.compile(r"'(/[^']+)'")
_CODE = re.compile(r"\[errno (\d+)\]", re.IGNORECASE)
TORN = (OSError, EOFError, ValueError, KeyError, IndexError, AssertionError, OverflowError, MemoryError, SystemError)
"""What readers of Avro and JSON raise at a file that is torn: whatever its bytes happen to mean."""


def of(error: OSError, place: str) -> Mistakes | None:
    """Where and why the system refused, and what to do; None for what is no trouble of disks and files."""
    text = str(error)
    said = _CODE.search(text)
    code = error.errno or (int(said[1]) if said else 0)
    if code not in _SAID:
        return None
    named = _NAMED.search(text)
    path = error.filename or (named[1] if named else place)
    return Mistakes.of(*_SAID[code], path=path if isinstance(path, str) else place)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Raises Mistakes at that place, or at the file itself where the system names it."""
    try:
        yield
    except OSError as error:
        if mistakes := of(error, place):
            raise mistakes from error
        raise


def of_sqlite(text: str, path: str) -> Mistakes | None:
    """The same of what SQLite says."""
    for word, (what, remedy) in _SQLITE.items():
        if word in text:
            return Mistakes.of(f"{what} ({text})", remedy or RESTORE, path)
    return None


def torn(path: str, error: BaseException) -> Mistakes:
    """Of a file that names others, without which they cannot be found."""
    if isinstance(error, OSError) and (mistakes := of(error, path)):
        return mistakes
    why = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'it ends too early'}"
    remedy = "restore it from a backup, or go back to an earlier snapshot (make history, make rollback); make doctor"
    return Mistakes.of(f"the file is damaged ({why})", f"{remedy} checks the whole lake", path)


def damaged(path: str, why: str) -> Mistakes:
    """Of a data file of a table."""
    remedy = (
        "restore it from a backup, or make the table again from landing (make rebuild); make doctor checks all of them"
    )
    return Mistakes.of(f"a data file of the lake cannot be read: {why}", remedy, path)
