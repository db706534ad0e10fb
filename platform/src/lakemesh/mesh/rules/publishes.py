"""A product publishes its own tables."""

from collections.abc import Iterator

from lakemesh.declare.names import TableName
from lakemesh.declare.words import near
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for product in view.products:
        try:
            names = view.tree.product(product).publishes
        except Mistakes:
            continue
        own = {table.table for table in view.tree.tables(product)}
        for place, name in enumerate(names):
            if name in own:
                continue
            other = [home for home in view.tree.homes(TableName(product.domain, name)) if home.product != product]
            if "." in name and name.partition(".")[2] in own:
                remedy = f"write {name.partition('.')[2]}: the domain is known"
            elif other:
                remedy = f"{product.domain}.{name} is of {other[0].product}, which alone can publish it"
            elif close := near(name, own):
                remedy = f'did you mean "{close}"?'
            else:
                remedy = f"its tables are {', '.join(sorted(own))}" if own else "it has no tables yet"
            path = f"domains/{product}/product.yaml"
            yield view.mistake(path, ("publishes", place), f'{product} has no table "{name}" to publish', remedy)
