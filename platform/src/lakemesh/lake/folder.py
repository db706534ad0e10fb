"""A Store that is a folder: versions by content, writes whole and durable, locks that die with their holder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from lakemesh.errors import Mistakes
from lakemesh.events import Tell, Waiting
from lakemesh.lake import trouble
from lakemesh.lake.listing import matches
from lakemesh.lake.store import File
from lakemesh.lake.versions import Versions

POLL = 0.1
NUMBERS = count()


class Folder:
    """What lies below one folder of this machine. Nothing outside it is ever listed, read or written.
    `versions`: a folder that remembers the hashes of many files; without it, each listing reads them all."""

    def __init__(self, root: Path | str, versions: Path | None = None) -> None:
        self.root = Path(root).resolve()
        self._versions = versions

    def list(self, pattern: str) -> Iterator[File]:
        """Files that match, by path, each with its version. `*` stays within a folder, `**` does not. Hidden names (a
        dot or an underscore first) and unfinished ones (.tmp, .part) only match a pattern that spells them."""
        self._inside(pattern)
        fixed = pattern.split("*", 1)[0].rpartition("/")[0]
        versions = Versions(self._versions, fixed)
        try:
            for path, location, stat in sorted(matches(self.root, pattern)):
                version = versions.of(path, location, stat)
                if version is not None:
                    modified = datetime.fromtimestamp(stat.st_mtime, UTC)
                    yield File(path, stat.st_size, modified, version, location)
        finally:
            versions.keep()

    def read(self, path: str) -> bytes:
        """A small file, whole. Raises FileNotFoundError."""
        return self._inside(path).read_bytes()

    def write(self, path: str, data: bytes, *, over: bool = False) -> None:
        """All or nothing, durable on return. Raises FileExistsError unless `over`."""
        target = self._inside(path)
        with trouble.told(str(target)):
            self._write(target, data, over)

    def _write(self, target: Path, data: bytes, over: bool) -> None:
        self._make(target.parent)
        unfinished = target.parent / f".{target.name}.{os.getpid()}-{next(NUMBERS)}.tmp"
        try:
            with open(unfinished, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if over:
                os.replace(unfinished, target)
            else:
                # A link fails where the name is taken; a rename would take it away from its owner.
                os.link(unfinished, target)
        finally:
            # On a disk that can only be read, it is not there; any other reason has been said by then.
            with suppress(OSError):
                os.unlink(unfinished)
        _sync(target.parent)

    def remove(self, path: str) -> None:
        """Gone, or it was not there."""
        target = self._inside(path)
        with suppress(FileNotFoundError):
            target.unlink()
            _sync(target.parent)

    @contextmanager
    def hold(self, name: str, who: str, tell: Tell) -> Iterator[None]:
        """A lock; waits, naming the holder. A dead holder's is free: the system lets go of it."""
        path = self._inside(f"_locks/{name}.lock")
        with trouble.told(str(path)):
            self._make(path.parent)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            told = False
            while not _taken(handle):
                if not told:
                    tell(Waiting(name, _holder(handle)))
                    told = True
                time.sleep(POLL)
            _name(handle, who)
            yield
            _name(handle, "")
        finally:
            os.close(handle)

    def _inside(self, path: str) -> Path:
        """The place of `path`, which must lie below the root, wherever links lead."""
        target = self.root / path
        if path.startswith("/") or ".." in path.split("/") or not target.resolve().is_relative_to(self.root):
            raise Mistakes.of(f'"{path}" does not lie in {self.root}', "say a path below that folder, without ..")
        return target

    def _make(self, folder: Path) -> None:
        missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for parent in missing:
            _sync(parent.parent)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _name(handle: int, who: str) -> None:
    # A full disk does not take the name; the lock is held all the same.
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, who.encode(), 0)


def _holder(handle: int) -> str:
    return os.pread(handle, 1000, 0).decode(errors="replace") or "somebody who has just begun"


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
