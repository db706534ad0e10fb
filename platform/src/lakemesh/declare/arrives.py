"""`from:` what arrives, and by which way."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import WithJsonSchema

from lakemesh.declare.scalar import Value, named, shown
from lakemesh.declare.unbuilt import sentence as unbuilt
from lakemesh.declare.values import text
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
        raise Wrong(
            f"{named(value)} stands where `from` names what arrives",
            "write a pattern such as film/*.csv, {seed: country.csv} or {source: crm, table: sales.customers}",
        )
    words = set(value)
    if "newer" in words or words == {"table"}:
        word = "newer" if "newer" in words else "table"
        about = "reading a database by JDBC" if word == "newer" else "referring to a table that is not ours"
        raise Wrong(unbuilt(word, about), "leave it out until then", word, word=True)
    for word in value:
        if word not in ("seed", "source", "table"):
            raise Wrong(
                f'unknown word "{shown(word)}" for what arrives',
                "write {seed: country.csv} or {source: crm, table: sales.customers}",
                word,
                word=True,
            )
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


FORMS = WithJsonSchema(
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
