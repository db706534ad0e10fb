"""Rows that are changed are told apart by a key, of columns that can be compared."""

from collections.abc import Iterator

from lakemesh.declare.types import Decimal, Primitive
from lakemesh.errors import Mistake
from lakemesh.mesh.contract import Cdc
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, contract in view.contracted():
        if isinstance(contract.write, Cdc) and not part.declaration.write and not contract.key:
            what = "a source by dms implies `write: cdc`, which has no `key` to tell rows apart by"
            yield view.mistake(part.path, ("from",), what, "add `key: [column, …]`")
        for place, name in enumerate(contract.key):
            said, type = part.declaration.columns.get(name), contract.types.get(name)
            if (said is None or said.type is None) and type is not None and not isinstance(type, Primitive | Decimal):
                what = f'"{name}" is {type}, and cannot be part of a key'
                yield view.mistake(part.path, ("key", place), what, "take plain columns: text, numbers, dates, times")
