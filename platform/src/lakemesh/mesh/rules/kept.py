"""A table that keeps more than one state of a row: by columns of its own, from what can tell its states."""

from collections.abc import Iterator

from lakemesh.declare.kept import KEPT, VERSIONS
from lakemesh.errors import Mistake
from lakemesh.mesh.contract import Contract, History
from lakemesh.mesh.parts import Part
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, made in view.selects():
        assert part.select is not None
        # What is declared, its contract alone has told.
        for name in KEPT.get(part.declaration.write or "", ()):
            if name in made.derived and name not in {said.lower() for said in part.declaration.columns}:
                what = f"`write: {part.declaration.write}` adds a column `{name}` itself, and the SELECT yields one"
                yield Mistake(part.select.path, *made.place(name), what, f"name it otherwise: `… as source_{name}`")
    for part, contract in view.contracted():
        if isinstance(contract.write, History):
            yield from _history(view, part, contract, contract.write)


def _history(view: View, part: Part, contract: Contract, write: History) -> Iterator[Mistake]:
    if part.declaration.deletes == "close" and write.op is None and part.declaration.known_source():
        what = "`deletes: close` does not say which rows delete: only a source by dms says so itself"
        remedy = "add `op: column` (it holds I, U and D), or say {when: \"status = 'X'\"}"
        yield view.mistake(part.path, ("deletes",), what, remedy)
    said, type = part.declaration.columns.get(write.newest), contract.types.get(write.newest)
    if (said is None or said.type is None) and type is not None and str(type) not in VERSIONS:
        what = f'"{write.newest}" is {type}, which does not say since when a version holds'
        yield view.mistake(part.path, ("newest",), what, "name a date, a timestamp or a whole number")
