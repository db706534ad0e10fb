"""How runs ended: a table per product, and what to do next."""

from collections.abc import Iterator

from lakemesh.cli.show.cells import BLANK, cut
from lakemesh.cli.show.rows import table
from lakemesh.lake.accounts import FATES
from lakemesh.lake.runs import Run, TableRun
from lakemesh.quality.verdict import failing

EXAMPLES = 3
"""Rows shown of each rule that was broken; the run's record has more."""


def summary(run: Run, columns: int | None) -> Iterator[str]:
    """A table of one run's tables, with the fates that rows had."""
    fates = [fate for fate in FATES if any(getattr(made.accounts, fate) for made in run.tables)]
    names = ["table", "state", "read", *fates, "seconds"]
    rows = [
        [str(made.table), made.state, f"{made.accounts.read:,}", *(_rows(made, fate) for fate in fates), _seconds(made)]
        for made in run.tables
    ]
    yield from table(names, rows, columns, right=names[2:], whole=("table",))


def next_steps(run: Run, columns: int | None = None) -> Iterator[str]:
    """Why something was not published, where the rows stand that did not fit, and what to do."""
    for made in run.tables:
        if made.state not in ("published", "nothing new"):
            yield f"{made.table}: {made.state}"
            findings = list(_findings(made, columns))
            yield from findings or (f"  {line}" for line in made.note.splitlines())
        if made.accounts.quarantined:
            rows = "1 row does" if made.accounts.quarantined == 1 else f"{made.accounts.quarantined:,} rows do"
            yield f"{rows} not fit {made.table}. Which, and why:"
            yield f'  make query SQL="select _reason, _raw from {made.table}__quarantine"'
    if run.error:
        yield run.error


def _findings(made: TableRun, columns: int | None) -> Iterator[str]:
    """What the audit found that stops, with a few of the rows."""
    findings = (made.verdict or {}).get("findings")
    for finding in findings if isinstance(findings, list) else ():
        if not isinstance(finding, dict) or finding.get("else") in ("warn", "note"):
            continue
        bad, of = finding.get("bad"), finding.get("of")
        counted = f" {failing(bad, of)}." if isinstance(bad, int) and isinstance(of, int) and of else ""
        yield f"  {finding.get('sentence')}{counted}"
        examples = finding.get("examples")
        for example in examples[:EXAMPLES] if isinstance(examples, list) else ():
            said = f"    {example}"
            yield said if columns is None else cut(said, columns)


def _rows(made: TableRun, fate: str) -> str:
    count = getattr(made.accounts, fate)
    return f"{count:,}" if count else BLANK


def _seconds(made: TableRun) -> str:
    return f"{made.seconds:.1f}"
