"""What a SELECT yields has a name, and each its own."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, made in view.selects():
        assert part.select is not None
        for name, derived in made.derived.items():
            if derived.passed is None and not plain(name):
                what = f"the column {name} has no name of its own"
                yield Mistake(part.select.path, *made.place(name), what, "write `as` and a name behind it")


def plain(name: str) -> bool:
    """Whether it can be a name, and is not the text of an expression."""
    return bool(name) and not any(mark in name for mark in "()+*/'")
