"""`lakemesh quality-docs`: the verdicts as pages of Great Expectations."""

import logging
import os
from contextlib import redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, products
from lakemesh.errors import Mistakes


@click.command("quality-docs", cls=Word)
@products
@located
def command(products: tuple[str, ...], named: tuple[str, ...], root: str | None, lake: str | None) -> None:
    """Make Great Expectations' pages of the verdicts that are kept.

    Its own program makes them, from the files that our runs left; nothing is sent to anyone.
    """
    from lakemesh.quality.results.kept import last
    from lakemesh.quality.results.pages import write

    if find_spec("great_expectations") is None:
        raise Mistakes.of("Great Expectations is not installed here", "make dev.ready installs it")
    here = Here.at(root, lake)
    chosen = [here.product(text) for text in (*products, *named)] or list(here.tree.products())
    tables = [table for product in chosen for table in here.tree.tables(product)]
    kept = [found for table in tables if (found := last(here.lake.store, table))]
    if not kept:
        raise Mistakes.of("no run has looked at any of these tables yet", "make run ALL=1")
    folder = Path(here.lake_root) / "_quality_docs"
    write(folder, kept)
    click.echo(str(_built(folder)))


def _built(folder: Path) -> Path:
    """The index page. What it would send home is switched off before it is imported."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    # It complains about what could not be asked, which stands on the page.
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    expectations = import_module("great_expectations")
    context = expectations.get_context(mode="file", project_root_dir=str(folder))
    with redirect_stdout(StringIO()):
        context.build_data_docs()
    return folder / "gx/uncommitted/data_docs/local_site/index.html"
