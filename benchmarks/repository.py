"""A small repository and its lake: declarations as people write them, and a run of them."""

import os
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.engine.duckdb.duckdb import DuckDB
from lakemesh.events import Event
from lakemesh.lake.folder import Folder
from lakemesh.lake.lake import Lake
from lakemesh.lake.local import local
from lakemesh.lake.place import Place
from lakemesh.lake.runs import TableRun
from lakemesh.mesh.mesh import read
from lakemesh.steps.maintain import after
from lakemesh.steps.run import run
from lakemesh.steps.world import Ask, World

ZONES = {"landing": "landing", "clean": "clean", "curated": "curated"}
PRODUCT = ProductName("shop", "events")
_FILES = {
    "platform/mesh.yaml": """\
lakemesh: 1
name: acme
timezone: UTC
memory: {memory}
zones: {{landing: landing, clean: clean, curated: curated}}
environments:
  dev: {{account: "111111111111", region: eu-west-1, schedules: off}}
{more}""",
    "domains/shop/domain.yaml": "description: A shop.\nowner: shop@example.org\n",
    "domains/shop/sources.yaml": (
        "crm: {by: dms, engine: postgres, secret: crm/reader}\nweb: {by: stream, flush: 60 seconds}\n"
    ),
    "domains/shop/events/product.yaml": "description: What people do.\nstatus: draft\n",
}


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


class Repository:
    """Declarations and files that arrive, both in `data`, and the lake in `out`. `called`: another one beside it;
    `more`: what else `mesh.yaml` says."""

    def __init__(self, data: Path, out: Path, memory: str = "2 GB", called: str = "", more: str = "") -> None:
        self.root = data / called / "repository"
        self.landing = data / called / "landing"
        self.lake = out / "lake"
        self._kept = data / called / "lake.kept"
        self._mesh = {"memory": memory, "more": more}

    def write(self, tables: dict[str, str]) -> None:
        """The declarations: `ingest/…yaml` and `transform/…` of the one product, by their paths in it."""
        product = {f"domains/shop/events/{path}": text for path, text in tables.items()}
        for path, text in {**_FILES, **product}.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.format(**self._mesh) if path.endswith("mesh.yaml") else text)

    def world(self, clock: Callable[[], datetime] = now) -> World:
        tree = Tree(self.root)
        memory = tree.organisation().memory
        lake = local(Place("local", str(self.lake), ZONES, memory))
        mesh = read(tree, describe, tree.tables(PRODUCT))
        engine = DuckDB(lake, memory, scratch=self.lake / "_scratch")
        landing = Folder(self.landing, versions=self.lake / "_versions")
        return World(mesh, lake, engine, landing, Folder(self.root), clock, "here", os.getpid())

    def run(self, tables: Iterable[str] = (), clock: Callable[[], datetime] = now, tidy: bool = False) -> TableRun:
        """One run, of these tables or of all; what became of the last. Raises where it was not published."""
        world = self.world(clock)
        wanted = tuple(TableName("shop", name) for name in tables) or None
        ran = run(world, PRODUCT, Ask(tables=wanted), _silent)
        if ran.state != "done":
            raise SystemExit("\n".join(f"{table.table}: {table.state} {table.note}" for table in ran.tables))
        if tidy:
            after(world, [PRODUCT], _silent)
        return ran.tables[-1]

    def made(self, tables: Iterable[str] = (), clock: Callable[[], datetime] = now) -> int:
        """One run, and the rows of its last table that came or changed."""
        accounts = self.run(tables, clock).accounts
        return accounts.inserted + accounts.updated

    def total(self, tables: Iterable[str], clock: Callable[[], datetime] = now) -> int:
        """One run, and the rows that its last table has then."""
        ran = self.run(tables, clock)
        lake = self._opened()
        head = lake.head(ran.table)
        assert head
        return lake.rows(head)

    def keep(self) -> None:
        """The lake stays as it is now, for `back`. Its metadata hold paths, so it is used where it was made."""
        shutil.rmtree(self._kept, ignore_errors=True)
        self.lake.rename(self._kept)

    def back(self) -> None:
        """The lake as it was kept. What is never written again is linked, and all else copied."""
        shutil.rmtree(self.lake, ignore_errors=True)
        shutil.copytree(self._kept, self.lake, copy_function=_link)

    def files(self, table: str) -> list[str]:
        """The data files of a table, as they lie in the lake that was kept."""
        self.back()
        lake = self._opened()
        head = lake.head(TableName("shop", table))
        assert head
        lies = str(self.lake)
        return [file.file_path.removeprefix("file://").replace(lies, str(self._kept)) for file in lake.plan(head).files]

    def _opened(self) -> Lake:
        return local(Place("local", str(self.lake), ZONES, 2 << 30))


def _link(source: str, target: str) -> None:
    if source.endswith(".parquet"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def _silent(event: Event) -> None:
    pass
