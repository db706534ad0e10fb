"""The version of a local file is the hash of its content. Unchanged files are not read again."""

import json
import os
from contextlib import suppress
from hashlib import blake2b
from itertools import count
from pathlib import Path

CHUNK = 1 << 20
# A file may change twice within one tick of its file system's clock; some tick every two seconds.
TICK = 2_000_000_000
NUMBERS = count()


class Versions:
    """What was hashed below one prefix, kept in a file of `folder` (None: not kept); losing it costs time only."""

    def __init__(self, folder: Path | None, prefix: str) -> None:
        name = f"{blake2b(prefix.encode(errors='surrogateescape'), digest_size=8).hexdigest()}.json"
        self._path = folder / name if folder else None
        self._known = self._read()
        self._new: dict[str, list[str | int]] = {}
        self._now: int | None = None

    def of(self, path: str, location: str, stat: os.stat_result) -> str | None:
        """The version of a file; None where it is gone by now."""
        # Nobody can set the time of a file's last change of state, as one can that of its content.
        seen: list[str | int] = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
        known = self._known.get(path)
        if known and known[1:] == seen:
            return str(known[0])
        now = self._clock()
        try:
            version = content(location)
        except FileNotFoundError:
            return None
        if now and now - max(stat.st_mtime_ns, stat.st_ctime_ns) > TICK:
            self._new[path] = [version, *seen]
        return version

    def keep(self) -> None:
        """Write down what was hashed. A folder that cannot be written to is no reason to stop."""
        if not self._new or self._path is None:
            return
        unfinished = self._path.with_suffix(f".{os.getpid()}-{next(NUMBERS)}.tmp")
        with suppress(OSError):
            unfinished.write_text(json.dumps({**self._known, **self._new}))
            os.replace(unfinished, self._path)

    def _clock(self) -> int:
        """The file system's own time, which is the one that its files are dated by; 0 where it is read-only."""
        if self._path is None:
            return 0
        if self._now is None:
            self._now = 0
            probe = self._path.with_suffix(f".{os.getpid()}-{next(NUMBERS)}.now")
            with suppress(OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                probe.touch()
                self._now = probe.stat().st_mtime_ns
                probe.unlink()
        return self._now

    def _read(self) -> dict[str, list[str | int]]:
        if self._path is None:
            return {}
        try:
            known = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def content(location: str) -> str:
    """The hash of a file's content."""
    digest = blake2b(digest_size=20)
    with open(location, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
