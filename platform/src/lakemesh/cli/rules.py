"""`lakemesh rules TABLE`: all that must be true of a table."""

import sys

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, one, table
from lakemesh.cli.show.records import records
from lakemesh.cli.show.terminal import paint


@click.command("rules", cls=Word)
@table
@click.option("--json", "json", is_flag=True, help="One rule a line, as JSON.")
@located
def command(table: str | None, named: str | None, json: bool, root: str | None, lake: str | None) -> None:
    """Show all that must be true of a table, in sentences.

    With what happens where it is not, where that is written, and the query that returns the rows that break it.
    """
    from lakemesh.quality.listed import listed

    here = Here.at(root, lake)
    name = here.table(one(table, named, "table"))
    rules = listed(here.mesh((name,)).contracts[name])
    if json:
        records(rules, sys.stdout)
        return
    for rule in rules:
        click.echo(f"{rule.sentence}  {paint(f'else {rule.otherwise}', 'dim', sys.stdout)}")
        if rule.why:
            click.echo(f"    because: {rule.why}")
        click.echo(paint(f"    # {rule.origin}  {rule.rule}", "dim", sys.stdout))
        if rule.query:
            click.echo(paint(f"    {' '.join(rule.query.split())}", "dim", sys.stdout))
