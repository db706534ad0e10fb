"""How runs ended: a table per product, and what to do next."""

from collections.abc import Iterator

from lakemesh.cli.show.cells import BLANK
from lakemesh.cli.show.rows import table
from lakemesh.lake.accounts import FATES
from lakemesh.lake.runs import Run, TableRun


def summary(run: Run, columns: int | None) -> Iterator[str]:
    """A table of one run's tables, with the fates that rows had."""
    fates = [fate for fate in FATES if any(getattr(made.accounts, fate) for made in run.tables)]
    names = ["table", "state", "read", *fates, "seconds"]
    rows = [
        [
            made.table,
            made.state,
            f"{made.accounts.read:,}",
            *(_rows(made, fate) for fate in fates),
            f"{made.seconds:.1f}",
        ]
        for made in run.tables
    ]
    yield from table(names, rows, columns, right=names[2:])


def next_steps(run: Run) -> Iterator[str]:
    """What a person can do now: where rows stand that did not fit, and how to go on after a stop."""
    for made in run.tables:
        if made.accounts.quarantined:
            yield f"{made.accounts.quarantined:,} rows of {made.table} did not fit. See which, and why:"
            yield f'  make query SQL="select * from {made.table}__quarantine"'
        if made.state in ("stopped", "failed"):
            yield f"{made.table}: {made.state}. {made.note}".rstrip()
    if run.error:
        yield run.error


def _rows(made: TableRun, fate: str) -> str:
    count = getattr(made.accounts, fate)
    return f"{count:,}" if count else BLANK
