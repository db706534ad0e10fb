"""A seed is in git."""

from collections.abc import Iterator

from lakemesh.declare.ingest import FromSeed, Ingest
from lakemesh.declare.words import near
from lakemesh.errors import Mistake
from lakemesh.mesh import places
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part in view.judged():
        if not isinstance(part.declaration, Ingest) or not isinstance(part.declaration.from_, FromSeed):
            continue
        file = places.seed(part.of, part.declaration.from_.file)
        if "*" in file or (view.tree.root / file).is_file():
            continue
        folder = view.tree.root / places.home(part.of) / "seed"
        there = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
        close = near(part.declaration.from_.file, there)
        remedy = f'did you mean "{close}"?' if close else "add the file, or correct its name"
        yield view.mistake(part.path, ("from", "seed"), f"there is no {file}", remedy)
