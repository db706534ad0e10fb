"""Connections to DuckDB, within the memory of a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from weakref import finalize

import duckdb
import pyarrow as pa

from lakemesh.engine.duckdb.dialect import settle
from lakemesh.engine.duckdb.literal import text
from lakemesh.engine.duckdb.macros import Macros

# As many rows as one of DuckDB's own row groups.
BATCH = 122_880
# A batch of a table of many columns is as many values, not as many rows.
_VALUES = BATCH * 64
_LEAST = 2_048
_MEGABYTE = 1 << 20


# What a process has in memory before it does anything: Python, and the libraries.
_LIBRARIES = 224 * _MEGABYTE
# What DuckDB holds for each of its threads beyond what it counts: a piece of the file, and of each column what each
# expression over it makes of 2,048 rows.
_THREAD = 32 * _MEGABYTE
_COLUMN = 100 << 10


@dataclass(frozen=True, slots=True)
class Shares:
    """Who may have how much of a run's memory; the rest is Python's and Arrow's own."""

    memory: int

    @property
    def duckdb(self) -> int:
        return max(self._left * 52 // 100, 128 * _MEGABYTE)

    @property
    def table(self) -> int:
        """For the writer of a table."""
        return max(self._left * 25 // 100, 32 * _MEGABYTE)

    @property
    def beside(self) -> int:
        """For the writer of a quarantine, and of what else goes beside a table."""
        return max(self._left * 3 // 100, 8 * _MEGABYTE)

    def threads(self, columns: int) -> int:
        """How many of DuckDB's there is memory for, over rows of so many columns."""
        return max(self.duckdb // (_THREAD + columns * _COLUMN), 1)

    @property
    def _left(self) -> int:
        return self.memory - _LIBRARIES


@dataclass(frozen=True, slots=True)
class Session:
    """One connection with views and temporary tables of its own, and a folder for what does not fit into memory."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    shares: Shares
    macros: Macros

    def stream(self, query: str) -> Iterator[pa.RecordBatch]:
        """The rows of a query, as they are found."""
        self.macros.ready(self.connection, query)
        relation = self.connection.sql(query)
        yield from relation.to_arrow_reader(max(min(BATCH, _VALUES // len(relation.columns)), _LEAST))

    def columns(self, query: str) -> list[str]:
        """What a query gives."""
        self.macros.ready(self.connection, query)
        return list(self.connection.sql(query).columns)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a small answer."""
        self.macros.ready(self.connection, query)
        found: list[tuple[object, ...]] = self.connection.execute(query).fetchall()
        return found

    def run(self, statement: str) -> None:
        """A statement that has no answer."""
        self.macros.ready(self.connection, statement)
        self.connection.execute(statement)


class Sessions:
    """Questions share one database in memory, made once; what has files of its own has a database of its own."""

    def __init__(self, memory: int, threads: int | None, scratch: Path | None) -> None:
        self.shares = Shares(memory)
        self._threads = threads
        self._scratch = scratch
        self._lock = Lock()
        self._asked: tuple[duckdb.DuckDBPyConnection, Path, Macros] | None = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """For one question."""
        database, folder, macros = self._shared()
        connection = database.cursor()
        try:
            yield Session(connection, folder, self.shares, macros)
        finally:
            connection.close()

    @contextmanager
    def alone(self, in_order: bool, columns: int = 0) -> Iterator[Session]:
        """For one change, or a question about files that landed. `in_order`: rows keep the order of their files.
        `columns`: how many they have."""
        folder = self._folder()
        try:
            database = self._database(folder, in_order, columns)
            try:
                yield Session(database, folder, self.shares, Macros())
            finally:
                database.close()
        finally:
            rmtree(folder, ignore_errors=True)

    def _shared(self) -> tuple[duckdb.DuckDBPyConnection, Path, Macros]:
        with self._lock:
            if self._asked is None:
                folder = self._folder()
                finalize(self, rmtree, folder, ignore_errors=True)
                self._asked = (self._database(folder, False), folder, Macros())
            return self._asked

    def _folder(self) -> Path:
        if self._scratch:
            self._scratch.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix="lakemesh-", dir=self._scratch))

    def _database(self, folder: Path, in_order: bool, columns: int = 0) -> duckdb.DuckDBPyConnection:
        database = duckdb.connect()
        settle(database)
        database.execute(f"SET memory_limit = '{self.shares.duckdb}B'")
        database.execute(f"SET temp_directory = {text(str(folder / 'spill'))}")
        database.execute(f"SET preserve_insertion_order = {'true' if in_order else 'false'}")
        # As the writer's files have it, so that nothing is copied on the way.
        database.execute("SET arrow_large_buffer_size = true")
        if self._threads:
            database.execute(f"SET threads = {self._threads}")
        # DuckDB knows how many cores are its own.
        fit = self.shares.threads(columns)
        database.execute(f"SET threads = least({fit}, current_setting('threads'))")
        return database
