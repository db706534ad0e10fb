"""`lakemesh run PRODUCT`: from landing files to published tables."""

from datetime import datetime

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Instant, Word, engine, located, products, shown


@click.command("run", cls=Word)
@products
@click.option("--all", "every", is_flag=True, help="Every product, in the order of what reads what.")
@click.option("--table", "tables", metavar="DOMAIN.TABLE", multiple=True, help="Only this table; may be repeated.")
@click.option("--since", type=Instant(), help="Window tables: from this time.")
@click.option("--until", type=Instant(), help="Window tables: up to this time.")
@click.option("--now", type=Instant(), help="What :now means; else the clock.")
@click.option("--strict", is_flag=True, help="Stop where an upstream failed, rather than read what it last published.")
@click.option("--held", is_flag=True, help="Take files again that a rollback held.")
@click.option("--replace-file", is_flag=True, help="Take a file again whose content changed: its rows go first.")
@click.option("--sample", is_flag=True, help="On the product's sample files, in a scratch lake.")
@engine
@shown
@located
def command(
    products: tuple[str, ...],
    named: tuple[str, ...],
    every: bool,
    tables: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    now: datetime | None,
    strict: bool,
    held: bool,
    replace_file: bool,
    sample: bool,
    engine: str | None,
    plain: bool,
    json: bool,
    root: str | None,
    lake: str | None,
) -> int:
    """Run products: from landing files to published tables.

    Takes what arrived since the last run, checks it against its contract, and publishes it. Rows that do not fit go to
    quarantine; data that must not be published stops with exit code 3 and leaves what readers see as it was.
    """
    said = tuple(dict.fromkeys((*products, *named)))
    if every and (said or tables):
        raise click.UsageError("Either --all or what to run, not both.")
    if not (every or said or tables):
        raise click.UsageError("Which product? Say domain/product, or --all.")
    from lakemesh.cli.running import carry_out
    from lakemesh.steps.world import Ask

    here = Here.at(root, lake, engine)
    only = tuple(here.table(text) for text in tables)
    chosen = here.tree.products() if every else (*map(here.product, said), *map(here.product_of, only))
    ask = Ask(since, until, now, strict, replace_file, held, only or None)
    return carry_out(here, tuple(dict.fromkeys(chosen)), ask, plain, json, sample)
