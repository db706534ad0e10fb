"""`lakemesh docs`: the pages that the program writes about itself."""

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located


@click.command("docs", cls=Word)
@located
def command(root: str | None, lake: str | None) -> None:
    """Write the reference pages and the schemas for editors.

    And CODEOWNERS. Says which files changed.
    """
    from lakemesh.cli.app import lakemesh
    from lakemesh.scaffold.reference import pages, write

    here = Here.at(root, lake)
    changed = write(here.root, pages(here.root, lakemesh))
    for path in changed:
        click.echo(path)
    if not changed:
        click.echo("All generated pages are fresh.")
