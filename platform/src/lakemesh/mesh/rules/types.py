"""A declared type is the kind that the SELECT yields, and no narrower than the column it is passed on from."""

from collections.abc import Iterator

from lakemesh.declare.types import Decimal, Type
from lakemesh.errors import Mistake
from lakemesh.mesh.kinds import kind, same_kind, widens
from lakemesh.mesh.view import View


def check(view: View) -> Iterator[Mistake]:
    for part, made in view.selects():
        assert part.select is not None
        for name, said in part.declaration.columns.items():
            derived = made.derived.get(name.lower())
            if said.type is None or derived is None:
                continue
            words = ("columns", name, "type")
            line, _ = made.place(name.lower())
            if derived.passed:
                source = view.contracts[derived.passed[0]].column(derived.passed[1])
                if not widens(source.type, said.type):
                    passed = f"{derived.passed[0]}.{source.name}"
                    what = f'"{name}" is declared {said.type}, and {passed}, which it passes on, is {source.type}'
                    change = f"{_cast(source.name, said.type)} in {part.select.path}:{line}"
                    remedy = f"leave the type out, or write the change in SQL: {change}"
                    yield view.mistake(part.path, words, what, remedy)
            elif name.lower() in made.described and not same_kind(made.described[name.lower()], said.type):
                have = made.described[name.lower()]
                what = f'"{name}" is declared {said.type}, and the SELECT yields {have} in {part.select.path}:{line}'
                before, after = kind(have), kind(said.type)
                if before == after:
                    before, after = str(have), str(said.type)
                change = f"from {before} to {after} in SQL: {_cast('…', said.type)}"
                remedy = f"declare {have}, or write the change {change}"
                yield view.mistake(part.path, words, what, remedy)


def _cast(column: str, type: Type) -> str:
    if str(type) == "date":
        return f"to_date({column})"
    narrow = isinstance(type, Decimal) or str(type) in ("int", "bigint", "float")
    return f"cast({column} as {type})" if narrow or kind(type) != "timestamp" else f"to_timestamp({column})"
