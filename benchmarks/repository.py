"""A small repository and its lake: declarations as people write them, and a run of them."""

import os
import shutil
from collections.abc import Iterable
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
""",
    "domains/shop/domain.yaml": "description: A shop.\nowner: shop@example.org\n",
    "domains/shop/events/product.yaml": "description: What people do.\nstatus: draft\n",
}


class Repository:
    """Declarations in `data`, files that arrive in `data/landing`, and the lake in `out`."""

    def __init__(self, data: Path, out: Path, memory: str = "2 GB") -> None:
        self.root = data / "repository"
        self.landing = data / "landing"
        self.lake = out / "lake"
        self._memory = memory

    def write(self, tables: dict[str, str]) -> None:
        """The declarations: `ingest/…yaml` and `transform/…` of the one product, by their paths in it."""
        product = {f"domains/shop/events/{path}": text for path, text in tables.items()}
        for path, text in {**_FILES, **product}.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.format(memory=self._memory) if path.endswith("mesh.yaml") else text)

    def world(self) -> World:
        tree = Tree(self.root)
        memory = tree.organisation().memory
        lake = local(Place("local", str(self.lake), ZONES, memory))
        mesh = read(tree, describe, tree.tables(PRODUCT))
        engine = DuckDB(lake, memory, scratch=self.lake / "_scratch")
        landing = Folder(self.landing, versions=self.lake / "_versions")
        return World(mesh, lake, engine, landing, Folder(self.root), lambda: datetime.now(UTC), "here", os.getpid())

    def run(self, tables: Iterable[str] = ()) -> TableRun:
        """One run, of these tables or of all; what became of the last. Raises where it was not published."""
        wanted = tuple(TableName("shop", name) for name in tables) or None
        ran = run(self.world(), PRODUCT, Ask(tables=wanted), _silent)
        if ran.state != "done":
            raise SystemExit("\n".join(f"{table.table}: {table.state} {table.note}" for table in ran.tables))
        return ran.tables[-1]


def kept(lake: Path) -> Path:
    """Where a lake is kept as it was made. Its metadata hold paths, so it is used where it was made."""
    return lake.with_name(lake.name + ".kept")


def keep(lake: Path) -> None:
    lake.rename(kept(lake))


def back(lake: Path) -> None:
    """The lake as it was kept. What is never written again is linked, and all else copied."""
    shutil.rmtree(lake, ignore_errors=True)
    shutil.copytree(kept(lake), lake, copy_function=_link)


def opened(root: Path) -> Lake:
    return local(Place("local", str(root), ZONES, 2 << 30))


def _link(source: str, target: str) -> None:
    if source.endswith(".parquet"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def _silent(event: Event) -> None:
    pass
