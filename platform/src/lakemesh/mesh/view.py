"""What a rule looks at: the tables that are judged, what they lean on, and the tree for names and lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.readers import Reader
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistake, Mistakes, Severity
from lakemesh.mesh import suite
from lakemesh.mesh.contract import Contract
from lakemesh.mesh.parts import Part
from lakemesh.mesh.spot import spot
from lakemesh.mesh.yields import Yield


@dataclass(frozen=True, slots=True)
class View:
    """`asked`: the tables that are judged, of `products`. `parts` and `contracts` hold what they lean on too; a
    table that could not be read is in neither."""

    tree: Tree
    asked: tuple[TableName, ...]
    products: tuple[ProductName, ...]
    parts: Mapping[TableName, Part]
    contracts: Mapping[TableName, Contract]
    made: Mapping[TableName, Yield]
    """What the SELECTs of those among them yield that have one."""
    readers: Mapping[ProductName, Mapping[str, Reader]]
    """Of the products that another domain reads; those whose file cannot be read are left out."""
    today: date | None = None

    def judged(self) -> Iterator[Part]:
        """The tables asked for, as far as they could be read."""
        return (self.parts[table] for table in self.asked if table in self.parts)

    def contracted(self) -> Iterator[tuple[Part, Contract]]:
        """Those of them whose inputs could be read as well."""
        return ((part, self.contracts[part.table]) for part in self.judged() if part.table in self.contracts)

    def selects(self) -> Iterator[tuple[Part, Yield]]:
        """Those of them that are a SELECT, with what it yields."""
        return ((part, self.made[part.table]) for part in self.judged() if part.table in self.made)

    def inputs(self) -> Iterator[tuple[Part, Contract]]:
        """Each table asked for with each table that it reads or refers to."""
        for part in self.judged():
            for table in dict.fromkeys(part.leans):
                if table in self.contracts:
                    yield part, self.contracts[table]

    def there(self, table: TableName) -> bool:
        """Whether a file of that name is in the tree, readable or not."""
        try:
            return self.tree.home(table) is not None
        except Mistakes:
            return True

    def mistake(
        self, path: str, words: tuple[str | int, ...], what: str, remedy: str, severity: Severity = "error"
    ) -> Mistake:
        """One at the line of these words in a YAML file, or in the table beside it that holds its columns."""
        return Mistake(*self.tree.place(path, *words), what, remedy, severity)

    def read_at(self, part: Part, table: TableName) -> tuple[str, int, int]:
        """Where `part` names a table that it leans on: in its SELECT, or at the column that refers to it."""
        if part.select and table in part.reads:
            text, path = self.tree.select_text(part.table)
            return path, *spot(text, table, part.table.domain)
        for name, column in part.declaration.columns.items():
            if column.refers and TableName.parse(column.refers.value[0]) == table:
                return self.tree.place(part.path, "columns", name, "refers")
        for place, rule in enumerate(part.rules):
            if table in suite.reads(rule, part.table):
                word = "bad_rows" if rule.bad_rows else rule.expectation
                return rule.origin.path, *self.tree.where(rule.origin.path, place, word)
        return part.path, 1, 1
