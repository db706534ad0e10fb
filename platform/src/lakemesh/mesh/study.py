"""From the tables that are asked for to their contracts: what they lean on, in order, each derived once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lakemesh.declare.domain import Source
from lakemesh.declare.ingest import FromSource, Ingest
from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.readers import Reader
from lakemesh.declare.tree import Tree
from lakemesh.declare.types import Columns
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh import access
from lakemesh.mesh.contract import Contract
from lakemesh.mesh.derive import Around, derive
from lakemesh.mesh.lines import Lines
from lakemesh.mesh.order import order
from lakemesh.mesh.parts import Part, Parts, gather
from lakemesh.mesh.view import View
from lakemesh.mesh.yields import Describe, Yield, yields
from lakemesh.sql.select import Select


@dataclass(frozen=True, slots=True)
class Study:
    """What rules judge, the order of what could be derived, and the mistakes that were met on the way."""

    view: View
    order: tuple[TableName, ...]
    mistakes: tuple[Mistake, ...]


def study(
    tree: Tree,
    describe: Describe,
    tables: Iterable[TableName],
    today: date | None,
    also: Callable[[Part], None] = lambda part: None,
) -> Study:
    """These tables and all that they lean on. Where something cannot be read, what leans on it is left out. `also` is
    told of each part in turn, while what was understood of its SELECT is still at hand."""
    asked = tuple(dict.fromkeys(tables))
    found = gather(tree, asked)
    readers = _readers(tree, found)
    ordered = order(
        {table: part.reads for table, part in found.parts.items()},
        {table: part.refers for table, part in found.parts.items()},
    )
    contracts: dict[TableName, Contract] = {}
    made: dict[TableName, Yield] = {}
    for table in ordered:
        part = found.parts[table]
        if all(each in contracts for each in part.reads):
            try:
                made_here, contracts[table] = _derive(tree, part, contracts, readers, describe)
                if made_here:
                    made[table] = made_here
            except Mistakes as wrong:
                found.mistakes.extend(wrong.mistakes)
        also(part)
    products = tuple(dict.fromkeys(found.parts[table].of for table in asked if table in found.parts))
    view = View(tree, asked, products, found.parts, contracts, made, readers, today)
    return Study(view, tuple(table for table in ordered if table in contracts), tuple(dict.fromkeys(found.mistakes)))


def _derive(
    tree: Tree,
    part: Part,
    contracts: Mapping[TableName, Contract],
    readers: Mapping[ProductName, Mapping[str, Reader]],
    describe: Describe,
) -> tuple[Yield | None, Contract]:
    inputs = {table: contracts[table] for table in part.reads}
    made = None
    if part.select:
        whole = {table: contract.types for table, contract in inputs.items()}
        # A table that may not be read at all is told by a rule; here it counts as if it could be.
        seen = {
            table: access.visible(contract, part.of, readers.get(contract.product, {})) or whole[table]
            for table, contract in inputs.items()
        }
        made = yields(part.select, seen, whole, describe if part.declaration.engine is None else _unknown)
    around = Around(tree.organisation(), _source(tree, part), inputs)
    return made, derive(Lines(tree, part), around, made)


def _unknown(select: Select, inputs: Mapping[TableName, Columns]) -> Columns:
    """What is known of a SELECT that is left to one engine: such a contract says the types of what is computed."""
    return {}


def _source(tree: Tree, part: Part) -> Source | None:
    declaration = part.declaration
    if isinstance(declaration, Ingest) and isinstance(declaration.from_, FromSource):
        return tree.sources(part.of.domain).get(declaration.from_.source)
    return None


def _readers(tree: Tree, found: Parts) -> dict[ProductName, Mapping[str, Reader]]:
    """The readers.yaml of each product that another domain reads here; a file that cannot be read is left out."""
    wanted = {
        found.parts[table].of
        for part in found.parts.values()
        for table in part.leans
        if table in found.parts and table.domain != part.of.domain
    }
    readers: dict[ProductName, Mapping[str, Reader]] = {}
    for product in sorted(wanted):
        try:
            readers[product] = tree.readers(product)
        except Mistakes as wrong:
            found.mistakes.extend(wrong.mistakes)
    return readers
