"""Who reads what is going away is told so."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, table in view.inputs():
        if table.product == part.of or table.table not in part.reads:
            continue
        instead = f"ask {table.owner} what to read instead"
        if table.replaced_by:
            instead = f"read {_full(table.table.domain, table.replaced_by)} instead"
        if table.retires:
            gone = view.today is not None and table.retires < view.today.isoformat()
            what = f"{table.table} {'was to be gone after' if gone else 'will be gone after'} {table.retires}"
        elif table.status in ("deprecated", "retired"):
            what = f"{table.table} is of {table.product}, which is {table.status}"
        else:
            continue
        yield Mistake(*view.read_at(part, table.table), what, instead, "warning")


def _full(domain: str, table: str) -> str:
    return table if "." in table else f"{domain}.{table}"
