"""`lakemesh test`: rows in, rows out, for products."""

import sys
from typing import TYPE_CHECKING

import click

from lakemesh.cli.ends import DONE, MEND
from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, products
from lakemesh.cli.show.amounts import seconds
from lakemesh.cli.show.records import records
from lakemesh.cli.show.terminal import paint, width

if TYPE_CHECKING:
    from lakemesh.steps.case import Case


@click.command("test", cls=Word)
@products
@click.option("--json", "json", is_flag=True, help="One test a line, as JSON.")
@located
def command(products: tuple[str, ...], named: tuple[str, ...], json: bool, root: str | None, lake: str | None) -> int:
    """Run the tests of products: rows in, rows out.

    A test is a folder below the product's tests/, named after what it claims. Rows that differ are shown side by side.
    """
    from lakemesh.steps.test import test

    here = Here.at(root, lake)
    chosen = [here.product(text) for text in (*products, *named)] or here.tree.products()
    failed = passed = 0
    without = []
    for product in chosen:
        cases = test(here.tree, product, here.scratch_world, lambda event: None)
        if not cases:
            without.append(str(product))
        for case in cases:
            passed += case.passed
            failed += not case.passed
            records([case], sys.stdout) if json else _show(case)
    if not json:
        for product_name in without:
            click.echo(f"{product_name} has no test: put one in domains/{product_name}/tests/")
        click.echo(f"{passed} passed, {failed} failed")
    return MEND if failed or without else DONE


def _show(case: "Case") -> None:
    mark = paint("✓", "green", sys.stdout) if case.passed else paint("✗", "red", sys.stdout)
    click.echo(f"{mark} {case.product}: {case.name.replace('_', ' ')} ({seconds(case.seconds)})")
    if case.passed:
        return
    from lakemesh.cli.show.differences import side_by_side

    for line in case.error.splitlines():
        click.echo(f"  {line}")
    for line in side_by_side(case.differences, width(sys.stdout)):
        click.echo(f"  {line}" if line else "")
