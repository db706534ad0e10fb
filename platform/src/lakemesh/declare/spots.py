"""What a file of YAML was read into: its values, and where each of them stands."""

from dataclasses import dataclass, field
from typing import TypeAlias

from lakemesh.declare.scalar import Value

Place: TypeAlias = tuple[int, int]
"""Line and column, from 1."""


@dataclass(slots=True)
class Spot:
    """Where a value stands, where its word stands, and what stands in it."""

    place: Place
    word: Place
    flow: bool = False
    empty: bool = False
    plain: bool = False
    end: Place = (0, 0)
    inside: "dict[str | int, Spot]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read: its values, and where each of them stands."""

    path: str
    value: Value
    spot: Spot

    def where(self, *words: str | int, value: bool = False) -> Place:
        """Line and column of a word, or of what it says; of the nearest above it where there is none."""
        spot, below = self.spot, len(words)
        for word in words:
            if word not in spot.inside:
                break
            spot, below = spot.inside[word], below - 1
        # A list or a mapping begins on a line of its own, and nothing has no place: there the word is the better place.
        return spot.place if value and not (spot.inside or spot.empty or (below and spot.flow)) else spot.word
