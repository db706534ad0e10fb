"""What another domain reads is shared with it by readers.yaml, up to the day that it says."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.access import standing
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, table in view.inputs():
        if table.product not in view.readers:
            continue
        readers, domain, name = view.readers[table.product], part.of.domain, table.table.table
        path = f"domains/{table.product}/readers.yaml"
        place = view.read_at(part, table.table)
        match standing(table, part.of, readers, view.today):
            case "unshared":
                lines = f"`{domain}: {{why: …, tables: {{{name}: all}}}}`"
                yield Mistake(*place, f"{table.table} is not shared with {domain}", f"have {path} say {lines}")
            case "unlisted":
                what = f"{table.table} is not among the tables that {table.product} shares with {domain}"
                yield Mistake(*place, what, f"have {path} say `{name}: all` below {domain}: tables:")
            case "past":
                until = readers[domain].until
                what = f"{domain} was allowed to read {table.table} until {until}"
                line = view.tree.where(path, domain, "until")[0]
                yield Mistake(*place, what, f"have {path}:{line} say a later day, or read something else")
            case _:
                pass
