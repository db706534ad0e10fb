"""What the tree says of one table, before it is known what its inputs are; and all the tables that it leans on."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lakemesh.declare.domain import Domain
from lakemesh.declare.ingest import Ingest
from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.product import Product
from lakemesh.declare.transform import Transform
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh import suite
from lakemesh.mesh.contract import Rule
from lakemesh.sql.select import Select, read


@dataclass(frozen=True, slots=True)
class Part:
    """One table's own files, read: its contract, its SELECT, and what its product and domain say."""

    table: TableName
    path: str
    of: ProductName
    declaration: Ingest | Transform
    product: Product
    domain: Domain
    select: Select | None = None
    rules: tuple[Rule, ...] = ()

    @property
    def reads(self) -> tuple[TableName, ...]:
        return self.select.reads if self.select else ()

    @property
    def refers(self) -> tuple[TableName, ...]:
        """Tables that its columns refer to, and that its rules look at: inputs of the audit."""
        words = [column.refers for column in self.declaration.columns.values() if column.refers]
        ruled = [table for rule in self.rules for table in suite.reads(rule, self.table)]
        return tuple(dict.fromkeys((*(TableName.parse(word.value[0]) for word in words), *ruled)))

    @property
    def leans(self) -> tuple[TableName, ...]:
        return (*self.reads, *self.refers)


@dataclass(slots=True)
class Parts:
    """Tables by name. `broken` are there, but cannot be read; why stands in `mistakes`."""

    parts: dict[TableName, Part] = field(default_factory=dict)
    broken: set[TableName] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)


def gather(tree: Tree, tables: Iterable[TableName]) -> Parts:
    """These tables, and all that they read or refer to, over any number of steps. Nothing else is opened."""
    found = Parts()
    todo = list(tables)
    seen = set(todo)
    while todo:
        table = todo.pop()
        try:
            part = _part(tree, table)
        except Mistakes as wrong:
            found.broken.add(table)
            found.mistakes.extend(wrong.mistakes)
            continue
        if part is None:
            continue
        found.parts[table] = part
        fresh = [each for each in part.leans if each not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return found


def _part(tree: Tree, table: TableName) -> Part | None:
    home = tree.home(table)
    if home is None:
        return None
    # All of a table's files are read before any of them is given up, so that their mistakes are told together.
    wrong: list[Mistake] = []
    select = None
    try:
        if home.kind == "transform":
            select = read(*tree.select_text(table), table.domain, tree.functions(table.domain))
    except Mistakes as mistakes:
        wrong.extend(mistakes.mistakes)
    rules: tuple[Rule, ...] = ()
    try:
        rules = suite.rules(tree, table)
    except Mistakes as mistakes:
        wrong.extend(mistakes.mistakes)
    try:
        declaration = tree.table(table)
    except Mistakes as mistakes:
        raise Mistakes(*wrong, *mistakes.mistakes) from None
    if wrong:
        raise Mistakes(*wrong)
    product, domain = tree.product(home.product), tree.domain(table.domain)
    return Part(table, home.path, home.product, declaration, product, domain, select, rules)
