"""The words of a column as checks, and what becomes of rows that break them."""

from lakemesh.declare.columns import Column as Said
from lakemesh.declare.columns import Worded
from lakemesh.mesh.contract import Check, Otherwise, Scalar, Word

# What can be decided row by row while the data is read; the others need the whole table.
BY_ROW: frozenset[Word] = frozenset({"not_null", "one_of", "range", "length", "matches"})


def checks(said: Said | None, in_key: bool, arrives: bool) -> tuple[Check, ...]:
    """What a column promises. Rows that arrive and break a word that can be decided row by row go to quarantine;
    elsewhere it stops, unless the word says what happens."""
    found: list[Check] = []

    def add(word: Word, value: tuple[Scalar | None, ...], otherwise: Otherwise | None) -> None:
        usual: Otherwise = "quarantine" if arrives and word in BY_ROW else "stop"
        found.append(Check(word, value, otherwise or usual, otherwise is not None))

    if in_key or (said and said.not_null):
        add("not_null", (), None)
    if said is None:
        return tuple(found)
    if said.one_of:
        add("one_of", said.one_of.value, said.one_of.otherwise)
    if said.range:
        add("range", said.range.value, said.range.otherwise)
    if said.length:
        add("length", said.length.value, said.length.otherwise)
    if said.matches:
        add("matches", (said.matches.value,), said.matches.otherwise)
    if said.unique:
        add("unique", (), said.unique.otherwise)
    if said.refers:
        add("refers", said.refers.value, said.refers.otherwise)
    return tuple(found)


def words(said: Said) -> dict[str, Worded[object]]:
    """The words that a column says, by name."""
    named = {word: getattr(said, word) for word in ("one_of", "range", "length", "matches", "unique", "refers")}
    return {word: worded for word, worded in named.items() if isinstance(worded, Worded)}
