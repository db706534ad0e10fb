"""`lakemesh demo`: the example mesh, from its outside world to three answers."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import click

from lakemesh.cli.ends import DONE
from lakemesh.cli.open import Here
from lakemesh.cli.options import Word, engine, located, shown
from lakemesh.cli.show.amounts import count, rows, seconds
from lakemesh.cli.show.show import telling
from lakemesh.cli.show.terminal import paint
from lakemesh.errors import Mistakes
from lakemesh.lake.runs import Run

EXAMPLE = Path("platform/example")
COLUMNS = 79
"""Whatever the terminal: what is shown here fits a page of the documentation."""


@click.command("demo", cls=Word)
@engine
@shown
@located
def command(engine: str | None, plain: bool, json: bool, root: str | None, lake: str | None) -> int:
    """Run the example mesh on real data, and answer three questions."""
    here = Here.at(root, lake, engine)
    began = monotonic()
    _chapter("The outside world lands its files")
    _land(here)
    _chapter("Every product runs, in the order of what reads what")
    runs, ended = _run(here, plain, json)
    if ended != DONE:
        return ended
    click.echo(f"\n  {_summary(here, runs)} {seconds(monotonic() - began)} in all.")
    _chapter("Three questions")
    for number, file in enumerate(sorted((here.root / EXAMPLE / "questions").glob("*.sql"))):
        if number:
            click.echo()
        _answer(here, file)
    _chapter("Where it lies, and what to try")
    _next(here)
    return DONE


def _chapter(title: str) -> None:
    click.echo(f"\n{paint(title, 'bold', sys.stdout)}\n")


def _land(here: Here) -> None:
    """The example knows nothing of us, as a source system would not: it is another program."""
    program = here.root / EXAMPLE
    if not (program / "__main__.py").is_file():
        raise Mistakes.of(
            f"the example is gone: {EXAMPLE}/__main__.py", "take it back from git, or run your own: make run"
        )
    # Text through a file object, so that errors of the program stand below its own lines.
    with subprocess.Popen(
        [sys.executable, "-u", str(program), here.lake_root, "--zone", here.place.zones["landing"]],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as landing:
        for line in landing.stdout or ():
            click.echo(f"  {line.rstrip()}")
    if landing.returncode:
        raise Mistakes.of(
            f"the example could not land its files: it ended with {landing.returncode}", "its own words stand above"
        )


def _run(here: Here, plain: bool, json: bool) -> tuple[Sequence[Run], int]:
    from lakemesh.cli.running import code, show
    from lakemesh.steps.run import run_all
    from lakemesh.steps.world import Ask

    products = here.tree.products()
    world = here.world(products)
    with telling(sys.stdout, plain, json) as tell:
        runs = run_all(world, products, Ask(), tell)
    if code(runs) != DONE:
        show([run for run in runs if run.state != "done"])
    return runs, code(runs)


def _summary(here: Here, runs: Sequence[Run]) -> str:
    made = [table for run in runs for table in run.tables]
    new = [table for table in made if table.state == "published"]
    if not new:
        return f"Nothing new: {count(len(made), 'table')} stand as they were."
    read = sum(table.accounts.read for table in new)
    quarantined = sum(table.accounts.quarantined for table in new)
    aside = f", {quarantined:,} in quarantine" if quarantined else ""
    return f"{count(len(new), 'table')} published from {rows(read)}{aside}."


def _answer(here: Here, file: Path) -> None:
    from lakemesh.cli.question import ask
    from lakemesh.cli.show.rows import table
    from lakemesh.cli.show.texts import rows as rows_of

    sql = file.read_text(encoding="utf-8")
    question = sql.splitlines()[0].removeprefix("--").strip()
    answer = ask(here, sql)
    found = [row for batch in answer.batches for row in rows_of(batch)]
    click.echo(f"  {question}")
    for line in table(answer.schema.names, found, COLUMNS - 4):
        click.echo(f"    {line}")


def _next(here: Here) -> None:
    zones = here.place.zones
    lies = {
        "what landed": here.shown(here.landing),
        "tables": ", ".join(here.shown(Path(here.lake_root) / zones[role]) for role in zones if role != "landing"),
        "catalogue": here.shown(Path(here.lake_root) / "catalog.db"),
        "declarations": "domains/",
    }
    for what, where in lies.items():
        click.echo(f"  {what:14}{where}")
    click.echo()
    click.echo('  make query SQL="select * from flights.departure limit 5"')
    click.echo("  make status")
    click.echo("  make contract TABLE=film.film_category")
