"""What other products read is published: the rest is private to its product."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.access import standing
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, table in view.inputs():
        if standing(table, part.of, {}) == "unpublished":
            what = f"{table.table} is private to {table.product}"
            path = f"domains/{table.product}/product.yaml"
            names = ", ".join((*view.parts[table.table].product.publishes, table.table.table))
            remedy = f"read a table that it publishes, or have {path} say `publishes: [{names}]`"
            yield Mistake(*view.read_at(part, table.table), what, remedy)
