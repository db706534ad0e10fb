"""Rows that are changed are told apart by a key, of columns that can be compared."""

from collections.abc import Iterator

from lakemesh.declare.types import Decimal, Primitive
from lakemesh.errors import Mistake
from lakemesh.mesh.contract import Cdc, Merge
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, contract in view.contracted():
        if isinstance(contract.write, Cdc | Merge) and not contract.key:
            word = "write" if part.declaration.write else "from"
            kind = "cdc" if isinstance(contract.write, Cdc) else "merge"
            how = "" if part.declaration.write else ", implied by its source,"
            what = f"`write: {kind}`{how} needs a key: which rows are the same?"
            yield view.mistake(part.path, (word,), what, "add `key: [the columns that tell rows apart]`")
        for place, name in enumerate(contract.key):
            type = contract.types.get(name)
            if type is not None and not isinstance(type, Primitive | Decimal):
                what = f'"{name}" is {type}, and cannot be part of a key'
                yield view.mistake(part.path, ("key", place), what, "take plain columns: text, numbers, dates, times")
