"""`lakemesh rebuild TABLE`: a table again, from all that ever landed."""

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, one, shown, table


@click.command("rebuild", cls=Word)
@table
@shown
@located
def command(table: str | None, named: str | None, plain: bool, json: bool, root: str | None, lake: str | None) -> int:
    """Make a table again from all that ever landed.

    Readers see the old rows until the new ones are published, in one step.
    """
    from lakemesh.cli.running import carry_out
    from lakemesh.steps.world import Ask

    here = Here.at(root, lake)
    name = here.table(one(table, named, "table"))
    return carry_out(here, (here.product_of(name),), Ask(tables=(name,), rebuild=True), plain, json)
