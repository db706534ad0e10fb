"""`lakemesh tag TABLE --name …`: a state of a table that is kept for good."""

import sys
from datetime import datetime

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import TimeOrSnapshot, Word, located, one, table
from lakemesh.cli.show.amounts import instant, rows
from lakemesh.cli.show.records import records
from lakemesh.cli.show.rows import table as lines
from lakemesh.cli.show.terminal import width


@click.command("tag", cls=Word)
@table
@click.option("--name", metavar="NAME", help="What to call it, such as year_end_2026.")
@click.option("--as-of", type=TimeOrSnapshot(), help="Keep what readers saw then, and not what they see now.")
@click.option("--delete", is_flag=True, help="Let go of it: the version then goes when it is old enough.")
@click.option("--json", "json", is_flag=True, help="One tag a line, as JSON.")
@located
def command(
    table: str | None,
    named: str | None,
    name: str | None,
    as_of: datetime | int | None,
    delete: bool,
    json: bool,
    root: str | None,
    lake: str | None,
) -> None:
    """Keep a version of a table for good, under a name.

    What a model was trained on, a month's end: `lakemesh maintain` leaves it where it is, and queries read it by its
    snapshot. Without a name, the tags of the table are listed.
    """
    if name is None and (delete or as_of is not None):
        raise click.UsageError("Which tag? Say --name NAME.")
    if delete and as_of is not None:
        raise click.UsageError("A tag is deleted by its name alone: leave out --as-of.")
    here = Here.at(root, lake)
    of = here.table(one(table, named, "table"))
    from lakemesh.lake.tags import tag, tags, untag

    if name is None:
        found = tags(here.lake, of) if here.lake.head(of) else []
        if json:
            records(found, sys.stdout)
            return
        cells = [(each.name, str(each.snapshot), instant(each.at), f"{each.rows:,}") for each in found]
        for line in lines(("tag", "snapshot", "published (UTC)", "rows"), cells, width(sys.stdout), right=("rows",)):
            click.echo(line)
        return
    done = untag(here.lake, of, name) if delete else tag(here.lake, of, name, as_of)
    if json:
        records([done], sys.stdout)
    elif delete:
        click.echo(f"{name} keeps nothing any more: snapshot {done.snapshot} of {of} goes when it is old enough.")
    else:
        click.echo(
            f"{name} keeps snapshot {done.snapshot} of {of}: {rows(done.rows)}, as published {instant(done.at)}."
        )
        click.echo(f'To read it: make query AS_OF={done.snapshot} SQL="select * from {of}"')
