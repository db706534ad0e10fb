"""A window is exact: its table is partitioned by its time, and its SELECT takes only what lies in it."""

from collections.abc import Iterator

from lakemesh.declare.table import Table
from lakemesh.errors import Mistake
from lakemesh.mesh.contract import Contract, Window
from lakemesh.mesh.parts import Part
from lakemesh.mesh.spot import code, line_column
from lakemesh.mesh.view import View
from lakemesh.sql.select import filters_since, uses

BY_TIME = ("identity", "year", "month", "day", "hour")
TIMES = ("date", "timestamp", "timestamp_ntz")


def check(view: View) -> Iterator[Mistake]:
    for part in view.judged():
        if not part.select:
            continue
        if part.declaration.write == "window":
            yield from _partitioned(view, part, part.declaration)
            if not filters_since(part.select):
                what = f"{part.table} is written by window, and its SELECT does not filter by :since"
                remedy = "write `where <time of the input> >= :since and <time of the input> < :until`"
                yield Mistake(part.select.path, 1, 1, what, remedy)
        else:
            for parameter in ("since", "until"):
                if uses(part.select, parameter):
                    how = part.declaration.write or "replace"
                    what = f":{parameter} is for tables with `write: window`, and {part.table} is written by {how}"
                    remedy = f"use :now, or have {part.path} say `write: window`"
                    yield Mistake(part.select.path, *_place(view, part, parameter), what, remedy)
    for part, contract in view.contracted():
        if isinstance(contract.write, Window) and not _typed_here(part, contract.write.time):
            yield from _typed(view, part, contract, contract.write)


def _partitioned(view: View, part: Part, declaration: Table) -> Iterator[Mistake]:
    """That there is a partition of its time at all, the contract alone has told."""
    time = declaration.time
    places = [place for place, field in enumerate(declaration.partition) if field.column == time]
    if places and not any(declaration.partition[place].transform in BY_TIME for place in places):
        what = f"a window replaces spans of `{time}`, and this is no span of it"
        remedy = f"add a line such as `- month({time})`"
        yield view.mistake(part.path, ("partition", places[0]), what, remedy)


def _typed(view: View, part: Part, contract: Contract, window: Window) -> Iterator[Mistake]:
    type = contract.types.get(window.time)
    if type is not None and str(type) not in TIMES:
        what = f"`time: {window.time}` is {type}, and a window is a span of dates or times"
        yield view.mistake(part.path, ("time",), what, "name a column that is a date or a timestamp")


def _typed_here(part: Part, column: str) -> bool:
    """Whether its contract says the type: then that alone has been judged."""
    said = part.declaration.columns.get(column)
    return said is not None and said.type is not None


def _place(view: View, part: Part, parameter: str) -> tuple[int, int]:
    text, _ = view.tree.select_text(part.table)
    return line_column(text, max(code(text).lower().find(f":{parameter}"), 0))
