"""How a product's test fared, and the world it is tried in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lakemesh.declare.names import ProductName
from lakemesh.declare.tree import Tree
from lakemesh.steps.compare import Difference
from lakemesh.steps.world import World

MakeWorld = Callable[[Tree, ProductName, Path, datetime | None], World]
"""A world on an empty lake in that folder, where it is always that time; None: the time it is."""


@dataclass(frozen=True, slots=True)
class Case:
    """How one test folder fared. `error`: why it could not be judged, or why its run did not publish."""

    product: str
    name: str
    passed: bool
    differences: tuple[Difference, ...]
    error: str
    seconds: float
