"""Words that name a column name one that the table has."""

from collections.abc import Iterator

from lakemesh.declare.words import near
from lakemesh.errors import Mistake
from lakemesh.mesh.contract import Contract, History, Merge, Window
from lakemesh.mesh.parts import Part
from lakemesh.mesh.view import View

Words = tuple[str | int, ...]


def check(view: View) -> Iterator[Mistake]:
    for part, contract in view.contracted():
        # Of what arrives, the columns are all declared: its contract alone has told.
        for path, words, column in _promised(part, contract) if contract.arrival else _named(part, contract):
            if column not in contract.types:
                close = near(column, contract.types)
                remedy = f'did you mean "{close}"?' if close else f"its columns are {', '.join(contract.types)}"
                yield view.mistake(
                    path, words, f'`{words[0]}` names "{column}", which is no column of {contract.table}', remedy
                )


def _named(part: Part, contract: Contract) -> Iterator[tuple[str, Words, str]]:
    """Each column that is named, and where."""
    path = part.path
    for place, column in enumerate(contract.key):
        yield path, ("key", place), column
    for place, field in enumerate(contract.partition):
        yield path, ("partition", place), field.column
    for place, by in enumerate(contract.sort):
        yield path, ("sort", place), by.column
    if isinstance(contract.write, Merge | History) and contract.write.newest:
        yield path, ("newest",), contract.write.newest
    if isinstance(contract.write, Window) and contract.write.time:
        yield path, ("time",), contract.write.time
    if contract.within:
        yield path, ("repeats", "by"), contract.within.by
    if part.declaration.keep and " by " in part.declaration.keep:
        yield path, ("keep", "by"), part.declaration.keep.partition(" by ")[2]
    if part.declaration.fresh and part.declaration.fresh.of:
        yield path, ("fresh", "of"), part.declaration.fresh.of
    yield from _promised(part, contract)


def _promised(part: Part, contract: Contract) -> Iterator[tuple[str, Words, str]]:
    """The column by which its product says how fresh it is."""
    if not part.declaration.fresh and contract.fresh and contract.fresh.of:
        yield f"domains/{part.of}/product.yaml", ("fresh", "of"), contract.fresh.of
