"""`lakemesh functions`: which functions mean the same on both engines."""

import sys
import textwrap

import click

from lakemesh.cli.options import Word
from lakemesh.cli.show.terminal import paint, width
from lakemesh.errors import Mistakes

SHOWN = 3
"""Statements that are shown of a function."""


@click.command("functions", cls=Word)
@click.option("--name", metavar="FUNCTION", help="One function: how it stands, and statements that prove it.")
def command(name: str | None) -> None:
    """Show which functions of Spark SQL are proved on both engines.

    And of those that are not, why, and what to use.
    """
    from lakemesh.engine.proved import SAYS, known
    from lakemesh.engine.spark_functions import unknown

    every = known()
    columns = min(width(sys.stdout) or 100, 120)
    if name:
        wanted = name.lower().removesuffix("()")
        if told := unknown(wanted):
            raise Mistakes.of(*told)
        one = next(each for each in every if each.name == wanted)
        click.echo(f"{one.name}() is proved" if one.standing == "proved" else f"{one.name}(): {one.standing}")
        for line in filter(None, (one.about, one.why, one.remedy and f"→ {one.remedy}")):
            click.echo(textwrap.fill(line, columns, initial_indent="  ", subsequent_indent="  "))
        for case in one.cases[:SHOWN]:
            click.echo(paint(f"  {case}", "dim", sys.stdout))
        return
    for standing, says in SAYS.items():
        those = [one for one in every if one.standing == standing]
        click.echo(textwrap.fill(f"{len(those)} {says}:", columns))
        if standing == "proved":
            listed = " ".join(one.name for one in those)
            click.echo(
                textwrap.fill(listed, columns, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
            )
        else:
            for one in those:
                click.echo(f"  {one.name}: {'; '.join(filter(None, (one.why, one.remedy)))}")
        click.echo()
