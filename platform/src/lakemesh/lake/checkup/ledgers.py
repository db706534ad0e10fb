"""The ledger against the table: every file whose rows are in it, and, where rows stay, no other."""

from typing import BinaryIO, cast

import pyarrow.compute as pc
import pyarrow.parquet as pq

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake.checkup.problem import Problem
from lakemesh.lake.lake import Lake
from lakemesh.lake.maintenance.erasures import erased

SOURCE = "_source_file"


def ledger(lake: Lake, table: TableName, append: bool) -> list[Problem]:
    """What does not agree. `append`: rows that came in stay, so each file that gave some must still be seen."""
    head = lake.head(table)
    if head is None:
        return []
    try:
        known = lake.ledger(head).files
    except Mistakes as error:
        return [Problem(str(table), mistake.what, mistake.remedy) for mistake in error.mistakes]
    beside = table.table.endswith(("__quarantine", "__deletes"))
    if beside or SOURCE not in head.columns or not (known or append):
        return []
    inside: set[str] = set()
    for file in lake.plan(head).files:
        with lake.described(table).io.new_input(file.file_path).open() as stream:
            names = pq.read_table(cast(BinaryIO, stream), columns=[SOURCE]).column(0)
            inside |= {name for name in pc.unique(names).to_pylist() if name is not None}
    problems = []
    if strange := sorted(inside - known.keys()):
        told = f"rows of {len(strange)} files are in it of which its ledger knows nothing, such as {strange[0]}"
        problems.append(Problem(str(table), told, f"make the table again from landing: make rebuild TABLE={table}"))
    gave = {path for path, entry in known.items() if entry.accounts.inserted}
    if append and not erased(lake.store, table) and (lost := sorted(gave - inside)):
        told = f"its ledger has {len(lost)} files with rows of which none is in it, such as {lost[0]}"
        problems.append(Problem(str(table), told, f"make the table again from landing: make rebuild TABLE={table}"))
    return problems
