"""Where our own time goes: what the main thread waits for, and how long. Stages inside others are taken out of them."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import pyarrow as pa

from benchmarks.repository import Repository
from lakemesh.engine.duckdb.session import Session
from lakemesh.lake.lake import Lake
from lakemesh.lake.writer import Writer
from lakemesh.steps import ingest, table

P = ParamSpec("P")
T = TypeVar("T")


class Stages:
    """Seconds by stage. Nothing of the program knows of it: its functions are wrapped from outside, in this process."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def watch(self) -> None:
        """From here on, these are told apart."""
        stream, pause = Session.stream, self.stage

        def streamed(session: Session, query: str) -> Iterator[pa.RecordBatch]:
            rows = stream(session, query)
            while True:
                with pause("DuckDB: rows of a query"):
                    batch = next(rows, None)
                if batch is None:
                    return
                yield batch

        setattr(Session, "stream", streamed)  # noqa: B010 a frozen dataclass's method
        self._around(Repository, "world", "declarations: read, and meant")
        self._around(Session, "rows", "DuckDB: small answers")
        self._around(Writer, "add", "writer: taking rows")
        self._around(Writer, "close", "writer: last row groups, and sync")
        self._around(Lake, "commit", "commit")
        self._around(Lake, "branch", "branch")
        self._around(table, "audit", "audit")
        self._around(table, "publish", "publish")
        self._around(table, "publish_beside", "publish")
        self._around(ingest, "waiting", "landing: list, and versions by content")
        self._around(ingest, "headers", "landing: headers")

    def _around(self, owner: object, name: str, stage: str) -> None:
        setattr(owner, name, self._within(stage, getattr(owner, name)))

    def _within(self, stage: str, function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def timed(*arguments: P.args, **named: P.kwargs) -> T:
            with self.stage(stage):
                return function(*arguments, **named)

        return timed

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now
