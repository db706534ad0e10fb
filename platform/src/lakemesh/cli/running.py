"""Carries out runs, shows them, and says how they ended."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from lakemesh.cli.ends import DONE, MEND, STOPPED
from lakemesh.cli.open import Here
from lakemesh.cli.sample import scratch
from lakemesh.cli.show.runs import next_steps, summary
from lakemesh.cli.show.show import telling
from lakemesh.cli.show.terminal import watched, width
from lakemesh.declare.names import ProductName
from lakemesh.events import Noted
from lakemesh.lake.runs import Run
from lakemesh.steps.maintain import after
from lakemesh.steps.run import run_all
from lakemesh.steps.sample import land_samples
from lakemesh.steps.world import Ask


def carry_out(
    here: Here, products: Sequence[ProductName], ask: Ask, plain: bool, json: bool, sample: bool = False
) -> int:
    """Runs products in order, and shows it as asked; the exit code."""
    if sample:
        here = scratch(here)
    world = here.world(products)
    if sample:
        # What the products read has to be there too, from samples as well.
        land_samples(world)
        products = [contract.product for contract in world.mesh.contracts.values()]
    # What a program reads of a run is how it ended; a person sees both.
    stream = sys.stdout if json or plain or watched(sys.stdout) else sys.stderr
    with telling(stream, plain, json) as tell:
        for warning in world.mesh.warnings:
            tell(Noted(str(warning)))
        runs = run_all(world, products, ask, tell)
        if not sample:
            after(world, dict.fromkeys(run.product for run in runs), tell)
    if not json:
        show(runs)
        if sample:
            scratch_lake = here.shown(Path(here.lake_root))
            click.echo(f'\nAll of it lies in {scratch_lake}: make query LAKE={scratch_lake} SQL="…"')
    return code(runs)


def show(runs: Sequence[Run]) -> None:
    """A table per product, and what to do next."""
    columns = width(sys.stdout)
    for run in runs:
        click.echo(f"\n{run.product}: {run.state}")
        for line in (*summary(run, columns), *next_steps(run, columns)):
            click.echo(line)


def code(runs: Sequence[Run]) -> int:
    """The exit code of all: what failed comes before what was stopped, and that before what could not begin for it."""
    states = {table.state for run in runs for table in run.tables}
    if "failed" in states or any(run.error for run in runs):
        return MEND
    if "stopped" in states:
        return STOPPED
    return DONE if all(run.state == "done" for run in runs) else MEND
