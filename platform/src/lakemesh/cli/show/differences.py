"""Rows that should be there beside rows that are."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from lakemesh.cli.show.cells import BLANK
from lakemesh.cli.show.rows import table
from lakemesh.steps.compare import Difference

AT_MOST = 10
"""Rows shown of one table; the rest is counted."""


def side_by_side(differences: Sequence[Difference], columns: int | None) -> Iterator[str]:
    """A small table per row that differs: column, expected, found. What differs is marked."""
    room = None if columns is None else columns - 4
    for name, group in groupby(differences, key=lambda difference: difference.table):
        rows = list(group)
        yield ""
        yield f"{name}: {'1 row differs' if len(rows) == 1 else f'{len(rows):,} rows differ'}"
        for row in rows[:AT_MOST]:
            yield ""
            yield from (f"  {line}" for line in _row(row, room))
        if len(rows) > AT_MOST:
            yield ""
            yield f"  … and {len(rows) - AT_MOST:,} more"


def _row(row: Difference, columns: int | None) -> Iterator[str]:
    if row.expected is None or row.found is None:
        yield "not expected, but found:" if row.expected is None else "expected, but not found:"
        there = row.found if row.expected is None else row.expected
        yield from table(("column", "value"), list(zip(row.columns, there or (), strict=True)), columns)
        return
    yield from table(
        ("", "column", "expected", "found"),
        [
            ("✗" if expected != found else BLANK, name, expected, found)
            for name, expected, found in zip(row.columns, row.expected, row.found, strict=True)
        ],
        columns,
    )
