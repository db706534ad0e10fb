"""`lakemesh backfill PRODUCT --since … --until …`: a span of window tables again."""

from datetime import datetime

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Instant, Word, located, one, product, shown
from lakemesh.errors import Mistakes


@click.command("backfill", cls=Word)
@click.argument("placed", required=False, metavar="[PRODUCT]")
@product
@click.option("--since", required=True, type=Instant(), help="From this time.")
@click.option("--until", required=True, type=Instant(), help="Up to this time, which is not in it.")
@shown
@located
def command(
    placed: str | None,
    product: str | None,
    since: datetime,
    until: datetime,
    plain: bool,
    json: bool,
    root: str | None,
    lake: str | None,
) -> int:
    """Make a span of a product's window tables again.

    What lies in the span is replaced, in one publish a table. Tables that read them follow with the next run.
    """
    if since >= until:
        raise click.UsageError(f"--since {since:%Y-%m-%dT%H:%M} is not before --until {until:%Y-%m-%dT%H:%M}.")
    from lakemesh.cli.running import carry_out
    from lakemesh.steps.world import Ask

    here = Here.at(root, lake)
    name = here.product(one(placed, product, "product"))
    windows = tuple(table for table in here.tree.tables(name) if here.tree.table(table).write == "window")
    if not windows:
        raise Mistakes.of(
            f"no table of {name} is made by spans of time", "make a whole table again: make rebuild TABLE=…"
        )
    return carry_out(here, (name,), Ask(since=since, until=until, tables=windows), plain, json)
