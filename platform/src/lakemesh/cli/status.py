"""`lakemesh status`: how every table is."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from lakemesh.cli.open import Here, now
from lakemesh.cli.options import Word, located, products
from lakemesh.cli.show.amounts import count, short
from lakemesh.cli.show.records import records
from lakemesh.cli.show.rows import table
from lakemesh.cli.show.terminal import width

if TYPE_CHECKING:
    from lakemesh.catalog.status import Row

FRESH = {"fresh": "yes", "late": "late", "never": "never"}


@click.command("status", cls=Word)
@products
@click.option("--json", "json", is_flag=True, help="One table a line, as JSON.")
@located
def command(products: tuple[str, ...], named: tuple[str, ...], json: bool, root: str | None, lake: str | None) -> None:
    """Show every table: rows, freshness, verdict, quarantine.

    `age` is the time since a table was last verified, or of its newest row; `within` what its product promises.
    """
    from lakemesh.catalog.status import status

    here = Here.at(root, lake)
    chosen = {str(here.product(text)) for text in (*products, *named)}
    tables = [name for product in chosen for name in here.tree.tables(here.product(product))] if chosen else None
    every = status(here.mesh(tables), here.lake, here.engine, now())
    rows = [row for row in every if not chosen or str(row.product) in chosen]
    if json:
        records(rows, sys.stdout)
        return
    for line in (*lines(rows, width(sys.stdout)), *held(rows)):
        click.echo(line)


def lines(rows: "Sequence[Row]", columns: int | None) -> Iterator[str]:
    """One line a table."""
    names = ("table", "rows", "age", "within", "fresh", "verdict", "quarantined")
    cells = [
        (
            str(row.table),
            f"{row.rows:,}",
            "-" if row.age is None else short(row.age),
            "-" if row.promise is None else short(row.promise),
            FRESH.get(row.fresh, "-"),
            row.verdict or "-",
            f"{row.quarantined:,}" if row.quarantined else "-",
        )
        for row in rows
    ]
    yield from table(names, cells, columns, right=("rows", "age", "within", "quarantined"), whole=("table",))


def held(rows: "Sequence[Row]") -> Iterator[str]:
    """Files that a rollback held, and how to take them again."""
    for row in rows:
        if row.held:
            are = "is" if row.held == 1 else "are"
            again = f"make run PRODUCT={row.product} HELD=1"
            yield f"{count(row.held, 'file')} of {row.table} {are} held; to take again: {again}"
