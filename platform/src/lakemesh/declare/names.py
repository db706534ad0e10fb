"""What may be a name, and the names made of names. The path is the name."""

import re
import sys
from dataclasses import dataclass
from keyword import kwlist
from typing import Literal, Self

from lakemesh.declare.reserved import RESERVED
from lakemesh.declare.wrong import Wrong
from lakemesh.errors import Mistakes

LONGEST = 40
TREE = (
    "ingest",
    "transform",
    "quality",
    "sample",
    "seed",
    "tests",
    "rules",
    "functions",
    "forms",
    "domains",
    "platform",
)
"""Words that the tree itself uses for folders: no product has them."""


@dataclass(frozen=True, slots=True, order=True)
class ProductName:
    """`domain/product`: where a product's folder lies below `domains/`."""

    domain: str
    product: str

    @classmethod
    def parse(cls, text: str) -> Self:
        domain, slash, product = text.strip("/").partition("/")
        if not (domain and slash and product) or "/" in product:
            raise Mistakes.of(
                f'"{text}" is not the name of a product', "say domain/product, such as flights/departures"
            )
        return cls(domain, product)

    def __str__(self) -> str:
        return f"{self.domain}/{self.product}"


@dataclass(frozen=True, slots=True, order=True)
class TableName:
    """`domain.table`: the same in SQL, in Athena and on a laptop."""

    domain: str
    table: str

    @classmethod
    def parse(cls, text: str) -> Self:
        domain, dot, table = text.partition(".")
        if not (domain and dot and table) or "." in table:
            raise Mistakes.of(f'"{text}" is not the name of a table', "say domain.table, such as film.film_category")
        return cls(domain, table)

    def __str__(self) -> str:
        return f"{self.domain}.{self.table}"

    @property
    def quarantine(self) -> Self:
        """The table beside it that holds the rows that did not fit."""
        return type(self)(self.domain, f"{self.table}__quarantine")

    @property
    def landed(self) -> Self:
        """The name under which a run's own arrivals are read in generated SQL."""
        return type(self)(self.domain, f"{self.table}__landed")

    @property
    def deletes(self) -> Self:
        """The private table that remembers deleted keys, so that late updates do not bring them back."""
        return type(self)(self.domain, f"{self.table}__deletes")


def refused(name: str, kind: Literal["domain", "product", "table", "source", "function"]) -> Wrong | None:
    """Why this cannot be the name of a domain, a product, a table, a source or a function; None if it can."""
    plain = re.sub(
        r"_{2,}", "_", re.sub(r"[^a-z0-9_]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())
    ).strip("_")
    plain = plain.lstrip("0123456789_")[:LONGEST].rstrip("_")
    what, remedy = "", f'call it "{plain}"' if plain and plain != name else "give it another name"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        what = "names are lowercase letters, digits and underscores, the first a letter"
    elif len(name) > LONGEST:
        what, remedy = f"it has {len(name)} characters, and names have at most {LONGEST}", "give it a shorter name"
    elif "__" in name:
        what = "two underscores together are kept for what Lakemesh puts beside a table"
    elif name.endswith("_"):
        what = "names do not end in an underscore"
    elif name in RESERVED:
        what, remedy = "it is a reserved word of SQL", f'say more, such as "{name}s" or "{name}_list"'
    elif kind == "product" and name in TREE:
        what, remedy = "it is a word of the tree itself", "name it after what it promises"
    elif kind in ("domain", "product") and (name in sys.stdlib_module_names or name in kwlist):
        what, remedy = "it is the name of a module of Python, which it could hide", f'say more, such as "{name}_data"'
    return Wrong(f'"{name}" cannot name a {kind}: {what}', remedy) if what else None
