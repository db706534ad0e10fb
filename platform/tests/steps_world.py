"""A small repository and its lake: declarations as people write them, files that arrive, runs, and what readers see."""

import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.engine.duckdb.duckdb import DuckDB
from lakemesh.engine.engine import Engine
from lakemesh.events import Event, Tell
from lakemesh.lake.folder import Folder
from lakemesh.lake.lake import Lake
from lakemesh.lake.local import local
from lakemesh.lake.place import Place
from lakemesh.lake.runs import Run
from lakemesh.mesh.mesh import read
from lakemesh.sql.select import Select
from lakemesh.steps.replay import replay
from lakemesh.steps.run import run
from lakemesh.steps.world import Ask, World

ZONES = {"landing": "landing", "clean": "clean", "curated": "curated"}
PRODUCT = ProductName("shop", "orders")
MESH = """
lakemesh: 1
name: acme
timezone: Europe/Amsterdam
memory: 1 GB
zones: {landing: landing, clean: clean, curated: curated}
environments:
  dev: {account: "111111111111", region: eu-west-1, schedules: off}
"""
DOMAIN = """
description: A shop.
owner: shop@example.org
"""
PROMISE = """
description: What was ordered.
status: draft
"""


Opens: TypeAlias = Callable[[Lake], Engine]
"""Which engine runs over a lake."""


def on_duckdb(lake: Lake) -> Engine:
    return DuckDB(lake, 1 << 30)


class Shop:
    """One domain, one product, and a clock that stands still until it is moved."""

    engine = staticmethod(on_duckdb)
    """What its runs run on; readers are answered by DuckDB."""

    def __init__(self, root: Path) -> None:
        self.root = root / "repository"
        self.lake_root = root / "lake"
        self.now = datetime(2026, 3, 10, 12, tzinfo=UTC)
        self.told: list[Event] = []
        # Another process that opens the same shop leaves what was said there.
        if not (self.root / "platform/mesh.yaml").exists():
            self.write("platform/mesh.yaml", MESH)
        self.write("domains/shop/domain.yaml", DOMAIN)
        self.write("domains/shop/orders/product.yaml", PROMISE)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip())

    def ingest(self, table: str, text: str) -> None:
        self.write(f"domains/shop/orders/ingest/{table}.yaml", text)

    def transform(self, table: str, text: str, sql: str) -> None:
        self.write(f"domains/shop/orders/transform/{table}.yaml", text)
        self.write(f"domains/shop/orders/transform/{table}.sql", sql)

    def land(self, path: str, text: str) -> None:
        file = self.lake_root / "landing" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip())

    def lake(self) -> Lake:
        return local(Place("local", str(self.lake_root), ZONES, 1 << 30))

    def world(self, lake: Lake | None = None) -> World:
        tree = Tree(self.root)
        lake = lake or self.lake()
        mesh = read(tree, describe, tree.tables(PRODUCT))
        engine = self.engine(lake)
        landing = Folder(self.lake_root / "landing")
        batch = tree.organisation().batch
        return World(mesh, lake, engine, landing, Folder(self.root), lambda: self.now, "here", 1, batch=batch)

    def run(self, world: World | None = None, tell: Tell | None = None, **asked: object) -> Run:
        self.now += timedelta(minutes=1)
        return run(world or self.world(), PRODUCT, Ask(**asked), tell or self.told.append)  # type: ignore[arg-type]

    def replay(self, table: str) -> Run:
        self.now += timedelta(minutes=1)
        return replay(self.world(), TableName("shop", table), self.told.append)

    def rows(self, table: str, columns: str = "*", lake: Lake | None = None) -> list[tuple[object, ...]]:
        """What readers see, in the order of the columns."""
        name = TableName("shop", table)
        lake = lake or self.lake()
        head = lake.head(name)
        if head is None:
            return []
        select = Select(f"select {columns} from shop.{table}", (name,), "test")
        batches = list(DuckDB(lake, 1 << 30).query(select, {name: head}))
        found = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
        return sorted(found, key=lambda row: tuple(str(value) for value in row))


def counts(ran: Run, table: str) -> dict[str, int]:
    """What became of the rows of one table."""
    (turn,) = [turn for turn in ran.tables if turn.table.table == table]
    return turn.accounts.as_json()


def states(ran: Run) -> dict[str, str]:
    return {turn.table.table: turn.state for turn in ran.tables}
