"""A SELECT yields every column that its contract declares, each once and by a name."""

from collections.abc import Iterator

from lakemesh.declare.words import near
from lakemesh.errors import Mistake
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, made in view.selects():
        assert part.select is not None
        for name in part.declaration.columns:
            if name.lower() in made.derived:
                continue
            spare = [each for each in made.derived if each not in {known.lower() for known in part.declaration.columns}]
            close = near(name, spare)
            if close:
                line, _ = made.place(close)
                remedy = f'did you mean "{close}" of line {line}? Write `as {name}` there, or `{close}` here'
            else:
                remedy = f"add `… as {name}` to the SELECT, or take the column out; it yields {', '.join(made.derived)}"
            what = f'{part.select.path} does not yield the column "{name}"'
            yield view.mistake(part.path, ("columns", name), what, remedy)
