"""`lakemesh rollback TABLE --to …`: what readers saw before."""

import sys
from datetime import datetime

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import TimeOrSnapshot, Word, located, one, shown, table
from lakemesh.cli.show.amounts import rows
from lakemesh.cli.show.show import telling


@click.command("rollback", cls=Word)
@table
@click.option("--to", required=True, type=TimeOrSnapshot(), help="The snapshot, or a time: what readers saw then.")
@shown
@located
def command(
    table: str | None,
    named: str | None,
    to: datetime | int,
    plain: bool,
    json: bool,
    root: str | None,
    lake: str | None,
) -> None:
    """Put a table back to what it was; later files are held.

    Held files are not loaded again until they are released: `lakemesh run PRODUCT --held`.
    """
    from lakemesh.steps.rollback import rollback

    here = Here.at(root, lake)
    name = here.table(one(table, named, "table"))
    product = here.product_of(name)
    with telling(sys.stderr, plain, json) as tell, here.held(product, "rollback", tell):
        then = rollback(here.lake, name, to)
        now = here.lake.head(name)
    count = here.lake.rows(now) if now else 0
    held = len(here.lake.ledger(now).held) if now else 0
    click.echo(f"{name} is back at snapshot {then.id}: {rows(count)}.")
    if held:
        files = "1 file that came later is held" if held == 1 else f"{held:,} files that came later are held"
        click.echo(f"{files}; to take them again: make run PRODUCT={product} HELD=1")
