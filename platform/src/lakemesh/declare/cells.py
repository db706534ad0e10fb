"""`<table>.columns.csv`: the columns of a table as a steward edits them in a spreadsheet."""

from collections.abc import Iterator
from typing import TypeAlias

from lakemesh.declare.columns import Column
from lakemesh.declare.scalar import Value, shown
from lakemesh.declare.spots import Document, Spot
from lakemesh.declare.words import near, suggest
from lakemesh.declare.yaml12 import LARGEST
from lakemesh.errors import Mistake, Mistakes

Cell: TypeAlias = tuple[str, int, int]
"""The text of a cell, its line, and the column of its first character."""
HEADER = ("name", *Column.known())


def read(text: str, path: str) -> Document:
    """The columns that the file describes, each a mapping of words. Raises Mistakes: all there are."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LARGEST:
        raise Mistakes(
            Mistake(
                path, 0, 0, f"the file is larger than {LARGEST // 1_000_000} MB", "keep the columns of one table in it"
            )
        )
    rows = list(_rows(text, path))
    if not rows:
        raise Mistakes(Mistake(path, 0, 0, "the file is empty", "begin with a line such as name,type,description"))
    wrong = list(_header(rows[0], path))
    if wrong:
        raise Mistakes(*wrong)
    header = [cell[0].strip() for cell in rows[0]]
    value: dict[str, Value] = {}
    spot = Spot((1, 1), (1, 1))
    for row in rows[1:]:
        if all(not cell[0].strip() for cell in row):
            continue
        wrong += _row(row, header, value, spot, path)
    if not value and not wrong:
        wrong.append(Mistake(path, 1, 1, "no column is described", "add a line for each column below the header"))
    if wrong:
        raise Mistakes(*wrong)
    return Document(path, value, spot)


def _header(row: list[Cell], path: str) -> Iterator[Mistake]:
    """Each word of the first line is one that a column has."""
    names = [cell[0].strip() for cell in row]
    if len(row) == 1 and (";" in names[0] or "\t" in names[0]):
        sign = ";" if ";" in names[0] else "a tab"
        yield Mistake(path, 1, 1, f"the cells are separated by {sign}", "save the file with commas between the cells")
        return
    for place, (_, line, column) in enumerate(row):
        name = names[place]
        if not name:
            yield Mistake(
                path, line, column, f"the header of cell {place + 1} is empty", "name the word that stands below it"
            )
        elif name not in HEADER:
            remedy = 'did you mean "name"?' if near(name, ("name", "column")) else suggest("Column", name, HEADER)
            yield Mistake(path, line, column, f'unknown word "{shown(name)}" for a column', remedy)
        elif name in names[:place]:
            yield Mistake(path, line, column, f'"{name}" stands twice in the header', "keep one of them")
    for word in ("name", "type"):
        if word not in names:
            yield Mistake(path, 1, 1, f"the header has no `{word}`", "begin with a line such as name,type,description")


def _row(row: list[Cell], header: list[str], value: dict[str, Value], spot: Spot, path: str) -> Iterator[Mistake]:
    """One column: its words by the header."""
    _, line, column = row[0]
    if len(row) > len(header):
        _, over, at = row[len(header)]
        yield Mistake(
            path,
            over,
            at,
            f"the line has {len(row)} cells, and the header has {len(header)}",
            "put text with a comma in quotes",
        )
        return
    cells = dict(zip(header, row, strict=False))
    name, line, column = cells.get("name", ("", line, column))
    name = name.strip()
    if not name:
        yield Mistake(path, line, column, "the line does not name its column", "write its name below `name`")
        return
    if name in value:
        first = spot.inside[name].word[0]
        yield Mistake(path, line, column, f'"{shown(name)}" stands twice, first in line {first}', "describe it once")
        return
    words: dict[str, Value] = {}
    column_spot = Spot((line, column), (line, column))
    for word, (said, below, across) in cells.items():
        if word == "name" or not said.strip():
            continue
        if word == "one_of" and "," in said and "|" not in said:
            remedy = f"separate them by |: {'|'.join(part.strip() for part in said.split(','))}"
            yield Mistake(path, below, across, "the values of `one_of` are separated by commas", remedy)
        words[word] = _value(word, said.strip())
        column_spot.inside[word] = Spot((below, across), (below, across))
    value[name] = words
    spot.inside[name] = column_spot


def _value(word: str, said: str) -> Value:
    """What a cell says: all is text, but lists and true."""
    if word == "one_of":
        return [part.strip() for part in said.split("|")]
    if word == "unique" and said.lower() == "true":
        return True
    return said


def _rows(text: str, path: str) -> Iterator[list[Cell]]:
    """Rows of cells with their places, as spreadsheets write them."""
    line, start, place = 1, 0, 0
    row: list[Cell] = []
    while place < len(text):
        at = (line, place - start + 1)
        if text[place] == '"':
            said: list[str] = []
            place += 1
            while True:
                end = text.find('"', place)
                if end < 0:
                    raise Mistakes(Mistake(path, *at, "a quote is opened here and not closed", 'close it with "'))
                said.append(text[place:end])
                place = end + 1
                if not text.startswith('"', place):
                    break
                said.append('"')
                place += 1
            cell = "".join(said)
            if "\n" in cell:
                line += cell.count("\n")
                start = text.rfind("\n", 0, place) + 1
            if place < len(text) and text[place] not in ",\n":
                raise Mistakes(
                    Mistake(
                        path,
                        line,
                        place - start + 1,
                        "text goes on after its closing quote",
                        'put all of it within the quotes, and write "" for a quote',
                    )
                )
        else:
            end = min(
                (found for found in (text.find(",", place), text.find("\n", place)) if found >= 0), default=len(text)
            )
            cell, place = text[place:end], end
        row.append((cell, *at))
        if text.startswith(",", place):
            place += 1
            if place == len(text) or text[place] == "\n":
                row.append(("", line, place - start + 1))
        if place >= len(text) or text[place] == "\n":
            yield row
            row = []
            place += 1
            line, start = line + 1, place
