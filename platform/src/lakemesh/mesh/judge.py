"""Every rule over one view."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeAlias

from lakemesh.errors import Mistake
from lakemesh.mesh import rules
from lakemesh.mesh.view import View

Rule: TypeAlias = Callable[[View], Iterable[Mistake]]


def judge(view: View) -> Iterator[Mistake]:
    """All that the rules say; a new file among them is a new rule."""
    for each in iter_modules(rules.__path__):
        rule: Rule = import_module(f"{rules.__name__}.{each.name}").check
        yield from rule(view)
