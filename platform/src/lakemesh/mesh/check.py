"""The whole tree, judged: every mistake and warning there is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from lakemesh.declare.names import TableName
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh import suite
from lakemesh.mesh.judge import judge
from lakemesh.mesh.mesh import every
from lakemesh.mesh.parts import Part
from lakemesh.mesh.study import study
from lakemesh.mesh.yields import Describe
from lakemesh.sql.select import Select, alone

Portable = Callable[[Select], tuple[Mistake, ...]]


def check(
    tree: Tree, describe: Describe, portable: Portable | None = None, today: date | None = None
) -> tuple[Mistake, ...]:
    """What people have to mend, and warnings, by path and line. What cannot be read is left out, and nothing that leans
    on it is judged. `portable` tells what does not mean the same on every engine."""
    told: dict[TableName, tuple[Mistake, ...]] = {}

    def ported(part: Part) -> None:
        if not portable or part.declaration.engine == "spark" or part.table in told:
            return
        said: list[Mistake] = []
        if part.select:
            said += _ported(portable, part.select)
        for place, rule in enumerate(part.rules):
            if rule.bad_rows:
                found = _ported(portable, rule.bad_rows)
                said += (suite.moved(tree, rule.origin.path, place, mistake) for mistake in found)
        told[part.table] = tuple(said)

    asked = every(tree)
    found = study(tree, describe, asked, today, ported)
    view = replace(found.view, products=tree.products())
    for part in view.judged():
        # Those that go round in a circle are in no order, and were not met on the way.
        ported(part)
    said = (mistake for table in asked for mistake in told.get(table, ()))
    return tuple(sorted({*tree.mistakes(), *found.mistakes, *judge(view), *said, *_functions(tree, portable)}))


def _functions(tree: Tree, portable: Portable | None) -> Iterator[Mistake]:
    """What is wrong with the functions of domains, whether anybody calls them or not."""
    for domain in tree.domains():
        try:
            own = tree.functions(domain)
        except Mistakes as wrong:
            yield from wrong.mistakes
            continue
        for name in own:
            try:
                one = alone(name, own)
            except Mistakes as wrong:
                yield from wrong.mistakes
                continue
            yield from _ported(portable, one) if portable else ()


def _ported(portable: Portable, select: Select) -> tuple[Mistake, ...]:
    try:
        return portable(select)
    except Mistakes as wrong:
        return wrong.mistakes
