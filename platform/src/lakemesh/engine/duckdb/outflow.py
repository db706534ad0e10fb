"""One outlet: its rows on their way into data files, and what they take out of the table."""

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self, TypeAlias

import pyarrow as pa
from pyiceberg.manifest import DataFile

from lakemesh.engine.change import Keys, Outlet
from lakemesh.engine.duckdb.fates import Sorted
from lakemesh.engine.duckdb.literal import text
from lakemesh.engine.duckdb.rewrite import Gone, gone
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.spool import Spool
from lakemesh.engine.duckdb.standing import PLACE
from lakemesh.lake.lake import Lake
from lakemesh.lake.snapshot import Snapshot
from lakemesh.lake.writer import Writer

Look: TypeAlias = Callable[[Spool], Iterable[pa.RecordBatch]]
"""Gives rows of a quarantine the line of the file they are from."""


class Outflow:
    """Takes what belongs to its outlet. Nothing is committed before `commit`; leaving without it removes the files."""

    def __init__(self, session: Session, lake: Lake, outlet: Outlet, memory: int, number: int) -> None:
        self.outlet = outlet
        self._session = session
        self._lake = lake
        self._memory = memory
        self._writer: Writer | None = None
        self._waiting = Spool(session.folder / f"lines-{number}.parquet")
        self._keys = Spool(session.folder / f"keys-{number}.parquet")
        self._gone = Gone()
        self._files: tuple[DataFile, ...] = ()

    def take(self, rows: Sorted) -> None:
        """The rows whose fate this outlet takes, and the keys of those that displace others."""
        mine = rows.rows(self.outlet.takes, self.outlet.branch.columns)
        if mine is not None and self.outlet.lines:
            self._waiting.add(mine.append_column(PLACE, rows.places(self.outlet.takes)))
        elif mine is not None:
            self._write(mine)
        remove = self.outlet.remove
        if isinstance(remove, Keys):
            keys = rows.rows(remove.fates, remove.columns)
            if keys is not None:
                self._keys.add(keys)

    def close(self, look: Look) -> None:
        """Ends the files: with the rows that waited for their lines, and those that stay of files that go."""
        self._waiting.close()
        for batch in look(self._waiting):
            self._write(batch)
        self._gone = gone(self._session, self._lake, self.outlet.branch, self.outlet.remove, self._met())
        if self._gone.stay:
            for batch in self._session.stream(self._gone.stay):
                self._write(batch)
        if self._writer is not None:
            self._files = self._writer.close()

    def commit(self) -> Snapshot:
        """The new head of the branch; its base, without a commit, where nothing comes and nothing goes."""
        if not self._files and not self._gone.files:
            return self.outlet.branch.base
        return self._lake.commit(self.outlet.branch, self._files, self._gone.files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._writer.abort()

    def _write(self, batch: pa.RecordBatch) -> None:
        if self._writer is None:
            self._writer = self._lake.writer(self.outlet.branch, self._memory, self._session.folder)
        self._writer.add(batch)

    def _met(self) -> str | None:
        self._keys.close()
        if not self._keys.rows:
            return None
        return f"(SELECT * FROM read_parquet({text(str(self._keys.path))}, hive_partitioning=false))"
