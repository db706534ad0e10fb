"""ingest/<table>.yaml: something that arrives, and the clean table it becomes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, SkipValidation, WithJsonSchema

from lakemesh.declare.declaration import Declaration
from lakemesh.declare.scalar import Value, named, shown
from lakemesh.declare.table import Table
from lakemesh.declare.together import undeclared
from lakemesh.declare.unbuilt import sentence as unbuilt
from lakemesh.declare.values import Character, Spelled, Text, Yes, text
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


KINDS = {"csv": "csv", "json": "json", "jsonl": "json", "ndjson": "json", "parquet": "parquet"}
"""What the end of a file's name says of its kind."""


def kind_of(pattern: str) -> str:
    """csv, json or parquet, by the end of the name; empty where it does not say."""
    name = pattern.removesuffix(".gz")
    return KINDS.get(name.rpartition(".")[2], "") if "." in name.rpartition("/")[2] else ""


def origin(value: Value) -> From:
    """What arrives: a pattern of files, a seed, or a table of a source."""
    if isinstance(value, str):
        return FromFiles(_pattern(value.strip()))
    if isinstance(value, list):
        raise Wrong("a list stands where `from` names what arrives", "write one pattern, such as film/*.csv")
    if not isinstance(value, dict):
        raise Wrong(f"{named(value)} stands where `from` names what arrives", "write a pattern such as film/*.csv, {seed: country.csv} or {source: crm, table: sales.customers}")  # fmt: skip
    words = set(value)
    if "newer" in words or words == {"table"}:
        word = "newer" if "newer" in words else "table"
        about = "reading a database by JDBC" if word == "newer" else "referring to a table that is not ours"
        raise Wrong(unbuilt(word, about), "leave it out until then", word, word=True)
    for word in value:
        if word not in ("seed", "source", "table"):
            raise Wrong(f'unknown word "{shown(word)}" for what arrives', "write {seed: country.csv} or {source: crm, table: sales.customers}", word, word=True)  # fmt: skip
    if words == {"seed"}:
        return FromSeed(_seed(_said(value, "seed")))
    if words == {"source", "table"}:
        return FromSource(_said(value, "source"), _said(value, "table"))
    if words == {"source"}:
        raise Wrong(
            "a source has many tables, and none is named",
            f"write {{source: {_said(value, 'source')}, table: …}}",
            "source",
        )
    raise Wrong(
        "what arrives is said in two ways", "write {seed: country.csv} or {source: crm, table: sales.customers}"
    )


def _said(value: dict[str, Value], word: str) -> str:
    try:
        return text(value[word])
    except Wrong as wrong:
        raise wrong.below(word) from None


def _pattern(pattern: str) -> str:
    if not pattern:
        raise Wrong("`from` names nothing", "write a pattern such as film/*.csv")
    if (
        re.match(r"[a-z][a-z0-9]*://", pattern)
        or pattern.startswith(("/", "~"))
        or re.match(r"[A-Za-z]:", pattern)
        or "\\" in pattern
    ):
        short = re.split(r"[/\\]", pattern)[-1] or "*.csv"
        raise Wrong(
            f'"{shown(pattern)}" is a place of its own',
            f"name it from this product's place in the landing zone, such as {short}",
        )
    parts = pattern.split("/")
    if ".." in parts or "." in parts or "" in parts:
        raise Wrong(
            f'"{shown(pattern)}" leaves its place', "write folders and a file name without . and .. and empty parts"
        )
    if found := re.search(r"\{\{|\$\{|%[A-Za-z]", pattern):
        raise Wrong(f'"{shown(pattern)}" is a template', f"write * for what changes, instead of {found[0]}")
    if not kind_of(pattern):
        name = parts[-1]
        raise Wrong(
            f'"{shown(name)}" does not say what kind of file it is',
            "let it end in .csv, .json, .jsonl or .parquet, with .gz behind it where it is packed",
        )
    return pattern


def _seed(file: str) -> str:
    if "/" in file or "\\" in file or "*" in file or file in (".", ".."):
        raise Wrong(
            f'"{shown(file)}" is not a file of this product\'s seed/ folder',
            "write its name alone, such as country.csv",
            "seed",
        )
    if not kind_of(file):
        raise Wrong(
            f'"{shown(file)}" does not say what kind of file it is',
            "let it end in .csv, .json, .jsonl or .parquet",
            "seed",
        )
    return file


class Format(Declaration):
    """What a file is like, where it is not plain. None: as is usual for its kind."""

    kind: ClassVar[str] = "the format of a file"
    example: ClassVar[str] = '{delimiter: ";", empty: NA}'

    delimiter: Character | None = Field(default=None, description='csv: what separates cells, such as ";" or tab.')
    header: Yes | None = Field(default=None, description="csv: whether the first line names the columns.")
    encoding: Text | None = Field(default=None, description="Such as utf-8 or latin-1.")
    quote: Character | None = Field(default=None, description="csv: the character around cells.")
    decimal: Character | None = Field(default=None, description='csv: the character before a fraction, such as ",".')
    dates: Text | None = Field(default=None, description="How dates are written, such as dd-MM-yyyy.")
    timestamps: Text | None = Field(default=None, description="How times are written, such as yyyy-MM-dd HH:mm:ss.")
    empty: Spelled | None = Field(default=None, description="What stands for null, such as NA or [NA, -].")
    time_zone: Text | None = Field(default=None, description="Of times written without one; else UTC.")


_CSV = ("delimiter", "header", "quote", "decimal")
_FROM = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "description": "Files below this product's place in the landing zone."},
            {
                "type": "object",
                "description": "A file of this product's seed/ folder.",
                "properties": {"seed": {"type": "string"}},
                "required": ["seed"],
                "additionalProperties": False,
            },
            {
                "type": "object",
                "description": "A table of something that sources.yaml names.",
                "properties": {"source": {"type": "string"}, "table": {"type": "string"}},
                "required": ["source", "table"],
                "additionalProperties": False,
            },
        ]
    }
)


class Ingest(Table):
    """A clean table of what arrives."""

    kind: ClassVar[str] = "an ingest"

    from_: Annotated[SkipValidation[From], BeforeValidator(origin), _FROM] = Field(
        alias="from",
        description="What arrives: sakila/film/*.csv, {seed: country.csv}, {source: crm, table: sales.customers}.",
        examples=["film/*.csv"],
    )
    format: Annotated[Format, BeforeValidator(Format.read)] = Field(
        default=Format(), description="What a file is like, where it is not plain."
    )
    take: Literal["all", "newest"] | None = Field(
        default=None, description="Whether all that waits is taken, or the newest only."
    )
    delivery: Literal["file", "folder", "manifest"] | None = Field(default=None, description="What belongs together.")
    extra: Literal["stop", "ignore", "store"] | None = Field(
        default=None, description="What becomes of undeclared columns and keys; else stop, for JSON ignore."
    )

    def wrongs(self) -> Iterable[Wrong]:
        """What does not go with how it arrives."""
        yield from super().wrongs()
        if self.write == "window":
            yield Wrong(
                "`write: window` is for a transform, which can make a span again",
                "say append, replace or merge",
                "write",
                leans="write",
            )
        if self.write is None and not isinstance(self.from_, FromSource):
            yield Wrong(
                "an ingest says nothing of `write`",
                "add `write: append` (each file once), replace or merge",
                leans="write",
            )
        if self.columns:
            yield from undeclared(self)
        else:
            yield Wrong(
                "an ingest says nothing of its columns",
                "add `columns:`, or keep them in <table>.columns.csv",
                leans="columns",
            )
        for name, column in self.columns.items():
            if column.type is None:
                yield Wrong(
                    f'"{name}" has no type', "add `type: string`, or what it is", "columns", name, leans="columns"
                )
        yield from self._format()
        if isinstance(self.from_, FromSeed):
            for word in ("take", "delivery"):
                if getattr(self, word) is not None:
                    yield Wrong(
                        f"`{word}` is for what lands, and a seed is one file in git",
                        "leave it out",
                        word,
                        word=True,
                        leans="from",
                    )

    def _format(self) -> Iterable[Wrong]:
        if isinstance(self.from_, FromSource):
            return
        kind = kind_of(self.from_.pattern if isinstance(self.from_, FromFiles) else self.from_.file)
        for word in sorted(self.format.model_fields_set):
            told = {"csv": False, "json": word in _CSV, "parquet": True}[kind]
            if told and getattr(self.format, word) is not None:
                yield Wrong(
                    f"`{word}` is not said of {kind} files, which carry it themselves",
                    "leave it out",
                    "format",
                    word,
                    word=True,
                    leans="from format",
                )
        for name, column in self.columns.items():
            if column.as_ is not None and column.as_.startswith(("$.", "$[")) and kind != "json":
                yield Wrong(
                    f'"{column.as_}" is a path into JSON, and this is {kind}',
                    "write the header",
                    "columns",
                    name,
                    "as",
                    leans="from columns",
                )
