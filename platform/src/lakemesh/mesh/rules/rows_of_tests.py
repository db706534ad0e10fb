"""Rows of a test are about a table, by the name of their file, and have its columns."""

import csv
from collections.abc import Iterator
from pathlib import Path

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.words import near
from lakemesh.errors import Mistake
from lakemesh.mesh import places
from lakemesh.mesh.view import View

_KINDS = ("given", "before", "expect")
_BESIDE = "__quarantine"


def check(view: View) -> Iterator[Mistake]:
    for product in view.products:
        for test in _folders(view.tree.root / places.home(product) / "tests"):
            for kind in _KINDS:
                for file in sorted((test / kind).glob("[!.]*")):
                    yield from _file(view, product, kind, file)


def _folders(place: Path) -> list[Path]:
    return sorted(each for each in place.iterdir() if each.is_dir()) if place.is_dir() else []


def _file(view: View, product: ProductName, kind: str, file: Path) -> Iterator[Mistake]:
    path = file.relative_to(view.tree.root).as_posix()
    domain, _, rest = file.name.partition(".")
    name, _, ending = rest.partition(".")
    table = TableName(domain, name.removesuffix(_BESIDE))
    if not ending:
        guess = f", such as {product.domain}.{domain}.{rest}" if rest and "." not in rest else ""
        yield Mistake(path, 0, 0, "no table has this name", f"call it <domain>.<table>.csv{guess}")
    elif not view.there(table):
        close = near(str(table), [str(each) for each in view.parts])
        remedy = f"did you mean {close}?" if close else "call it <domain>.<table>.csv"
        yield Mistake(path, 0, 0, f"there is no table {table}", remedy)
    elif table in view.contracts and not name.endswith(_BESIDE):
        contract = view.contracts[table]
        lands = contract.product == product and contract.arrival is not None and contract.arrival.by != "seed"
        if kind == "expect" and contract.product != product:
            what = f"{table} is made by {contract.product}, and this is a test of {product}"
            yield Mistake(path, 0, 0, what, f"expect rows of what {product} makes")
        elif ending == "csv" and not (kind == "given" and lands):
            for column in _header(file):
                if column not in contract.types:
                    close = near(column, contract.types)
                    remedy = f"did you mean {close}?" if close else f"its columns are {', '.join(contract.types)}"
                    yield Mistake(path, 1, 0, f"{table} has no column {column}", remedy)


def _header(file: Path) -> list[str]:
    """The names of the first line; none where it cannot be read, which the test itself tells."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return [name.strip() for name in next(csv.reader(lines), ())]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []
