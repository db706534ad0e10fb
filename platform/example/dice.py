"""Chance that is the same every time, on every Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Made of `Random.random` alone, whose numbers for a seed are promised not to change."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        return int(self._random.random() * limit)

    def one(self, values: Sequence[T]) -> T:
        """Any of them."""
        return values[self.below(len(values))]

    def weighted(self, values: Sequence[tuple[T, float]]) -> T:
        """One of them, by weights that add up to 1."""
        point = self._random.random()
        for value, weight in values:
            point -= weight
            if point < 0:
                return value
        return values[-1][0]

    def some(self, values: Sequence[T], count: int) -> list[T]:
        """That many different ones, in any order."""
        rest = list(values)
        return [rest.pop(self.below(len(rest))) for _ in range(count)]
