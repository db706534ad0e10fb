"""A window is exact: its table is partitioned by its time, and its SELECT takes only what lies in it."""

from collections.abc import Iterator

from lakemesh.declare.table import Table
from lakemesh.errors import Mistake
from lakemesh.mesh.contract import Contract, Window
from lakemesh.mesh.parts import Part
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
        if isinstance(contract.write, Window):
            yield from _typed(view, part, contract, contract.write)


def _partitioned(view: View, part: Part, declaration: Table) -> Iterator[Mistake]:
    time = declaration.time
    if time is None or any(field.column == time and field.transform in BY_TIME for field in declaration.partition):
        return
    remedy = f"add `partition:` with the line `- month({time})`, or day or year, as is the span that is made again"
    what = f"{part.table} is written by window, and not partitioned by its time"
    yield view.mistake(part.path, ("time",), what, remedy)


def _typed(view: View, part: Part, contract: Contract, window: Window) -> Iterator[Mistake]:
    type = contract.types.get(window.time)
    if type is not None and str(type) not in TIMES:
        what = f"`time: {window.time}` is {type}, and a window is a span of dates or times"
        yield view.mistake(part.path, ("time",), what, "name a column that is a date or a timestamp")


def _place(view: View, part: Part, parameter: str) -> tuple[int, int]:
    text, _ = view.tree.select_text(part.table)
    at = max(text.lower().find(f":{parameter}"), 0)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
