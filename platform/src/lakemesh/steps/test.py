"""A product's own tests: a folder named after what it claims, rows in, rows out, on a lake of its own."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.tests import TestTimes
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistakes, Stopped
from lakemesh.events import Tell
from lakemesh.lake.folder import Folder
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Contract
from lakemesh.quality.quarantine import quarantine
from lakemesh.sql import quote
from lakemesh.sql.select import Select
from lakemesh.steps.case import Case, MakeWorld
from lakemesh.steps.compare import Difference, Row, differences
from lakemesh.steps.given import land, publish_rows, refuse_unfit, rows_of, typed
from lakemesh.steps.run import run
from lakemesh.steps.sample import sampled
from lakemesh.steps.world import Ask, World


def test(tree: Tree, product: ProductName, make_world: MakeWorld, tell: Tell) -> tuple[Case, ...]:
    """Every test of a product, each on an empty lake, and a run on its sample. A test that cannot run has failed. None
    at all where the product has no test folder."""
    folder = tree.root / "domains" / product.domain / product.product / "tests"
    cases = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if not cases:
        return ()
    tried = tuple(_case(tree, product, case, make_world, tell) for case in cases)
    return (*tried, sampled(tree, product, make_world, tell))


def _case(tree: Tree, product: ProductName, folder: Path, make_world: MakeWorld, tell: Tell) -> Case:
    began = monotonic()
    found: tuple[Difference, ...] = ()
    error = ""
    with tempfile.TemporaryDirectory(prefix="lakemesh-test-") as scratch:
        try:
            times = tree.test_times(product, folder.name)
            found, error = _judged(
                make_world(tree, product, Path(scratch), times.now), product, Rows.of(folder), times, tell
            )
        except (Mistakes, Stopped) as mistake:
            error = str(mistake)
    return Case(str(product), folder.name, not found and not error, found, error, monotonic() - began)


@dataclass(frozen=True, slots=True)
class Rows:
    """The files of one test: what each is about, by folder."""

    given: tuple[tuple[TableName, File], ...]
    before: tuple[tuple[TableName, File], ...]
    expect: tuple[tuple[TableName, File], ...]

    @classmethod
    def of(cls, folder: Path) -> "Rows":
        """Raises Mistakes where nothing is expected: such a test cannot fail."""
        store = Folder(folder)

        def files(kind: str) -> tuple[tuple[TableName, File], ...]:
            return tuple((_about(file), file) for file in store.list(f"{kind}/*"))

        rows = cls(files("given"), files("before"), files("expect"))
        if not rows.expect:
            raise Mistakes.of(
                f"{folder.name} expects nothing", "put <domain>.<table>.csv with the rows into its expect/"
            )
        return rows


def _about(file: File) -> TableName:
    domain, _, rest = file.path.rpartition("/")[2].partition(".")
    return TableName(domain, rest.partition(".")[0])


def _judged(
    world: World, product: ProductName, rows: Rows, times: TestTimes, tell: Tell
) -> tuple[tuple[Difference, ...], str]:
    contracts = world.mesh.contracts
    expected = [(_plain(table), file) for table, file in rows.expect]
    for table, file in (*rows.given, *rows.before, *((name, file) for name, file in expected)):
        if table not in contracts:
            raise Mistakes.of(
                f"{file.path} is about {table}, which {product} neither makes nor reads",
                "name the file <domain>.<table>.csv",
            )
    made = _made(world, product, {table for table, _ in expected}, {table for table, _ in rows.given})
    _set_up(world, product, rows, made)
    ask = Ask(since=times.since, until=times.until, now=times.now, tables=tuple(made))
    record = run(world, product, ask, tell)
    problems = [
        f"{turn.table} {turn.state}: {turn.note}"
        for turn in record.tables
        if turn.state in ("failed", "skipped", "stopped")
    ]
    wrong = tuple(difference for table, file in rows.expect for difference in _compared(world, table, file))
    # A test may be about what stops: its table as it was, and what was set aside.
    about_stops = any(table != _plain(table) for table, _ in rows.expect)
    return wrong, "\n".join(problems) if wrong or not about_stops else ""


def _plain(table: TableName) -> TableName:
    return TableName(table.domain, table.table.removesuffix("__quarantine"))


def _made(world: World, product: ProductName, expected: set[TableName], given: set[TableName]) -> set[TableName]:
    """The tables that the run makes: those expected, and what they need of this product that is not given as rows."""
    contracts = world.mesh.contracts
    made: set[TableName] = set()
    left = sorted(expected | {table for table in given if _lands(contracts[table], product)})
    while left:
        table = left.pop()
        contract = contracts[table]
        if table in made or contract.product != product or (table in given and not _lands(contract, product)):
            continue
        if contract.arrival is not None and table not in given:
            continue
        made.add(table)
        left.extend(contract.reads)
    return made


def _lands(contract: Contract, product: ProductName) -> bool:
    return contract.product == product and contract.arrival is not None and contract.arrival.by != "seed"


def _set_up(world: World, product: ProductName, rows: Rows, made: set[TableName]) -> None:
    contracts = world.mesh.contracts
    at = world.clock()
    there: set[TableName] = set()
    for n, (table, file) in enumerate(rows.before):
        publish_rows(world, contracts[table], file, f"before-{n}", at)
        there.add(table)
    for n, (table, file) in enumerate(rows.given):
        if _lands(contracts[table], product):
            with open(file.location.removeprefix("file://"), "rb") as source:
                land(world, contracts[table], file.path, source.read())
        else:
            publish_rows(world, contracts[table], file, f"given-{n}", at)
            there.add(table)
    needed = {name for table in made for name in (*contracts[table].reads, *_refers(contracts[table]))}
    for table in sorted(needed - made - there):
        publish_rows(world, contracts[table], None, f"empty-{table.table}", at)


def _refers(contract: Contract) -> tuple[TableName, ...]:
    return tuple(
        TableName.parse(str(c.value[0])) for column in contract.columns for c in column.checks if c.word == "refers"
    )


def _compared(world: World, table: TableName, file: File) -> tuple[Difference, ...]:
    contract = world.mesh.contracts[_plain(table)]
    if table != _plain(table):
        contract = quarantine(contract)
    landed = rows_of(contract, file)
    refuse_unfit(world, contract, landed)
    names = [name.strip() for name in landed.headers.get(file.path, ())]
    columns = [contract.column(name) for name in names]
    wanted = Select(f"select {typed(columns)} from {quote.table(table.landed)}", (table.landed,), file.path)
    chosen = ", ".join(quote.name(name) for name in names)
    expected = [
        tuple(row.values()) for batch in world.engine.query(wanted, {table.landed: landed}) for row in batch.to_pylist()
    ]
    head = world.lake.head(table)
    found: list[Row] = []
    if head is not None:
        there = Select(f"select {chosen} from {quote.table(table)}", (table,), str(table))
        found = [tuple(row.values()) for batch in world.engine.query(there, {table: head}) for row in batch.to_pylist()]
    return differences(str(table), names, contract.unique, expected, found)
