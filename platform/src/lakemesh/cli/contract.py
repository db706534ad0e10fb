"""`lakemesh contract TABLE`: all that a table promises."""

import json as text
import sys

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, one, table
from lakemesh.cli.show.cells import cut
from lakemesh.cli.show.terminal import paint, width


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
    wide = width(sys.stdout)
    for word, value, origin in explain(contract):
        click.echo(f"{word}: {value}")
        told = f"    {origin.path}:{origin.line} {origin.how}".rstrip()
        click.echo(paint(told if wide is None else cut(told, wide), "dim", sys.stdout))
