"""Every column of a published table says what it means."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.rules.unnamed import plain
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, contract in view.contracted():
        if not contract.published:
            continue
        if not contract.description:
            what = f"{contract.table} is published and has no description"
            yield view.mistake(part.path, (), what, "say what one row is: `description: One row per …`")
        for column in contract.columns:
            if plain(column.name) and not column.description:
                what = f'the column "{column.name}" of a published table has no description'
                yield view.mistake(part.path, ("columns", column.name), what, "say what it means: `description: …`")
