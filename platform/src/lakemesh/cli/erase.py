"""`lakemesh erase TABLE --where … --why …`: a person's rows, gone."""

import getpass
import sys

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, one, shown, table
from lakemesh.cli.show.amounts import count, rows
from lakemesh.cli.show.show import telling


@click.command("erase", cls=Word)
@table
@click.option("--where", metavar="CONDITION", help="Which rows, in Spark SQL: \"email = 'a@example.org'\".")
@click.option("--why", metavar="TEXT", help="Who asked for it, and why; kept with the record.")
@shown
@located
def command(
    table: str | None,
    named: str | None,
    where: str | None,
    why: str | None,
    plain: bool,
    json: bool,
    root: str | None,
    lake: str | None,
) -> None:
    """Remove a person's rows from a table, its quarantine and every older version.

    Older versions of the table can no longer be read afterwards, tags included. Keys in the table of deletes stay, as
    they keep what is late from coming back. Files that landed are not touched; those that still name the person are
    listed. What the record keeps: who, why, when, how many rows, and a hash of the condition.
    """
    if not (where and why):
        raise click.UsageError('Which rows, and why? Say --where "email = \'…\'" and --why "…".')
    from lakemesh.steps.erase import erase

    here = Here.at(root, lake)
    name = here.table(one(table, named, "table"))
    with telling(sys.stderr, plain, json) as tell:
        done = erase(here.world(here.tree.products()), name, where, why, getpass.getuser(), tell)
    click.echo(f"{rows(done.rows)} left {name}, and {rows(done.set_aside)} its quarantine.")
    click.echo(f"{count(done.versions, 'older version')} and {count(done.files, 'file')} are gone from the disk.")
    if done.unjudged:
        click.echo(
            f"{rows(done.unjudged)} of the quarantine could not be judged, as what they lack is what you asked by: "
            f'make query SQL="select * from {name}__quarantine"'
        )
    searched = f"{count(done.searched, 'file')} of the lake searched"
    if not done.holding:
        click.echo(f"{searched}: the texts of the condition stand in none of them.")
    else:
        click.echo(f"{searched}: texts of the condition still stand in {count(len(done.holding), 'file')}:")
        for path in done.holding:
            click.echo(f"  {path}")
    if done.readers:
        click.echo(
            f"Made from {name}: {', '.join(done.readers)}. Run them (make run ALL=1), and erase there what they copied."
        )
    click.echo(f"Recorded in {done.record}.")
