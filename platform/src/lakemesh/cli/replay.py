"""`lakemesh replay`: quarantined rows again, after a fix."""

import sys

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, product, shown, table
from lakemesh.cli.show.show import telling
from lakemesh.declare.names import TableName


@click.command("replay", cls=Word)
@table
@product
@shown
@located
def command(
    table: str | None,
    named: str | None,
    product: str | None,
    plain: bool,
    json: bool,
    root: str | None,
    lake: str | None,
) -> int:
    """Take quarantined rows again, after a fix.

    Of one table, or of every table of a product. Rows that still do not fit stay in quarantine.
    """
    said = table or named
    if bool(said) == bool(product):
        raise click.UsageError("Replay what? Say --table domain.table or --product domain/product.")
    from lakemesh.cli.running import code, show
    from lakemesh.steps.replay import replay

    here = Here.at(root, lake)
    name = here.product(product) if product else here.product_of(here.table(said or ""))
    tables = [here.table(said)] if said else [one for one in here.tree.tables(name) if _aside(here, one)]
    if not tables:
        click.echo(f"Nothing that arrived for {name} is in quarantine.", err=json)
    world = here.world((name,))
    with telling(sys.stdout, plain, json) as tell:
        runs = [replay(world, one, tell) for one in tables]
    if not json:
        show(runs)
    return code(runs)


def _aside(here: Here, table: TableName) -> bool:
    """Whether rows that arrived for this table wait in quarantine."""
    home, rows = here.tree.home(table), here.lake.head(table.quarantine)
    return home is not None and home.kind == "ingest" and rows is not None and here.lake.rows(rows) > 0
