"""The whole tree, judged: every mistake and warning there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.judge import judge
from lakemesh.mesh.mesh import every
from lakemesh.mesh.study import study
from lakemesh.mesh.yields import Describe
from lakemesh.sql.select import Select

Portable = Callable[[Select], tuple[Mistake, ...]]


def check(
    tree: Tree, describe: Describe, portable: Portable | None = None, today: date | None = None
) -> tuple[Mistake, ...]:
    """What people have to mend, and warnings, by path and line. What cannot be read is left out, and nothing that leans
    on it is judged. `portable` tells what does not mean the same on every engine."""
    found = study(tree, describe, every(tree), today)
    view = replace(found.view, products=tree.products())
    mistakes = {*tree.mistakes(), *found.mistakes, *judge(view)}
    for part in view.judged():
        if portable and part.select and part.declaration.engine != "spark":
            try:
                mistakes.update(portable(part.select))
            except Mistakes as wrong:
                mistakes.update(wrong.mistakes)
    return tuple(sorted(mistakes))
