"""`lakemesh status`: how every table is."""

import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from lakemesh.cli.open import Here, now
from lakemesh.cli.options import Word, located, products
from lakemesh.cli.show.amounts import span
from lakemesh.cli.show.records import records
from lakemesh.cli.show.rows import table
from lakemesh.cli.show.terminal import width

if TYPE_CHECKING:
    from lakemesh.catalog.status import Row


@click.command("status", cls=Word)
@products
@click.option("--json", "json", is_flag=True, help="One table a line, as JSON.")
@located
def command(products: tuple[str, ...], named: tuple[str, ...], json: bool, root: str | None, lake: str | None) -> None:
    """Show every table: rows, freshness, verdict, quarantine.

    `fresh` compares the age of what is published with what the product promises.
    """
    from lakemesh.catalog.status import status

    here = Here.at(root, lake)
    chosen = [here.product(text) for text in (*products, *named)]
    names = {str(product) for product in chosen}
    tables = [name for product in chosen for name in here.tree.tables(product)] if chosen else None
    rows = [
        row for row in status(here.mesh(tables), here.lake, here.engine, now()) if not chosen or row.product in names
    ]
    if json:
        records(rows, sys.stdout)
        return
    for line in lines(rows, width(sys.stdout)):
        click.echo(line)


def lines(rows: "Sequence[Row]", columns: int | None) -> Iterator[str]:
    """One line a table; columns of counts that are zero everywhere are left out."""
    names = ["table", "rows", "age", "fresh", "verdict"]
    cells: list[list[object]] = [
        [row.table, f"{row.rows:,}", _age(row.age), _fresh(row), row.verdict or "-"] for row in rows
    ]
    for name in ("quarantined", "held"):
        counts = [getattr(row, name) for row in rows]
        if any(counts):
            names.append(name)
            for line, count in zip(cells, counts, strict=True):
                line.append(f"{count:,}" if count else "-")
    yield from table(names, cells, columns, right=("rows", "age", "quarantined", "held"))


def _age(age: timedelta | None) -> str:
    return "never" if age is None else span(age)


def _fresh(row: "Row") -> str:
    if not row.fresh:
        return "-"
    return f"{row.fresh} ({span(row.promise)})" if row.promise else row.fresh
