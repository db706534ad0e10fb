"""The table that takes another's place is there."""

from collections.abc import Iterator

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistake
from lakemesh.mesh.rules.unknown_input import remedy
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part in view.judged():
        named = part.declaration.replaced_by
        if not named or named.count(".") > 1:
            continue
        table = TableName.parse(named if "." in named else f"{part.table.domain}.{named}")
        if table == part.table:
            yield view.mistake(
                part.path, ("replaced_by",), f"{table} cannot take its own place", "name the table beside it"
            )
        elif not view.there(table):
            yield view.mistake(part.path, ("replaced_by",), f"there is no table {table}", remedy(view, table))
