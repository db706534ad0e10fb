"""No name of a table or column is one that Lakemesh makes itself."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.added import NAMES
from lakemesh.mesh.view import View

ENDINGS = ("__quarantine", "__landed", "__deletes")


def check(view: View) -> Iterator[Mistake]:
    for part in view.judged():
        for ending in ENDINGS:
            if part.table.table.endswith(ending):
                what = f"{part.table} has the name of a table that Lakemesh makes itself"
                yield Mistake(part.path, 1, 1, what, f"call the file otherwise, without {ending}")
        for name in part.declaration.columns:
            if name in NAMES and part.select is None:
                what = f'"{name}" is a column that Lakemesh adds itself'
                remedy = "call it otherwise, and say where it is read from with `as`"
                yield view.mistake(part.path, ("columns", name), what, remedy)
