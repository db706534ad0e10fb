"""Where each line of a contract is from: the first of several files that says a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from lakemesh.declare.tree import Tree
from lakemesh.mesh.contract import Origin
from lakemesh.mesh.parts import Part

T = TypeVar("T")
MESH = "platform/mesh.yaml"


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What one file says of a word, if anything."""

    value: T | None
    path: str
    words: tuple[str | int, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one table's files, and of what it inherits from."""

    tree: Tree
    part: Part

    @property
    def product(self) -> str:
        return f"domains/{self.part.of}/product.yaml"

    @property
    def sql(self) -> str:
        return self.part.select.path if self.part.select else ""

    @property
    def domain(self) -> str:
        return f"domains/{self.part.of.domain}/domain.yaml"

    def at(self, *words: str | int, how: str = "declared", path: str | None = None) -> Origin:
        """The line of these words: in the table's own file, unless `path` names another."""
        file, line, _ = self.tree.place(path or self.part.path, *words)
        return Origin(file, line, how)

    def first(self, levels: Sequence[Said[T]], otherwise: T) -> tuple[T, Origin]:
        """The first that says something; else what is built in."""
        for said in levels:
            if said.value is not None:
                return said.value, self.at(*said.words, how=said.how, path=said.path)
        return otherwise, Origin("", 0, "built in")

    def own(self, value: T | None, *words: str) -> Said[T]:
        return Said(value, self.part.path, words, "declared")

    def of_product(self, value: T | None, *words: str) -> Said[T]:
        return Said(value, self.product, words, "of the product")

    def of_domain(self, value: T | None, *words: str) -> Said[T]:
        return Said(value, self.domain, words, "of the domain")

    def of_mesh(self, value: T | None, *words: str) -> Said[T]:
        return Said(value, MESH, words, f"default of {MESH}")
