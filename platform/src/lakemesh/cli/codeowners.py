"""`lakemesh codeowners`: who reviews what."""

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located


@click.command("codeowners", cls=Word)
@click.option("--write", is_flag=True, help="Write it to CODEOWNERS instead of showing it.")
@located
def command(write: bool, root: str | None, lake: str | None) -> None:
    """Show who reviews what, from the teams of the domains."""
    from lakemesh.scaffold.codeowners import PATH, codeowners

    here = Here.at(root, lake)
    text = codeowners(here.tree)
    if write:
        (here.root / PATH).write_text(text, encoding="utf-8")
        click.echo(f"{PATH} is written.")
    else:
        click.echo(text, nl=False)
