"""What DuckDB says while it runs, as something that a person can mend."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from lakemesh.errors import Mistake, Mistakes

# Errors in the middle of a stream come through Arrow, which keeps only their text.
_SAID = re.compile(r"^(?P<kind>[A-Z][A-Za-z -]*?) Error: (?P<what>.*)", re.DOTALL)


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
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        said = _SAID.match(str(error).strip())
        if said is None or said["kind"] in ("Internal", "INTERNAL", "Parser"):
            raise
        if "reached an invalid state" in said["what"]:
            raise TwoLineEnds(said["what"]) from error
        raise Mistakes(_mistake(path, said["kind"], said["what"].splitlines()[0])) from error


def _mistake(path: str, kind: str, what: str) -> Mistake:
    match kind:
        case "Out of Memory":
            told = "there is not enough memory, or room on the disk"
            remedy = "raise `memory:` in mesh.yaml, or free some room"
        case "IO":
            told, remedy = "a file cannot be read", "land it again, or look at the disk"
        case "Invalid Input" if what.startswith("Malformed JSON in file"):
            told, remedy = "a file is not whole", "land it again"
        case "Binder" | "Catalog":
            told, remedy = "this SELECT does not hold together", "mend the expression it names"
        case _:
            told = "this SELECT fails on the rows it reads"
            remedy = "mend the expression it names; try_cast gives null where a value does not fit"
    return Mistake(path, 0, 0, f"{told}: {what}", remedy)
