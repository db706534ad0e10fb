"""A SELECT reads only tables that are there."""

from collections.abc import Iterator

from lakemesh.declare.names import TableName
from lakemesh.declare.words import near
from lakemesh.errors import Mistake
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part in view.judged():
        for table in part.reads:
            if not view.there(table):
                yield Mistake(*view.read_at(part, table), f"there is no table {table}", remedy(view, table))


def remedy(view: View, table: TableName) -> str:
    """Which table was meant, as far as that can be guessed."""
    for ending in ("__quarantine", "__deletes", "__landed"):
        if table.table.endswith(ending):
            return "rows in quarantine are for people, not for SELECTs: look at them with make query"
    known = {str(each) for product in view.tree.products() for each in view.tree.tables(product)}
    elsewhere = sorted(name for name in known if name.partition(".")[2] == table.table)
    if elsewhere:
        return f"did you mean {' or '.join(elsewhere)}?"
    if close := near(str(table), known):
        return f"did you mean {close}?"
    if table.domain not in view.tree.domains():
        close = near(table.domain, view.tree.domains())
        return f"there is no domain {table.domain}" + (f"; did you mean {close}?" if close else "")
    return f"a table is a file of its name in ingest/ or transform/ of a product in domains/{table.domain}/"
