"""`lakemesh why TABLE`: what the last verdict says, and what can be done."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, located, one, table
from lakemesh.cli.show.amounts import instant
from lakemesh.cli.show.records import records
from lakemesh.errors import Mistakes

if TYPE_CHECKING:
    from lakemesh.mesh.contract import Contract
    from lakemesh.quality.results.kept import Kept, Told

SHOWN = 5
"""Failing rows that are printed; the query returns them all."""


@click.command("why", cls=Word)
@table
@click.option("--json", "json", is_flag=True, help="What is not so, one rule a line, as JSON.")
@located
def command(table: str | None, named: str | None, json: bool, root: str | None, lake: str | None) -> None:
    """Explain what the last run found in a table, above all what stopped it.

    What is not so, how many rows, examples without anything personal, the query that returns all of them, who owns the
    table, and what the choices are.
    """
    from lakemesh.quality.results.kept import last

    here = Here.at(root, lake)
    name = here.table(one(table, named, "table"))
    contract = here.mesh((name,)).contracts[name]
    kept = last(here.lake.store, name)
    if kept is None:
        raise Mistakes.of(f"no run has looked at {name} yet", f"make run PRODUCT={contract.product}")
    if json:
        records(kept.broken, sys.stdout)
        return
    for line in lines(kept, contract):
        click.echo(line)


def lines(kept: "Kept", contract: "Contract") -> Iterator[str]:
    """The whole explanation."""
    from lakemesh.quality.results.score import scores

    yield f"{kept.table}: {kept.verdict}, by run {kept.run} ({instant(kept.at)} UTC)"
    for told in kept.broken:
        yield ""
        yield from _rule(kept, told)
    if not kept.broken:
        yield f"All {len(kept.rules)} rules hold."
    yield ""
    found = scores(kept)
    yield "score: " + ", ".join(f"{name} {100 * share:.1f} %" for name, share in found.items())
    people = [f"owner {contract.owner}"] if contract.owner else []
    people += [f"steward {contract.steward}"] if contract.steward else []
    yield ", ".join(people)
    if kept.verdict == "stopped":
        yield ""
        yield from choices(contract)


def _rule(kept: "Kept", told: "Told") -> Iterator[str]:
    from lakemesh.quality.verdict import failing

    rows = f": {failing(told.bad, told.of)}" if told.bad and (told.of or told.query) else ""
    seen = f": {told.observed}" if told.observed and not rows else ""
    yield f"[{told.otherwise}] {told.sentence.rstrip('.')}{rows or seen}"
    yield f"    # {told.origin}  {told.rule}"
    if told.why:
        yield f"    because: {told.why}"
    for example in told.examples[:SHOWN]:
        yield f"    {example}"
    if told.query:
        query = " ".join(told.query.replace("`", "").split())
        version = f" AS_OF={kept.snapshot}" if kept.verdict == "stopped" and "__quarantine" not in query else ""
        yield f'    make query SQL="{query}"{version}'


def choices(contract: "Contract") -> Iterator[str]:
    """What a person can do about a stop."""
    yield "Readers see the table as it was. The choices:"
    if contract.arrival is not None:
        yield f"  the source is wrong: have it send the file again, then make run PRODUCT={contract.product}"
    else:
        yield f"  the SELECT or what it reads is wrong: mend it, then make run PRODUCT={contract.product}"
    yield "  the rule is wrong: change the line named above, with a reason, in a pull request"
    yield "  some rows are wrong and the others are needed: say `else: quarantine` where each row is judged alone"
    yield "  it is worth knowing and no more: say `else: warn`"
