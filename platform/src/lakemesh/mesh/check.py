"""The whole tree, judged: every mistake and warning there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from lakemesh.declare.names import TableName
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.judge import judge
from lakemesh.mesh.mesh import every
from lakemesh.mesh.parts import Part
from lakemesh.mesh.study import study
from lakemesh.mesh.yields import Describe
from lakemesh.sql.select import Select

Portable = Callable[[Select], tuple[Mistake, ...]]


def check(
    tree: Tree, describe: Describe, portable: Portable | None = None, today: date | None = None
) -> tuple[Mistake, ...]:
    """What people have to mend, and warnings, by path and line. What cannot be read is left out, and nothing that leans
    on it is judged. `portable` tells what does not mean the same on every engine."""
    told: dict[TableName, tuple[Mistake, ...]] = {}

    def ported(part: Part) -> None:
        if portable and part.select and part.declaration.engine != "spark" and part.table not in told:
            try:
                told[part.table] = portable(part.select)
            except Mistakes as wrong:
                told[part.table] = wrong.mistakes

    asked = every(tree)
    found = study(tree, describe, asked, today, ported)
    view = replace(found.view, products=tree.products())
    for part in view.judged():
        # Those that go round in a circle are in no order, and were not met on the way.
        ported(part)
    said = (mistake for table in asked for mistake in told.get(table, ()))
    return tuple(sorted({*tree.mistakes(), *found.mistakes, *judge(view), *said}))
