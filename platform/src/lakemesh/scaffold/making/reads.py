"""What a product that only reads needs to know of the table it reads: by what it counts, and two rows for its test."""

import csv
import io
from dataclasses import dataclass

from lakemesh.declare.types import Decimal, Primitive
from lakemesh.errors import Mistakes
from lakemesh.mesh.contract import Column, Contract


@dataclass(frozen=True, slots=True)
class Reads:
    """`by`: columns that rows are put together by. `given`: a file of two rows. `expect`: what they make."""

    by: tuple[str, ...]
    given: str
    expect: str


def reads(contract: Contract) -> Reads:
    """By its key, or by its first column that is never null. Raises Mistakes where it has neither."""
    plain = {column.name: column for column in contract.columns if _plain(column) and not column.added}
    must = [name for name, column in plain.items() if not column.nullable]
    by = tuple(name for name in contract.key if name in plain) or tuple(must[:1])
    if not by:
        raise Mistakes.of(
            f"no column of {contract.table} says what its rows are of",
            "read a table that has a key, or write the SELECT",
        )
    names = tuple(dict.fromkeys((*by, *must)))
    rows = [[_value(plain[name], row) for name in names] for row in (0, 1)]
    counted = [[*row[: len(by)], "1"] for row in rows]
    return Reads(by, _csv(names, rows), _csv((*by, "row_count"), counted))


def _csv(names: tuple[str, ...], rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *rows])
    return text.getvalue().rstrip("\n")


def _plain(column: Column) -> bool:
    return isinstance(column.type, (Primitive, Decimal)) and str(column.type) not in ("binary", "void")


def _value(column: Column, row: int) -> str:
    """A value of its type. What is read is published, so its own words are not asked of it again."""
    match str(column.type):
        case "boolean":
            return ("true", "false")[row]
        case "date":
            return ("2026-01-02", "2026-01-03")[row]
        case "timestamp" | "timestamp_ntz":
            return ("2026-01-02 08:00:00", "2026-01-03 08:00:00")[row]
        case "string":
            return ("a", "b")[row]
        case _:
            return str(row + 1)
