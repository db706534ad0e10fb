"""No table is made, over whatever steps, from itself."""

from collections.abc import Iterator

from lakemesh.errors import Mistake
from lakemesh.mesh.order import circles
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for circle in circles({table: part.reads for table, part in view.parts.items()}):
        first, second = circle[0], circle[1 % len(circle)]
        place = view.read_at(view.parts[first], second)
        if len(circle) == 1:
            what = f"{first} reads itself"
            remedy = "a SELECT starts from its inputs; what the table already holds is kept by `write: merge`"
        else:
            what = "these tables are made from each other: " + " → ".join(map(str, (*circle, first)))
            remedy = "take one of these tables out of a SELECT, or split the table that both need off from it"
        yield Mistake(*place, what, remedy)
