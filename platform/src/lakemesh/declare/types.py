"""Spark SQL's types, as people write them in contracts and SQL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from lakemesh.declare.foreign import FOREIGN
from lakemesh.declare.wrong import Wrong


@dataclass(frozen=True, slots=True)
class Primitive:
    """boolean, int, bigint, float, double, date, timestamp, timestamp_ntz, string, binary."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Decimal:
    """decimal(precision,scale)."""

    precision: int
    scale: int

    def __str__(self) -> str:
        return f"decimal({self.precision},{self.scale})"


@dataclass(frozen=True, slots=True)
class Array:
    """array<item>."""

    item: "Type"

    def __str__(self) -> str:
        return f"array<{self.item}>"


@dataclass(frozen=True, slots=True)
class MapOf:
    """map<key,value>."""

    key: "Type"
    value: "Type"

    def __str__(self) -> str:
        return f"map<{self.key},{self.value}>"


@dataclass(frozen=True, slots=True)
class Struct:
    """struct<name:type,...>: fields in order."""

    fields: tuple[tuple[str, "Type"], ...]

    def __str__(self) -> str:
        return "struct<" + ",".join(f"{name}:{kind}" for name, kind in self.fields) + ">"


Type: TypeAlias = Primitive | Decimal | Array | MapOf | Struct
Columns: TypeAlias = Mapping[str, Type]
"""Column names in order, each with its type."""


PRIMITIVES = ("boolean", "int", "bigint", "float", "double", "date", "timestamp", "timestamp_ntz", "string", "binary")
KNOWN = (*PRIMITIVES, "decimal", "array", "map", "struct")

_DEEPEST = 32
_LONGER = re.compile(r"\s+(precision|varying|with(?:out)?\s+time\s+zone)\b", re.IGNORECASE)


def parse(text: str) -> Type:
    """The type that `text` names, in Spark SQL's spelling. Raises Wrong, which is a ValueError."""
    reader = _Reader(text)
    found = reader.type(0)
    reader.blank()
    if reader.place < len(text):
        rest = text[reader.place :].strip()
        if rest.lower() in ("null", "nullable", "?"):
            raise Wrong(f'"{text}" says that a column may be null, which is so anyway', f"write {found}")
        if rest.lower() in ("required", "!", "not_null", "notnull"):
            raise Wrong(f'"{_shown(text)}" is not a type', f"write {found} not null")
        raise Wrong(
            f'"{_shown(text)}" is not a type: "{_shown(rest)}" is left over',
            f"write {found}, or a mapping with more words",
        )
    return found


class _Reader:
    """Reads one type from the left."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def blank(self) -> None:
        while self.place < len(self.text) and self.text[self.place].isspace():
            self.place += 1

    def take(self, mark: str) -> bool:
        self.blank()
        if self.text.startswith(mark, self.place):
            self.place += len(mark)
            return True
        return False

    def need(self, mark: str, example: str) -> None:
        if not self.take(mark):
            raise Wrong(f'"{_shown(self.text)}" is not a type: "{mark}" is missing', f"write {example}")

    def word(self) -> str:
        self.blank()
        found = re.compile(r"[A-Za-z_]\w*").match(self.text, self.place)
        if not found:
            raise Wrong(f'"{_shown(self.text)}" is not a type', "write one such as int, decimal(12,2) or array<string>")
        self.place = found.end()
        return found[0]

    def type(self, depth: int) -> Type:
        """One type, and all that stands in it."""
        if depth > _DEEPEST:
            raise Wrong(
                f"a type lies more than {_DEEPEST} levels deep in others", "flatten it, or keep it as a JSON string"
            )
        name = self.word()
        self.longer(name)
        if name in PRIMITIVES:
            return Primitive(name)
        if name == "decimal":
            return self.decimal()
        if name == "array":
            self.need("<", "array<string>")
            item = self.type(depth + 1)
            self.need(">", "array<string>")
            return Array(item)
        if name == "map":
            self.need("<", "map<string,int>")
            key = self.type(depth + 1)
            self.need(",", "map<string,int>")
            value = self.type(depth + 1)
            self.need(">", "map<string,int>")
            return MapOf(key, value)
        if name == "struct":
            return self.struct(depth)
        raise self.other(name)

    def decimal(self) -> Decimal:
        """How many digits in all, and how many of them behind the point."""
        found = re.compile(r"\s*\(\s*(\d{1,4})\s*(?:,\s*(\d{1,4})\s*)?\)").match(self.text, self.place)
        if not found:
            raise Wrong(
                "`decimal` does not say how many digits it has",
                "write decimal(12,2): twelve digits, two of them behind the point",
            )
        if found[2] is None:
            raise Wrong(
                f"decimal({found[1]}) does not say how many digits stand behind the point",
                f"write decimal({found[1]},0)",
            )
        self.place = found.end()
        precision, scale = int(found[1]), int(found[2])
        if not 1 <= precision <= 38:
            raise Wrong(f"a decimal has from 1 to 38 digits, not {precision}", "write decimal(38,2) or less")
        if scale > precision:
            raise Wrong(
                f"decimal({precision},{scale}) has more digits behind the point than in all",
                f"write decimal({min(38, precision + scale)},{scale})",
            )
        return Decimal(precision, scale)

    def struct(self, depth: int) -> Struct:
        """Fields, each with a name of its own."""
        self.need("<", "struct<sku:string,qty:int>")
        fields: dict[str, Type] = {}
        while True:
            self.blank()
            quoted = re.compile(r"`([^`]+)`").match(self.text, self.place)
            if quoted:
                name, self.place = quoted[1], quoted.end()
            else:
                name = self.word()
            self.need(":", "struct<sku:string,qty:int>")
            if name.lower() in (known.lower() for known in fields):
                raise Wrong(f'a struct has two fields called "{name}"', "give each a name of its own")
            fields[name] = self.type(depth + 1)
            if not self.take(","):
                break
        self.need(">", "struct<sku:string,qty:int>")
        return Struct(tuple(fields.items()))

    def longer(self, name: str) -> None:
        """Refuse the types of SQL that have several words."""
        found = _LONGER.match(self.text, self.place)
        if found and (ours := FOREIGN.get(f"{name.lower()} {' '.join(found[1].lower().split())}")):
            raise Wrong(f'"{name}{found[0]}" is not a type of Spark SQL', f"write {ours}")

    def other(self, name: str) -> Wrong:
        """What to say of a word that is no type of ours."""
        rest = self.text[self.place :]
        lower = name.lower()
        if lower in KNOWN:
            return Wrong(f'"{name}" is not written so', f"write it in lowercase: {lower}")
        if lower in FOREIGN:
            ours = FOREIGN[lower]
            size = re.match(r"\s*\(\s*(\d{1,4})\s*(?:,\s*(\d{1,4})\s*)?\)", rest)
            if ours == "decimal(p,s)":
                ours = f"decimal({size[1]},{size[2] or 0})" if size else "decimal(12,2)"
            elif ours == "string" and size:
                ours = f"string, with `length: ..{size[1]}`"
            elif "[]" in rest:
                ours = f"array<{ours}>"
            return Wrong(f'"{name}" is not a type of Spark SQL', f"write {ours}")
        near = get_close_matches(lower, (*KNOWN, *FOREIGN), 1, 0.7)
        meant = FOREIGN.get(near[0], near[0]) if near else ""
        return Wrong(
            f'"{_shown(name)}" is not a type',
            f"did you mean {meant}?" if meant else f"the types are {', '.join(KNOWN)}",
        )


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
