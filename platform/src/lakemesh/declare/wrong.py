"""What is wrong with one value, before anyone knows in which file it stands."""

from typing import Self

Words = tuple[str | int, ...]
"""The way to a value: the words and list positions above it."""


class Wrong(ValueError):
    """One thing to mend. `at` leads from the value being read to what is wrong in it."""

    def __init__(self, what: str, remedy: str = "", *at: str | int, word: bool = False, leans: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy
        self.at: Words = at
        self.word = word
        """True where the word itself is wrong, not what it says."""
        self.leans = frozenset(leans.split())
        """The words that were looked at: where one of these is broken, nothing is said."""

    def __str__(self) -> str:
        return f"{self.what}: {self.remedy}" if self.remedy else self.what

    def below(self, *above: str | int) -> Self:
        """The same, seen from further up."""
        return type(self)(self.what, self.remedy, *above, *self.at, word=self.word, leans=" ".join(self.leans))

    def above(self, levels: int) -> Self:
        """The same, seen from further down."""
        return type(self)(self.what, self.remedy, *self.at[levels:], word=self.word, leans=" ".join(self.leans))


class Wrongs(ValueError):
    """Several things to mend in one value."""

    def __init__(self, *wrongs: Wrong) -> None:
        super().__init__(*wrongs)
        self.wrongs = wrongs

    def __str__(self) -> str:
        return "; ".join(str(wrong) for wrong in self.wrongs)
