"""`lakemesh history TABLE`: what was published."""

import sys
from typing import TYPE_CHECKING

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, one, table
from lakemesh.cli.show.amounts import instant
from lakemesh.cli.show.records import records
from lakemesh.cli.show.rows import table as lines
from lakemesh.cli.show.terminal import width
from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes

if TYPE_CHECKING:
    from lakemesh.lake.publication import Published


@click.command("history", cls=Word)
@table
@click.option("--json", "json", is_flag=True, help="One publication a line, as JSON.")
@located
def command(table: str | None, named: str | None, json: bool, root: str | None, lake: str | None) -> None:
    """Show what was published, when, and by which run.

    Newest first. `lakemesh rollback TABLE --to SNAPSHOT` goes back to one of them.
    """
    name = TableName.parse(one(table, named, "table"))
    here = Here.at(root, lake)
    log = here.lake.log(name)
    if not log:
        raise Mistakes.of(f"nothing was published in {name} yet", _remedy(here, name))
    if json:
        records(log, sys.stdout)
        return
    rows = [(f"{one.snapshot}", instant(one.at), f"{one.rows:,}", _state(one), one.run) for one in log]
    names = ("snapshot", "published (UTC)", "rows", "", "run")
    for line in lines(names, rows, width(sys.stdout), right=("snapshot", "rows")):
        click.echo(line)


def _state(one: "Published") -> str:
    if one.current:
        return "current"
    if one.held:
        return "rolled back"
    return "created" if one.created else "-"


def _remedy(here: Here, name: TableName) -> str:
    """Whoever asks for a table that no product makes has misspelt it."""
    return f"make run PRODUCT={here.product_of(here.table(str(name)))}"
