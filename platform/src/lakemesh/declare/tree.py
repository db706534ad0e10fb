"""Which files there are, by path alone; each read when asked for, once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from lakemesh.declare import called, cells, folders, rules, yaml12
from lakemesh.declare.declaration import Declaration, under_names
from lakemesh.declare.domain import Domain, Source
from lakemesh.declare.files import text_of
from lakemesh.declare.ingest import Ingest
from lakemesh.declare.mesh import Organisation
from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.product import Product
from lakemesh.declare.readers import Reader
from lakemesh.declare.rules import Rule
from lakemesh.declare.scalar import Value, named
from lakemesh.declare.spots import Document
from lakemesh.declare.tests import TestTimes
from lakemesh.declare.transform import Transform
from lakemesh.declare.wrong import Wrong, Wrongs
from lakemesh.errors import Mistake, Mistakes

T = TypeVar("T")
D = TypeVar("D", bound=Declaration)
MESH = "platform/mesh.yaml"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a table is declared."""

    product: ProductName
    kind: Literal["ingest", "transform"]
    path: str


class Tree:
    """The declarations below one root. Nothing is read before it is asked for, and nothing twice."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[str, object] = {}
        self._documents: dict[str, Document | Mistakes] = {}

    def organisation(self) -> Organisation:
        return self._once(MESH, lambda: self._declared(MESH, Organisation))

    def domains(self) -> tuple[str, ...]:
        """Every folder of `domains/`, by name."""
        return self._once("domains/", lambda: folders.folders(self.root / "domains"))

    def domain(self, name: str) -> Domain:
        path = f"domains/{name}/domain.yaml"
        return self._once(path, lambda: self._declared(path, Domain))

    def sources(self, domain: str) -> Mapping[str, Source]:
        """What a domain takes in from outside; empty where no file says."""
        path = f"domains/{domain}/sources.yaml"
        return self._once(
            path, lambda: self._named(path, Source.read, called.source, Source.example.partition(" or ")[0])
        )

    def functions(self, domain: str) -> Mapping[str, tuple[str, str]]:
        """The text and the path of each function of a domain, by its name."""
        base = f"domains/{domain}/functions"

        def found() -> Mapping[str, tuple[str, str]]:
            paths = {name: f"{base}/{name}.sql" for name in folders.functions(self.root / "domains" / domain)}
            return {name: (text_of(self.root, path), path) for name, path in paths.items()}

        return self._once(base, found)

    def products(self, domain: str | None = None) -> tuple[ProductName, ...]:
        """Every folder of a domain that is a product's, or those of all domains."""
        if domain is None:
            return tuple(product for name in self.domains() for product in self.products(name))
        found = self._once(f"domains/{domain}/", lambda: folders.products(self.root / "domains" / domain))
        return tuple(ProductName(domain, name) for name in found)

    def product(self, name: ProductName) -> Product:
        path = f"domains/{name}/product.yaml"
        return self._once(path, lambda: self._declared(path, Product))

    def readers(self, name: ProductName) -> Mapping[str, Reader]:
        """Who may read what of a product; empty where no file says."""
        path = f"domains/{name}/readers.yaml"
        return self._once(path, lambda: self._named(path, Reader.read, called.reader, Reader.example))

    def tables(self, product: ProductName) -> tuple[TableName, ...]:
        """The tables of `ingest/` and `transform/`, by their files' names."""
        return tuple(dict.fromkeys(TableName(product.domain, name) for name, _ in self._homes(product)))

    def homes(self, table: TableName) -> tuple[Home, ...]:
        """Every place that declares the table: one, unless two products took the same name."""
        found = self._once(f"homes {table.domain}", lambda: self._index(table.domain))
        return found.get(table.table, ())

    def home(self, table: TableName) -> Home | None:
        """Where the table is declared; None where there is no such table. Raises Mistakes where two claim it."""
        homes = self.homes(table)
        if len(homes) > 1:
            raise Mistakes(*_twice(table, homes))
        return homes[0] if homes else None

    def table(self, table: TableName) -> Ingest | Transform:
        """What is declared of a table. Raises Mistakes."""
        home = self.home(table)
        if home is None:
            raise Mistakes.of(
                f"there is no table {table}", "name one of domains/<domain>/<product>/ingest or transform"
            )
        model = Ingest if home.kind == "ingest" else Transform
        return self._once(home.path, lambda: self._table(home.path, model))

    def select_text(self, table: TableName) -> tuple[str, str]:
        """The SQL of a transform, and its path."""
        home = self.home(table)
        if home is None or home.kind != "transform":
            raise Mistakes.of(f"{table} is not made by a SELECT", "name a table of transform/")
        path = home.path.removesuffix(".yaml") + ".sql"
        if not (self.root / path).is_file():
            raise Mistakes(
                Mistake(home.path, 0, 0, "there is no SELECT beside this contract", f"write {path.rpartition('/')[2]}")
            )
        return self._once(path, lambda: text_of(self.root, path)), path

    def rules(self, table: TableName) -> tuple[Rule, ...]:
        """What must be true of a table beyond the words of its columns; nothing where no file says."""
        home = self.home(table)
        path = f"domains/{home.product}/quality/{table.table}.yaml" if home else ""
        if not (self.root / path).is_file():
            return ()
        return self._once(path, lambda: self._rules(path))

    def test_times(self, product: ProductName, test: str) -> TestTimes:
        """When a test runs; nothing said where it has no test.yaml."""
        path = f"domains/{product}/tests/{test}/test.yaml"
        if not (self.root / path).is_file():
            return TestTimes()
        return self._once(path, lambda: self._declared(path, TestTimes))

    def where(self, path: str, *words: str | int) -> tuple[int, int]:
        """Line and column of a word in a file; of the nearest above it, else of the file's beginning."""
        try:
            return self._document(path).where(*words)
        except Mistakes:
            return 1, 1

    def place(self, path: str, *words: str | int) -> tuple[str, int, int]:
        """The same with its path, which is another for columns that are kept in a file of their own."""
        beside = path.removesuffix(".yaml") + ".columns.csv"
        if words[:1] == ("columns",) and path.endswith(".yaml") and (self.root / beside).is_file():
            return beside, *self.where(beside, *words[1:])
        return path, *self.where(path, *words)

    def mistakes(self) -> tuple[Mistake, ...]:
        """All that is wrong with any file of the tree, or with where it lies."""
        found: set[Mistake] = set(folders.mistakes(self.root))
        asked: list[Callable[[], object]] = [self.organisation]
        for domain in self.domains():
            asked += [partial(self.domain, domain), partial(self.sources, domain)]
        for product in self.products():
            asked += [partial(self.product, product), partial(self.readers, product)]
            asked += [partial(self.table, table) for table in self.tables(product)]
            asked += [partial(self.rules, table) for table in self.tables(product)]
            tests = folders.folders(self.root / "domains" / str(product) / "tests")
            asked += [partial(self.test_times, product, test) for test in tests]
        for ask in asked:
            try:
                ask()
            except Mistakes as mistakes:
                found.update(mistakes.mistakes)
        return tuple(sorted(found))

    def _once(self, name: str, make: Callable[[], T]) -> T:
        """What was made the first time, or the mistakes that were made."""
        if name not in self._known:
            try:
                self._known[name] = make()
            except Mistakes as mistakes:
                self._known[name] = mistakes
        known = self._known[name]
        if isinstance(known, Mistakes):
            raise Mistakes(*known.mistakes)
        return known  # type: ignore[return-value]

    def _document(self, path: str) -> Document:
        read = cells.read if path.endswith(".csv") else yaml12.read
        return self._once(f"text of {path}", lambda: read(text_of(self.root, path), path))

    def _declared(self, path: str, model: type[D]) -> D:
        document = self._document(path)
        try:
            return model.read(document.value)
        except Wrongs as wrongs:
            raise Mistakes(*(_mistake(document, wrong) for wrong in wrongs.wrongs)) from None

    def _rules(self, path: str) -> tuple[Rule, ...]:
        document = self._document(path)
        try:
            return rules.read(document.value)
        except Wrongs as wrongs:
            raise Mistakes(*(_mistake(document, wrong) for wrong in wrongs.wrongs)) from None

    def _named(
        self, path: str, read: Callable[[Value], T], refuse: Callable[[str], Wrong | None], like: str
    ) -> Mapping[str, T]:
        """A file that describes things under names of their own."""
        if not (self.root / path).is_file():
            return {}
        document = self._document(path)
        if not isinstance(document.value, dict):
            what = f"{named(document.value)} stands where names are described one by one"
            raise Mistakes(Mistake(path, 1, 1, what, under_names(document.value, like)))
        found: dict[str, T] = {}
        mistakes: list[Mistake] = []
        for name, value in document.value.items():
            if wrong := refuse(name):
                mistakes.append(_mistake(document, wrong.below(name)))
                continue
            try:
                found[name] = read(value)
            except Wrongs as wrongs:
                mistakes += (_mistake(document, wrong.below(name)) for wrong in wrongs.wrongs)
        if mistakes:
            raise Mistakes(*mistakes)
        return found

    def _table(self, path: str, model: type[Ingest] | type[Transform]) -> Ingest | Transform:
        """A table's contract, with the columns that lie beside it."""
        if not (self.root / path).is_file():
            sql = path.removesuffix(".yaml") + ".sql"
            raise Mistakes(
                Mistake(sql, 0, 0, "this SELECT has no contract", f"write {path.rpartition('/')[2]} beside it")
            )
        beside = path.removesuffix(".yaml") + ".columns.csv"
        if not (self.root / beside).is_file():
            return self._declared(path, model)
        mistakes: list[Mistake] = []
        columns: Document | None = None
        try:
            columns = self._document(beside)
        except Mistakes as error:
            mistakes += error.mistakes
        document = self._document(path)
        value = document.value
        if isinstance(value, dict) and "columns" in value:
            remedy = f"keep them here or in {beside.rpartition('/')[2]}"
            mistakes.append(Mistake(path, *document.where("columns"), "the columns stand in two places", remedy))
        elif isinstance(value, dict) and columns is not None:
            value = {**value, "columns": columns.value}
        try:
            declared = model.read(value)
        except Wrongs as wrongs:
            for wrong in wrongs.wrongs:
                if columns is None and "columns" in wrong.leans:
                    continue
                inside = columns is not None and wrong.at[:1] == ("columns",)
                mistakes.append(_mistake(columns, wrong.above(1)) if columns and inside else _mistake(document, wrong))
            raise Mistakes(*mistakes) from None
        if mistakes:
            raise Mistakes(*mistakes)
        return declared

    def _homes(self, product: ProductName) -> tuple[tuple[str, Home], ...]:
        """The tables of one product, each with its home, by the names of files."""
        base = f"domains/{product}"

        def found() -> tuple[tuple[str, Home], ...]:
            names = folders.tables(self.root / base)
            return tuple((name, Home(product, kind, f"{base}/{kind}/{name}.yaml")) for name, kind in names)

        return self._once(f"{base}/", found)

    def _index(self, domain: str) -> Mapping[str, tuple[Home, ...]]:
        found: dict[str, tuple[Home, ...]] = {}
        for product in self.products(domain):
            for name, home in self._homes(product):
                found[name] = (*found.get(name, ()), home)
        return found


def _mistake(document: Document, wrong: Wrong) -> Mistake:
    return Mistake(document.path, *document.where(*wrong.at, value=not wrong.word), wrong.what, wrong.remedy)


def _twice(table: TableName, homes: tuple[Home, ...]) -> list[Mistake]:
    what = f'two tables of the domain are called "{table.table}"'
    return [
        Mistake(home.path, 0, 0, f"{what}: the other is {other.path}", "rename one of them")
        for home in homes
        for other in homes
        if other != home
    ]
