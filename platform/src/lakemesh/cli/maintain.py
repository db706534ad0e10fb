"""`lakemesh maintain [TABLE]`: small files joined, old versions and lost files taken away."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, shown, table
from lakemesh.cli.show.amounts import size
from lakemesh.cli.show.rows import table as lines
from lakemesh.cli.show.show import telling
from lakemesh.cli.show.terminal import width

if TYPE_CHECKING:
    from lakemesh.steps.maintain import Kept


@click.command("maintain", cls=Word)
@table
@click.option("--dry-run", is_flag=True, help="Say what would go and how many bytes; touch nothing.")
@shown
@located
def command(
    table: str | None, named: str | None, dry_run: bool, plain: bool, json: bool, root: str | None, lake: str | None
) -> None:
    """Join small files, and take away old versions and what nobody reaches.

    How long old versions can be read, and how many small files a partition may have, is said in platform/mesh.yaml.
    What readers saw within that time stays, and so does what a tag, a branch or another table needs. A run does this by
    itself when it is time.
    """
    from lakemesh.steps.maintain import maintain

    here = Here.at(root, lake)
    said = table or named
    tables = None if not said else {here.table(said)}
    products = here.tree.products() if tables is None else [here.product_of(name) for name in tables]
    with telling(sys.stderr, plain, json) as tell:
        done = maintain(here.world(products), tables, dry_run, tell)
    for line in told(done, dry_run, width(sys.stdout)):
        click.echo(line)


def told(done: "Sequence[Kept]", dry: bool, columns: int | None) -> Iterator[str]:
    """A line for each table of which something goes, and the sum."""
    rows = [kept for kept in done if kept.files or kept.snapshots or kept.joined.before]
    if not rows:
        yield "All in good order: nothing to do."
        return
    cells = [
        (
            kept.table,
            f"{kept.joined.before:,} -> {kept.joined.after:,}" if kept.joined.before else "-",
            f"{kept.snapshots:,}" if kept.snapshots else "-",
            f"{kept.files:,}" if kept.files else "-",
            size(kept.bytes) if kept.bytes else "-",
        )
        for kept in rows
    ]
    names = ("table", "small files", "versions", "files", "bytes")
    yield from lines(names, cells, columns, right=names[1:], whole=("table",))
    total = size(sum(kept.bytes for kept in rows))
    yield f"{total} would go; nothing was touched." if dry else f"{total} went."
