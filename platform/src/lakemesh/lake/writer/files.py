"""The files that are open, which threads take turns in, and those that are done."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from pyiceberg.io import FileIO
from pyiceberg.manifest import DataFile

from lakemesh.lake.writer.parquet import TARGET, DataFileWriter, local, sync
from lakemesh.lake.writer.split import Key

# Each open file holds a descriptor, and many systems give a process no more than 1,024; and it holds what it knows of
# each column of each row group.
OPEN = 200
_COLUMNS = 20_000


class Files:
    """Open files by partition. A thread takes one that nobody writes in, or a new one, so no partition waits."""

    def __init__(
        self, io: FileIO, opened: Callable[[str, Key], DataFileWriter], name: Callable[[int], str], columns: int
    ) -> None:
        self.most = max(min(OPEN, _COLUMNS // max(columns, 1)), 8)
        """So many are open at once."""
        self._io = io
        self._opened = opened
        self._name = name
        self._lock = threading.Lock()
        self._idle: OrderedDict[str, DataFileWriter] = OrderedDict()
        self._by_key: dict[Key, list[str]] = {}
        self._made: list[str] = []
        self._done: list[DataFile] = []

    def write(self, key: Key, table: pa.Table) -> None:
        """One row group into a file of that partition."""
        file, surplus = self._take(key)
        if surplus is not None:
            self._end(surplus)
        file.write(table)
        if file.size >= TARGET:
            self._end(file)
        else:
            with self._lock:
                self._idle[file.location] = file
                self._by_key.setdefault(key, []).append(file.location)

    def close(self) -> tuple[DataFile, ...]:
        """Ends all files; the folder that names them is synced too."""
        while self._idle:
            self._end(self._idle.popitem()[1])
        for folder in {str(Path(path).parent) for location in self._made if (path := local(location))}:
            sync(folder)
        return tuple(sorted(self._done, key=lambda file: file.file_path))

    def rest(self) -> list[DataFileWriter]:
        """The files that are still open, handed over to be ended."""
        rest = list(self._idle.values())
        self._idle.clear()
        self._by_key.clear()
        return rest

    def end(self, file: DataFileWriter) -> None:
        """Ends one file that was handed over."""
        self._end(file)

    def remove(self) -> None:
        """As if nothing had been written."""
        for file in self.rest():
            file.drop()
        for location in self._made:
            path = local(location)
            if path is None:
                self._io.delete(location)
            else:
                Path(path).unlink(missing_ok=True)
        self._made.clear()
        self._done.clear()

    def _take(self, key: Key) -> tuple[DataFileWriter, DataFileWriter | None]:
        with self._lock:
            if waiting := self._by_key.get(key):
                return self._idle.pop(waiting.pop()), None
            surplus = None
            if len(self._idle) >= self.most:
                # The one that has waited longest is the least likely to be wanted again.
                _, surplus = self._idle.popitem(last=False)
                self._by_key[surplus.key].remove(surplus.location)
            location = self._name(len(self._made))
            self._made.append(location)
        return self._opened(location, key), surplus

    def _end(self, file: DataFileWriter) -> None:
        done = file.close()
        with self._lock:
            self._done.append(done)
