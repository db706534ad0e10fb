"""`lakemesh templates-status`: which templates there are, and what an update would do to each product."""

import sys

import click

from lakemesh.cli.ends import DONE
from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located
from lakemesh.cli.show.rows import table
from lakemesh.cli.show.terminal import width
from lakemesh.cli.update import made_folders
from lakemesh.errors import Mistakes


@click.command("templates-status", cls=Word)
@located
def command(root: str | None, lake: str | None) -> int:
    """Show what is behind its template, and what an update would do.

    Templates are read as they lie there, so a change that is not committed yet is previewed for every product.
    """
    from lakemesh.scaffold.keeping.update import Templates, update

    here = Here.at(root, lake)
    templates = Templates(here.root)
    rows, as_it_is = [], 0
    try:
        for folder in made_folders(here):
            try:
                done = update(templates, folder)
            except Mistakes as mistakes:
                rows.append((folder, "", "fails", mistakes.mistakes[0].what))
                continue
            if done is None or not done.behind:
                as_it_is += 1
                continue
            spans = ", ".join(f"{name} {old} → {new}" for name, old, new in done.versions)
            what = (
                "conflict" if done.conflicts else "migration" if done.migrations else "clean" if done.files else "same"
            )
            changed = ", ".join(done.conflicts or [one.path for one in done.files if one.fate != "stays"])
            rows.append((folder.removeprefix("domains/"), spans, what, changed))
    finally:
        templates.close()
    if rows:
        for line in table(("folder", "template", "update", "files"), rows, width(sys.stdout)):
            click.echo(line)
    click.echo(f"{as_it_is} as their templates, {len(rows)} behind.")
    return DONE
