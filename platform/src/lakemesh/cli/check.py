"""`lakemesh check`: every mistake in the declarations, in one go."""

import sys
from typing import TYPE_CHECKING

import click

from lakemesh.cli.ends import DONE, MEND
from lakemesh.cli.open import Here, describe, now
from lakemesh.cli.options import Word, located
from lakemesh.cli.show.amounts import count
from lakemesh.cli.show.records import records
from lakemesh.cli.show.terminal import paint

if TYPE_CHECKING:
    from lakemesh.mesh.checked import Verdict


@click.command("check", cls=Word)
@click.option("--json", "json", is_flag=True, help="One mistake a line, as JSON.")
@located
def command(json: bool, root: str | None, lake: str | None) -> int:
    """Find every mistake in the declarations.

    Reads the whole tree, opens no lake. Warnings are told and do not fail it. Where nothing has changed since a check,
    what it said is said again: .cache/check keeps it.
    """
    from lakemesh.mesh.checked import kept

    here = Here.at(root, lake)
    verdict = kept(here.root / ".cache" / "check", here.root, now().date(), lambda: _checked(here))
    mistakes = verdict.mistakes
    if json:
        records(mistakes, sys.stdout)
    else:
        for mistake in mistakes:
            click.echo(paint(str(mistake), "red" if mistake.severity == "error" else "yellow", sys.stdout))
        errors = sum(mistake.severity == "error" for mistake in mistakes)
        warnings = len(mistakes) - errors
        told = [count(errors, "error") if errors else "no errors", *([count(warnings, "warning")] if warnings else [])]
        click.echo(f"{count(verdict.products, 'product')} checked: {', '.join(told)}.")
    return MEND if any(mistake.severity == "error" for mistake in mistakes) else DONE


def _checked(here: Here) -> "Verdict":
    from lakemesh.engine.portable import check as portable
    from lakemesh.mesh.check import check
    from lakemesh.mesh.checked import Verdict

    mistakes = check(here.tree, describe, portable, now().date())
    return Verdict(len(here.tree.products()), mistakes)
