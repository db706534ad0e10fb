"""What lies under one root: a folder, or a bucket and prefix."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lakemesh.events import Tell


@dataclass(frozen=True, slots=True, order=True)
class File:
    """One file below a root. `version` changes when its content does; `location` is what an engine opens."""

    path: str
    size: int
    modified: datetime
    version: str
    location: str


class Store(Protocol):
    """What lies under one root."""

    def list(self, pattern: str) -> Iterator[File]:
        """Files that match, by path, each with its version. Never outside the root."""

    def read(self, path: str) -> bytes:
        """A small file, whole. Raises FileNotFoundError."""

    def write(self, path: str, data: bytes, *, over: bool = False) -> None:
        """All or nothing, durable on return. Raises FileExistsError unless `over`."""

    def remove(self, path: str) -> None:
        """Gone, or it was not there."""

    def hold(self, name: str, who: str, tell: Tell) -> AbstractContextManager[None]:
        """A lock; waits, naming the holder. A dead holder's is free."""
