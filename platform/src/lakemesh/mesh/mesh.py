"""The door: contracts of the tables asked for and of what they read, in the order in which they are made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.tree import Tree
from lakemesh.declare.types import Columns
from lakemesh.declare.words import near
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh import access
from lakemesh.mesh.contract import Contract
from lakemesh.mesh.judge import judge
from lakemesh.mesh.study import study
from lakemesh.mesh.yields import Describe

__all__ = ["Describe", "Mesh", "read"]


@dataclass(frozen=True, slots=True)
class Mesh:
    """What the declarations mean together. `warnings` are worth telling, and stop nothing."""

    contracts: Mapping[TableName, Contract]
    order: tuple[TableName, ...]
    tree: Tree
    today: date | None = None
    warnings: tuple[Mistake, ...] = ()

    @property
    def root(self) -> Path:
        return self.tree.root

    def of(self, product: ProductName) -> tuple[Contract, ...]:
        """That product's tables, in the order in which they are made."""
        return tuple(self.contracts[table] for table in self.order if self.contracts[table].product == product)

    def visible(self, table: TableName, reader: ProductName) -> Columns:
        """What that product sees of a table: nothing where it may not read it. Raises KeyError, and Mistakes where
        readers.yaml cannot be read."""
        contract = self.contracts[table]
        readers = self.tree.readers(contract.product) if reader.domain != contract.product.domain else {}
        return access.visible(contract, reader, readers, self.today)


def read(tree: Tree, describe: Describe, tables: Iterable[TableName] | None = None, today: date | None = None) -> Mesh:
    """These tables, or all, and what they lean on; no other file is opened. Raises Mistakes: all that stand in the way.
    `today` is needed to know what is past."""
    asked = tuple(tables) if tables is not None else every(tree)
    _there(tree, asked)
    found = study(tree, describe, asked, today)
    mistakes = {*found.mistakes, *judge(found.view)}
    errors = [mistake for mistake in mistakes if mistake.severity == "error"]
    if errors:
        raise Mistakes(*errors)
    return Mesh(found.view.contracts, found.order, tree, today, tuple(sorted(mistakes)))


def every(tree: Tree) -> tuple[TableName, ...]:
    """All tables of the tree, by the names of their files."""
    return tuple(dict.fromkeys(table for product in tree.products() for table in tree.tables(product)))


def _there(tree: Tree, asked: Iterable[TableName]) -> None:
    unknown = [table for table in asked if not tree.homes(table)]
    if unknown:
        known = {str(table) for table in every(tree)}
        raise Mistakes(
            *(Mistake("", 0, 0, f'there is no table "{table}"', _meant(near(str(table), known))) for table in unknown)
        )


def _meant(close: str) -> str:
    return f'did you mean "{close}"?' if close else "`make status` lists the tables there are"
