"""ingest/<table>.yaml: something that arrives, and the clean table it becomes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, SkipValidation, WithJsonSchema

from lakemesh.declare.declaration import Declaration
from lakemesh.declare.table import Table
from lakemesh.declare.values import Character, Spelled, Text, Yes
from lakemesh.declare.wrong import Wrong


@dataclass(frozen=True, slots=True)
class FromFiles:
    """Files below the product's place in the landing zone."""

    pattern: str


@dataclass(frozen=True, slots=True)
class FromSeed:
    """A file of the product's `seed/` folder, kept in git."""

    file: str


@dataclass(frozen=True, slots=True)
class FromSource:
    """A table of something that `sources.yaml` names."""

    source: str
    table: str


From: TypeAlias = FromFiles | FromSeed | FromSource


class Format(Declaration):
    """What a file is like, where it is not plain. None: as is usual for its kind."""

    kind: ClassVar[str] = "the format of a file"
    example: ClassVar[str] = '{delimiter: ";", empty: NA}'

    delimiter: Character | None = Field(None, description='csv: what separates cells, such as ";" or tab.')
    header: Yes | None = Field(None, description="csv: whether the first line names the columns.")
    encoding: Text | None = Field(None, description="Such as utf-8 or latin-1.")
    quote: Character | None = Field(None, description="csv: the character around cells.")
    decimal: Character | None = Field(None, description='csv: the character before a fraction, such as ",".')
    dates: Text | None = Field(None, description="How dates are written, such as dd-MM-yyyy.")
    timestamps: Text | None = Field(None, description="How times are written, such as yyyy-MM-dd HH:mm:ss.")
    empty: Spelled | None = Field(None, description="What stands for null, such as NA or [NA, -].")
    time_zone: Text | None = Field(None, description="Of times written without one; else UTC.")


class Ingest(Table):
    """A clean table of what arrives."""

    kind: ClassVar[str] = "an ingest"

    from_: SkipValidation[From] = Field(alias="from", description="What arrives: sakila/film/*.csv, {seed: country.csv}, {source: crm, table: sales.customers}.", examples=["film/*.csv"])
    format: Annotated[Format, BeforeValidator(Format.of)] = Field(Format(), description="What a file is like, where it is not plain.")
    take: Literal["all", "newest"] | None = Field(None, description="Whether all that waits is taken, or the newest only.")
    delivery: Literal["file", "folder", "manifest"] | None = Field(None, description="What belongs together.")
    extra: Literal["stop", "ignore", "store"] | None = Field(None, description="What becomes of undeclared columns and keys; else stop, for JSON ignore.")
