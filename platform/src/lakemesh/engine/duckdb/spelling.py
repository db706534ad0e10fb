"""Rows that came in no order are looked for as they must be written: a file is cut into lines, not into rows."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from lakemesh.engine.duckdb.landed.again import cells_of
from lakemesh.engine.duckdb.landed.raw import chunks
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File

_QUOTING: tuple[Literal[0, 1], ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)


def spelled(
    given: Landed, file: File, names: Sequence[str], sought: Mapping[object, Collection[int]], rows: int
) -> dict[int, int] | None:
    """The line of each row of one CSV file, by what it looks like: the first such lines, in the order of the rows.
    `rows`: how many rows the file has, with the lines that are none. None where one is not found, or a row may stand
    on several lines."""
    wanted = _lines(given, file, names, sought)
    if wanted is None:
        return None
    lines: dict[object, list[int]] = {look: [] for look in sought}
    before = empty = 0
    for block in _blocks(file, given.format.encoding):
        empty += block.count(b"") + block.count(b"\r")
        if hits := wanted.keys() & set(block):
            for number, line in enumerate(block, before + 1):
                # Rows that look the same get successive lines, and no more than wait.
                if line in hits and len(lines[wanted[line]]) < len(sought[wanted[line]]):
                    lines[wanted[line]].append(number)
        before += len(block)
    # As many lines as rows: no row stands on two, and so none of the lines found is a part of another row.
    header = 1 if given.format.header else 0
    if before - empty != rows + header:
        return None
    if any(len(lines[look]) < len(waiting) for look, waiting in sought.items()):
        return None
    return {one: line for look, waiting in sought.items() for one, line in zip(waiting, lines[look], strict=False)}


def _lines(
    given: Landed, file: File, names: Sequence[str], sought: Mapping[object, Collection[int]]
) -> dict[bytes, object] | None:
    """The lines that would be these rows, however they are quoted and ended."""
    form = given.format
    if form.kind != "csv" or not form.quote:
        return None
    cells = cells_of(given, file, names)
    width = len(given.headers.get(file.path, ())) if form.header else len(given.columns)
    where = {place: number for number, place in enumerate(cells) if place is not None}
    if len(where) != width:
        # The file has cells that nobody kept.
        return None
    wanted: dict[bytes, object] = {}
    for look in sought:
        if not isinstance(look, tuple):
            return None
        row = [look[where[place]] for place in range(width)]
        if any(cell is None for cell in row) and len(form.empty) != 1:
            return None
        texts = [form.empty[0] if cell is None else cell for cell in row]
        if any("\n" in text or "\r" in text for text in texts):
            return None
        for quoting in _QUOTING:
            line = io.StringIO()
            out = csv.writer(line, delimiter=form.delimiter, quotechar=form.quote, quoting=quoting, lineterminator="")
            out.writerow(texts)
            for end in ("", "\r"):
                wanted[(line.getvalue() + end).encode("utf-8", "replace")] = look
    return wanted


def _blocks(file: File, encoding: str) -> Iterator[list[bytes]]:
    """All lines without their `\\n`, some at a time."""
    rest = b""
    for chunk in chunks(file, encoding):
        *block, rest = (rest + chunk).split(b"\n")
        yield block
    if rest:
        yield [rest]
