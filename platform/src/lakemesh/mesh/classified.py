"""How careful to be with a column: the strictest of what it is made of."""

from collections.abc import Iterable

from lakemesh.mesh.contract import Classification

ORDER: tuple[Classification, ...] = ("public", "internal", "personal", "secret")


def strictest(found: Iterable[Classification]) -> Classification:
    """The strictest of some; of none: public."""
    return max(found, key=ORDER.index, default="public")


def looser(one: Classification, other: Classification) -> bool:
    return ORDER.index(one) < ORDER.index(other)
