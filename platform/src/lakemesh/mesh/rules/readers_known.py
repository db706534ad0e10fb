"""readers.yaml names domains, tables and columns that are there."""

from collections.abc import Iterator

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.readers import Show
from lakemesh.declare.words import near
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for product in view.products:
        try:
            readers, publishes = view.tree.readers(product), view.tree.product(product).publishes
        except Mistakes:
            continue
        path = f"domains/{product}/readers.yaml"
        for name, reader in readers.items():
            if name == product.domain:
                what = f"products of {name} read what {product} publishes without a line here"
                yield view.mistake(path, (name,), what, "take it out", "warning")
            elif name not in view.tree.domains():
                close = near(name, view.tree.domains())
                remedy = f'did you mean "{close}"?' if close else f"the domains are {', '.join(view.tree.domains())}"
                yield view.mistake(path, (name,), f'there is no domain "{name}"', remedy)
            for table, show in reader.tables.items() if reader.tables != "all" else ():
                yield from _table(view, product, (name, "tables", table), publishes, show)


def _table(
    view: View, product: ProductName, words: tuple[str, ...], publishes: tuple[str, ...], show: Show
) -> Iterator[Mistake]:
    path, table = f"domains/{product}/readers.yaml", words[-1]
    if table not in publishes:
        close = near(table, publishes)
        remedy = f'did you mean "{close}"?' if close else "add it to `publishes` in product.yaml, or take it out here"
        yield view.mistake(path, words, f'{product} does not publish "{table}"', remedy)
        return
    contract = view.contracts.get(TableName(product.domain, table))
    if contract is None:
        return
    for word, columns in (("show", show.show or ()), ("hide", show.hide)):
        for place, column in enumerate(columns):
            if column not in contract.types:
                close = near(column, contract.types)
                remedy = f'did you mean "{close}"?' if close else f"its columns are {', '.join(contract.types)}"
                yield view.mistake(path, (*words, word, place), f'{contract.table} has no column "{column}"', remedy)
