"""What DuckDB says while it runs, as something that a person can mend."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from lakemesh.errors import Mistake, Mistakes


class TwoLineEnds(Exception):
    """A CSV file ends its lines in two ways, which DuckDB does not read."""


def unreadable(path: str) -> Mistakes:
    """For a file that stays unreadable when its line ends are made one kind."""
    remedy = "look at its quotes and line ends, and at `format:`; then land it again"
    return Mistakes.of("a CSV file cannot be taken apart into lines", remedy, path)


@contextmanager
def told(path: str) -> Iterator[None]:
    """Raises Mistakes at `path` where DuckDB stops for a reason that lies in the SELECT, the files or the place."""
    try:
        yield
    except duckdb.Error as error:
        said = str(error).strip()
        if "reached an invalid state" in said:
            raise TwoLineEnds(said) from error
        raise Mistakes(_mistake(path, error, said)) from error


def _mistake(path: str, error: duckdb.Error, said: str) -> Mistake:
    what = re.sub(r"^[A-Za-z ]+ Error: ", "", said.splitlines()[0] if said else type(error).__name__)
    match error:
        case duckdb.OutOfMemoryException():
            told = "there is not enough memory, or room on the disk"
            remedy = "raise `memory:` in mesh.yaml, or free some room"
        case duckdb.IOException():
            told, remedy = "a file cannot be read", "land it again, or look at the disk"
        case duckdb.InternalException() | duckdb.ParserException():
            raise error
        case _:
            told = "this SELECT fails on the rows it reads"
            remedy = "mend the expression it names; try_cast gives null where a value does not fit"
    return Mistake(path, 0, 0, f"{told}: {what}", remedy)
