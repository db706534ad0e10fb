"""`lakemesh contract TABLE`: all that a table promises."""

import json as text
import sys

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, one, table
from lakemesh.cli.show.terminal import paint, width

BESIDE = 36
WIDE = 120
"""Columns where nobody looks."""


@click.command("contract", cls=Word)
@table
@click.option("--json", "json", is_flag=True, help="The whole contract as JSON.")
@located
def command(table: str | None, named: str | None, json: bool, root: str | None, lake: str | None) -> None:
    """Show all that a table promises, and where each line is from.

    A line is from the table's own file, from its product or domain, from platform/mesh.yaml, or from upstream.
    """
    from lakemesh.mesh.contract import as_json
    from lakemesh.mesh.explain import explain

    here = Here.at(root, lake)
    name = here.table(one(table, named, "table"))
    contract = here.mesh((name,)).contracts[name]
    if json:
        click.echo(text.dumps(as_json(contract), indent=2, ensure_ascii=False))
        return
    columns = width(sys.stdout) or WIDE
    told = ""
    for line in explain(contract):
        _, is_column, rest = line.word.partition("columns.")
        if not is_column:
            click.echo(_told(f"{line.word}: {line.value}", line.place, columns))
            continue
        column, _, word = rest.rpartition(".")
        if not told:
            click.echo("columns:")
        if column != told:
            click.echo(f"  {column}:")
            told = column
        click.echo(_told(f"    {word}: {line.value}", line.place, columns))


def _told(said: str, place: str, columns: int) -> str:
    """What is said, and beside it where; below it where there is no room beside."""
    origin = paint(f"# {place}", "dim", sys.stdout)
    beside = f"{said:{BESIDE}}  "
    if len(beside) + len(place) + 2 <= columns:
        return beside + origin
    return f"{said}\n        {origin}"
