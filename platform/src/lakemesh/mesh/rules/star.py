"""A published table names its columns: what its inputs gain must not become a promise by itself."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.view import View
from lakemesh.sql.columns import has_star, yields


def check(view: View) -> Iterator[Mistake]:
    for part in view.judged():
        if not part.select or part.table.table not in part.product.publishes:
            continue
        made = view.made.get(part.table)
        if made.star if made else has_star(part.select):
            line, column = yields(part.select).get("*", (1, 1))
            what = f"{part.table} is published, and selects *"
            yield Mistake(part.select.path, line, column, what, "name the columns that readers are promised")
