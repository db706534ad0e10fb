"""`lakemesh update`: what was made from templates follows them."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from lakemesh.cli.ends import DONE, MEND
from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, products
from lakemesh.cli.show.amounts import count
from lakemesh.cli.show.terminal import Colour, paint
from lakemesh.errors import Mistakes

if TYPE_CHECKING:
    from lakemesh.scaffold.keeping.update import Update


@click.command("update", cls=Word)
@products
@click.option("--all", "every", is_flag=True, help="Every domain and product that was made from a template.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--mended", "is_mended", is_flag=True, help="What an update marked is mended: record the version.")
@located
def command(
    products: tuple[str, ...],
    named: tuple[str, ...],
    every: bool,
    dry_run: bool,
    is_mended: bool,
    root: str | None,
    lake: str | None,
) -> int:
    """Bring what was made from a template up to it.

    What the template changed since is merged with what you changed. Lines that both changed are marked, as git marks
    them: mend those, say --mended, and commit.
    """
    from lakemesh.scaffold.keeping.update import Templates, mended, update, write

    here = Here.at(root, lake)
    said = [here.product(text) for text in (*products, *named)]
    if not said and not every:
        raise click.UsageError("Which product? Say --product domain/product, or --all.")
    folders = [f"domains/{name}" for name in said] or made_folders(here)
    templates = Templates(here.root)
    left = behind = 0
    try:
        for folder in folders:
            try:
                done = update(templates, folder)
                if done is None:
                    raise Mistakes.of(f"{folder} was not made from a template", "nothing is done with it")
                if is_mended:
                    mended(here.root, done)
                    click.echo(f"{folder}: mended, and as its template")
                    continue
                if done.behind and not dry_run:
                    write(here.root, done)
            except Mistakes as mistakes:
                left += 1
                click.echo(paint(str(mistakes), "red", sys.stderr), err=True)
                continue
            behind += done.behind
            left += bool(done.conflicts)
            told(done)
    finally:
        templates.close()
    if is_mended:
        return MEND if left else DONE
    verb = "would change" if dry_run else "updated"
    click.echo(
        f"{count(behind, 'folder')} {verb}, {count(len(folders) - behind, 'folder')} as its template, {left} to mend."
    )
    return MEND if left else DONE


def made_folders(here: Here) -> list[str]:
    """Every folder that keeps a lock: domains first, each with its products."""
    from lakemesh.scaffold.making.lock import NAME

    found = [*(here.root / "domains").glob(f"*/{NAME}"), *(here.root / "domains").glob(f"*/*/{NAME}")]
    return sorted(path.parent.relative_to(here.root).as_posix() for path in found)


def told(done: "Update") -> None:
    """A folder's update in lines, nothing where it is as its template."""
    if not done.behind:
        return
    spans = ", ".join(f"{name} {old} → {new}" for name, old, new in done.versions)
    click.echo(f"{done.folder}: {spans}")
    for name in done.migrations:
        click.echo(f"  migration {name}")
    for path, fate in _fates(done):
        colour: Colour = "red" if fate in ("conflict", "edited") else "green"
        click.echo(f"  {paint(fate, colour, sys.stdout)} {path}{_SAYS.get(fate, '')}")


_SAYS = {
    "conflict": ": both sides changed the same lines; mend what stands between <<<<<<< and >>>>>>>, then MENDED=1",
    "edited": ": its template owns it, and it was changed by hand; put it back, or take your change to the template",
    "stays": ": yours differs from what the template has now, and is left alone",
}


def _fates(done: "Update") -> Sequence[tuple[str, str]]:
    return [(one.path, str(one.fate)) for one in done.files]
