"""What may be a name, and the names made of names. The path is the name."""

from dataclasses import dataclass
from typing import Self

from lakemesh.errors import Mistakes


@dataclass(frozen=True, slots=True, order=True)
class ProductName:
    """`domain/product`: where a product's folder lies below `domains/`."""

    domain: str
    product: str

    @classmethod
    def parse(cls, text: str) -> Self:
        domain, slash, product = text.strip("/").partition("/")
        if not (domain and slash and product) or "/" in product:
            raise Mistakes.of(f'"{text}" is not the name of a product', "say domain/product, such as flights/departures")
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
