"""The small world of a product's test: rows that are there before, files that arrive, rows that are expected."""

import csv
import gzip
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from lakemesh.declare.types import Primitive
from lakemesh.engine.change import Change, Everything, Outlet
from lakemesh.errors import Mistake, Mistakes
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.landing.headers import headers
from lakemesh.lake.ledger import Ledger
from lakemesh.lake.publication import Publication
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Column, Contract, Format, contract_hash
from lakemesh.sql import quote
from lakemesh.sql.select import Select
from lakemesh.steps.transform import sql_hash
from lakemesh.steps.world import World
from lakemesh.steps.writes.casts import cast

ROWS = Format("csv")
"""How the rows of tests are written: an empty field is null, \"\" the empty string."""


def publish_rows(world: World, contract: Contract, file: File | None, run: str, at: datetime) -> None:
    """These rows are the table, as if a run had published them; none at all where there is no file."""
    lake = world.lake
    branch = lake.branch(contract, run)
    landed = rows_of(contract, file)
    columns = [f"{cast(c, ROWS)} as {quote.name(c.name)}" for c in contract.columns]
    text = f"select {', '.join(columns)}, 'inserted' as _fate from {quote.table(contract.table.landed)}"
    change = Change(
        Select(text, (contract.table.landed,), file.path if file else contract.path),
        (Outlet(branch, frozenset({"inserted"}), Everything()),),
    )
    head = branch.base
    refuse_unfit(world, contract, landed)
    if landed.files:
        head = world.engine.write(change, {contract.table.landed: landed}, lambda event: None).heads[contract.table]
    if head.id == branch.base.id:
        head = lake.commit(branch, (), ())
    note = Publication(run, Ledger(), {}, sql_hash(contract), contract_hash(contract), "passed", at, {})
    lake.publish(branch, head, note)


def rows_of(contract: Contract, file: File | None) -> Landed:
    """A file of rows as a relation of text: the contract's columns, null where the file lacks one. Raises Mistakes."""
    files = (file,) if file else ()
    told = headers(files, ROWS)
    names = {name.strip() for header in told.values() for name in header}
    strangers = sorted(names - set(contract.types))
    if strangers and file:
        known = ", ".join(contract.types)
        raise Mistakes.of(
            f"{contract.table} has no column {', '.join(strangers)}", f"its columns are {known}", file.path
        )
    if file:
        _refuse_ragged(file)
    return Landed(files, ROWS, {name: name for name in contract.types}, told)


def refuse_unfit(world: World, contract: Contract, landed: Landed) -> None:
    """Raises Mistakes: values that are none of their column's type. In a table they would be null."""
    for file in landed.files:
        names = [name.strip() for name in landed.headers.get(file.path, ())]
        columns = [contract.column(name) for name in names]
        parts = [
            f"select distinct {quote.literal(c.name)} as name, {quote.name(c.name)} as value "
            f"from {quote.table(contract.table.landed)} "
            f"where {quote.name(c.name)} is not null and {cast(c, ROWS)} is null"
            for c in columns
            if c.type != Primitive("string")
        ]
        if not parts:
            continue
        select = Select(" union all ".join(parts), (contract.table.landed,), file.path)
        found = world.engine.query(select, {contract.table.landed: landed})
        unfit = {(row["name"], row["value"]) for batch in found for row in batch.to_pylist()}
        if unfit:
            raise Mistakes(*_placed(contract, file, unfit))


def _placed(contract: Contract, file: File, unfit: Collection[tuple[str, str]]) -> Iterator[Mistake]:
    """Each value at the lines where it stands."""
    text = Path(file.location.removeprefix("file://")).read_text(encoding="utf-8-sig")
    lines = csv.reader(text.splitlines(keepends=True))
    names = [name.strip() for name in next(lines, ())]
    at = {cell: lines.line_num for row in lines for cell in zip(names, row, strict=False) if cell in unfit}
    for name, value in sorted(unfit, key=lambda cell: (at.get(cell, 0), cell)):
        what = f"{name} is {contract.types[name]}, and {value!r} is not"
        remedy = "write a value of that type, or nothing between the commas for null"
        yield Mistake(file.path, at.get((name, value), 0), 0, what, remedy)


def _refuse_ragged(file: File) -> None:
    """Raises Mistakes: lines that have more or fewer values than the header. What is read would be without them."""
    text = Path(file.location.removeprefix("file://")).read_text(encoding="utf-8-sig")
    lines = csv.reader(text.splitlines(keepends=True))
    wide = len(next(lines, ()))
    ragged = [
        Mistake(file.path, lines.line_num, 0, f"the line has {len(row)} values, and its header {wide}")
        for row in lines
        if row and len(row) != wide
    ]
    if ragged:
        raise Mistakes(*ragged)


def land(world: World, contract: Contract, name: str, data: bytes) -> None:
    """The file arrives where the table's files do. `name` tells a full load (`.load.`) from changes."""
    arrival = contract.arrival
    assert arrival is not None
    ending = name.rpartition(".")[2]
    match arrival.by:
        case "dms":
            folder = arrival.place.partition("*")[0].rstrip("/")
            path = f"{folder}/{'LOAD00000001' if '.load.' in name else '20000101-000000000'}.{ending}"
        case "stream":
            path = f"{arrival.place.partition('*')[0].rstrip('/')}/2000/01/01/00/given.{ending}"
        case _:
            path = arrival.place.replace("**", "given").replace("*", "given").replace("?", "0")
    if path.endswith(".gz") and not name.endswith(".gz"):
        data = gzip.compress(data, mtime=0)
    world.landing.write(path, data)
    if arrival.delivery == "folder":
        world.landing.write(f"{path.rpartition('/')[0]}/_SUCCESS", b"")


def typed(columns: Iterable[Column]) -> str:
    """The columns of rows of text, each as its type."""
    return ", ".join(f"{cast(column, ROWS)} as {quote.name(column.name)}" for column in columns)
