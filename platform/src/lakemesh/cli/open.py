"""Flags and environment -> the repository, its lake, its engine."""

import os
import socket
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from lakemesh.cli.engines import named
from lakemesh.declare.names import ProductName, TableName
from lakemesh.errors import Mistakes
from lakemesh.events import Tell

if TYPE_CHECKING:
    from lakemesh.declare.tree import Tree
    from lakemesh.declare.types import Columns
    from lakemesh.engine.engine import Engine
    from lakemesh.lake.lake import Lake
    from lakemesh.lake.place import Place
    from lakemesh.mesh.mesh import Mesh
    from lakemesh.sql.select import Select
    from lakemesh.steps.world import World

MARK = Path("platform/mesh.yaml")
"""What makes a folder the root of a repository."""


@dataclass(frozen=True)
class Here:
    """A repository and its lake; each part is opened when it is first asked for."""

    root: Path
    lake_root: str
    engine_name: str

    @classmethod
    def at(cls, root: str | None = None, lake: str | None = None, engine: str | None = None) -> "Here":
        """What the flags say, else the environment, else what lies around the working folder."""
        folder = _root(root or os.environ.get("LAKEMESH_ROOT"))
        said = lake or os.environ.get("LAKEMESH_LAKE")
        lies = Path(said).expanduser().absolute() if said else folder / ".lake"
        return cls(folder, str(lies), named(engine))

    def below(self, folder: str) -> "Here":
        """The same repository with a scratch lake in a folder of its lake."""
        return replace(self, lake_root=str(Path(self.lake_root) / folder))

    @cached_property
    def tree(self) -> "Tree":
        from lakemesh.declare.tree import Tree

        return Tree(self.root)

    @cached_property
    def place(self) -> "Place":
        from lakemesh.lake.place import Place

        organisation = self.tree.organisation()
        return Place("local", self.lake_root, organisation.zones, organisation.memory, self.engine_name)

    @cached_property
    def lake(self) -> "Lake":
        from lakemesh.lake.local import local

        return local(self.place)

    @cached_property
    def engine(self) -> "Engine":
        return self.engine_of(self.lake, self.engine_name)

    def engine_of(self, lake: "Lake", name: str) -> "Engine":
        """An engine over a lake. Raises Mistakes where this machine does not have it."""
        from lakemesh.cli.engines import opened

        # What does not fit into memory goes beside the tables: a laptop's /tmp is often memory itself.
        return opened(name, lake, self.root, Path(self.lake_root) / "_scratch")

    @property
    def landing(self) -> Path:
        """Where files arrive."""
        return Path(self.lake_root) / self.place.zones["landing"]

    def mesh(self, tables: Iterable[TableName] | None = None) -> "Mesh":
        """What the declarations of these tables mean, and of what they read; of all where none are named."""
        from lakemesh.mesh.mesh import read

        return read(self.tree, describe, tables, now().date())

    def world(self, products: Iterable[ProductName]) -> "World":
        """All that a run of these products needs."""
        tables = [table for product in products for table in self.tree.tables(product)]
        return self._world(self.tree, tables, self.lake, self.engine, now)

    def _world(
        self, tree: "Tree", tables: Iterable[TableName], lake: "Lake", engine: "Engine", clock: Callable[[], datetime]
    ) -> "World":
        from lakemesh.lake.folder import Folder
        from lakemesh.mesh.mesh import read
        from lakemesh.steps.world import World

        mesh = read(tree, describe, tables, clock().date())
        place = Path(lake.place.root)
        landing = Folder(place / lake.place.zones["landing"], versions=place / "_versions")
        where, batch = (socket.gethostname(), os.getpid()), tree.organisation().batch
        return World(
            mesh, lake, engine, landing, Folder(tree.root), clock, *where, partial(self.engine_of, lake), batch
        )

    def scratch_world(self, tree: "Tree", product: ProductName, folder: Path, at: datetime | None) -> "World":
        """A world for one product on an empty lake in this folder, where it is always that time; None: the clock's."""
        from lakemesh.lake.local import local

        lake = local(replace(self.place, root=str(folder)))
        engine = self.engine_of(lake, self.engine_name)
        return self._world(tree, tree.tables(product), lake, engine, now if at is None else lambda: at)

    @contextmanager
    def held(self, product: ProductName, doing: str, tell: Tell) -> Iterator[None]:
        """The product's lock, for what changes its tables outside a run."""
        with self.lake.store.hold(f"{product.domain}.{product.product}", f"{doing} ({_workplace()})", tell):
            yield

    def shown(self, path: Path) -> str:
        """A path as short as it can be: below the repository where it is there."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def product(self, said: str) -> ProductName:
        """The product of that name. Raises Mistakes that say which there are."""
        name = ProductName.parse(said)
        known = self.tree.products()
        if name not in known:
            raise Mistakes.of(f"there is no product {name}", _which(str(name), known, "domains/<domain>/<product>/"))
        return name

    def table(self, said: str) -> TableName:
        """The table of that name that the repository declares. Raises Mistakes that say which there are."""
        name = TableName.parse(said)
        if self.tree.home(name) is None:
            known = [table for product in self.tree.products() for table in self.tree.tables(product)]
            raise Mistakes.of(
                f"there is no table {name}", _which(str(name), known, "ingest/ and transform/ of a product")
            )
        return name

    def product_of(self, table: TableName) -> ProductName:
        """The product that makes this table."""
        home = self.tree.home(table)
        if home is None:
            raise Mistakes.of(f"no product makes {table}", "lakemesh status lists the tables")
        return home.product


def now() -> datetime:
    """The clock: aware, UTC."""
    return datetime.now(UTC)


def _workplace() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


def describe(select: "Select", inputs: Mapping[TableName, "Columns"]) -> "Columns":
    """What a SELECT yields, by the engine that the laptop has; opens no lake."""
    from lakemesh.engine.duckdb.describe import describe as by_duckdb

    return by_duckdb(select, inputs)


def names(kind: str) -> list[str]:
    """Products or tables by their paths alone, for a shell to complete; none outside a repository."""
    try:
        domains = Here.at().root / "domains"
    except Mistakes:
        return []
    if kind == "product":
        return sorted(f"{file.parent.parent.name}/{file.parent.name}" for file in domains.glob("*/*/product.yaml"))
    made = [*domains.glob("*/*/ingest/*.yaml"), *domains.glob("*/*/transform/*.yaml")]
    return sorted(f"{file.parents[2].name}.{file.stem}" for file in made)


def _root(said: str | None) -> Path:
    """The folder said, or the nearest one upward from here that is a repository."""
    if said:
        folder = Path(said).expanduser().absolute()
        if not (folder / MARK).is_file():
            raise Mistakes.of(f"{folder} is no Lakemesh repository: it has no {MARK}", "name the folder that has it")
        return folder
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return folder
    raise Mistakes.of(
        f"{here} is not inside a Lakemesh repository: no {MARK} here or above",
        "go into the repository, or name it: --root FOLDER, or LAKEMESH_ROOT",
    )


def _which(said: str, known: Collection[ProductName] | Collection[TableName], where: str) -> str:
    from difflib import get_close_matches

    texts = sorted(str(name) for name in known)
    if close := get_close_matches(said, texts, 1, 0.5):
        return f'did you mean "{close[0]}"?'
    if not texts:
        return f"there are none yet; they live in {where}"
    return f"there are: {', '.join(texts[:12])}{' …' if len(texts) > 12 else ''}"
