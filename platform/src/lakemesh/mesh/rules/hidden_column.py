"""A SELECT names only columns that its product sees."""

from collections.abc import Iterator, Mapping

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.access import PRIVATE, sees, standing
from lakemesh.mesh.contract import Column, Contract
from lakemesh.mesh.parts import Part
from lakemesh.mesh.view import View
from lakemesh.sql.lineage import lineage
from lakemesh.sql.select import Select


def check(view: View) -> Iterator[Mistake]:
    yield from _referred(view)
    for part, _ in view.selects():
        assert part.select is not None
        whole = {table: view.contracts[table].types for table in part.reads}
        hidden = [(view.contracts[table], column) for table in part.reads for column in _hidden(view, part, table)]
        seen = {
            table: {
                name: type
                for name, type in columns.items()
                if (table, name) not in {(c.table, h.name) for c, h in hidden}
            }
            for table, columns in whole.items()
        }
        if not hidden or _place(part.select, seen) is None:
            continue
        for contract, column in hidden:
            without = {name: type for name, type in whole[contract.table].items() if name != column.name}
            place = _place(part.select, {**whole, contract.table: without})
            if place:
                yield Mistake(part.select.path, *place, *_told(part, contract, column))


def _referred(view: View) -> Iterator[Mistake]:
    """The audit looks a column up by which others refer to it."""
    for part in view.judged():
        for name, said in part.declaration.columns.items():
            if not said.refers or (table := TableName.parse(said.refers.value[0])) not in view.contracts:
                continue
            for column in _hidden(view, part, table):
                if column.name == said.refers.value[1]:
                    what, remedy = _told(part, view.contracts[table], column)
                    yield view.mistake(part.path, ("columns", name, "refers"), what, remedy)


def _hidden(view: View, part: Part, table: TableName) -> list[Column]:
    """The columns that are not seen, of a table that may be read."""
    contract = view.contracts[table]
    same = contract.product.domain == part.of.domain
    if not same and contract.product not in view.readers:
        return []
    readers = {} if same else view.readers[contract.product]
    if standing(contract, part.of, readers) != "may":
        return []
    return [column for column in contract.columns if not sees(contract, column, part.of, readers)]


def _place(select: Select, inputs: Mapping[TableName, Columns]) -> tuple[int, int] | None:
    """Where the SELECT names a column that these inputs do not have."""
    try:
        lineage(select, inputs)
    except Mistakes as wrong:
        return wrong.mistakes[0].line, wrong.mistakes[0].column
    return None


def _told(part: Part, contract: Contract, column: Column) -> tuple[str, str]:
    path, domain, table = f"domains/{contract.product}/readers.yaml", part.of.domain, contract.table.table
    if column.classification in PRIVATE:
        what = f"{contract.table}.{column.name} is {column.classification}, and not shown to {domain}"
        return what, f"have {path} say `{table}: {{show: [{column.name}]}}` below {domain}: tables:, or do without it"
    return (
        f"{contract.table}.{column.name} is hidden from {domain}",
        f"see `hide` below {domain}: in {path}, or do without it",
    )
