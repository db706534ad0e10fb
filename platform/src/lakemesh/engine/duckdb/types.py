"""Spark's types as DuckDB spells them, and back."""

import re

from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct, Type

SPELLED = {
    "boolean": "BOOLEAN",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "date": "DATE",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "timestamp_ntz": "TIMESTAMP",
    "string": "VARCHAR",
    "binary": "BLOB",
    "interval": "INTERVAL",
    "void": '"NULL"',
}
# What only DuckDB has, read as the nearest that holds it.
READ = {spelled: name for name, spelled in SPELLED.items()} | {
    "HUGEINT": "decimal(38,0)",
    "UHUGEINT": "decimal(38,0)",
    "UBIGINT": "decimal(20,0)",
    "UINTEGER": "bigint",
    "USMALLINT": "int",
    "UTINYINT": "smallint",
    "TIMESTAMP_S": "timestamp_ntz",
    "TIMESTAMP_MS": "timestamp_ntz",
    "TIMESTAMP_NS": "timestamp_ntz",
    "UUID": "string",
    "JSON": "string",
    "TIME": "string",
    "BIT": "string",
}


def to_duckdb(kind: Type) -> str:
    """How DuckDB spells a type."""
    match kind:
        case Decimal(precision, scale):
            return f"DECIMAL({precision},{scale})"
        case Array(item):
            return f"{to_duckdb(item)}[]"
        case MapOf(key, value):
            return f"MAP({to_duckdb(key)}, {to_duckdb(value)})"
        case Struct(fields):
            return "STRUCT(" + ", ".join(f"{quoted(name)} {to_duckdb(item)}" for name, item in fields) + ")"
        case Primitive(name):
            return SPELLED[name]


def of_duckdb(text: str) -> Type:
    """The type that DuckDB names so, as its DESCRIBE prints it. Raises ValueError."""
    kind, rest = _read(text.strip())
    if rest.strip():
        raise ValueError(f'"{text}" is not a type of DuckDB')
    return kind


def quoted(name: str) -> str:
    """An identifier, quoted for DuckDB."""
    return '"' + name.replace('"', '""') + '"'


_WORD = re.compile(r'\s*("(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*)')


def _read(text: str) -> tuple[Type, str]:
    found = re.match(r"\s*(TIMESTAMP WITH TIME ZONE|TIME WITH TIME ZONE|\"NULL\"|[A-Z_0-9]+)", text)
    if not found:
        raise ValueError(f'"{text}" is not a type of DuckDB')
    word, rest = found[1], text[found.end() :]
    kind: Type
    if word in ("DECIMAL", "NUMERIC"):
        sizes = re.match(r"\((\d+),\s*(\d+)\)", rest)
        kind = Decimal(int(sizes[1]), int(sizes[2])) if sizes else Decimal(18, 3)
        rest = rest[sizes.end() :] if sizes else rest
    elif word == "MAP":
        key, rest = _read(rest.lstrip()[1:])
        value, rest = _read(rest.lstrip()[1:])
        kind, rest = MapOf(key, value), rest.lstrip()[1:]
    elif word == "STRUCT":
        fields, rest = [], rest.lstrip()[1:]
        while not rest.startswith(")"):
            name = _WORD.match(rest)
            if not name:
                raise ValueError(f'"{text}" is not a type of DuckDB')
            item, rest = _read(rest[name.end() :])
            fields.append((_plain(name[1]), item))
            rest = rest.lstrip().removeprefix(",").lstrip()
        kind, rest = Struct(tuple(fields)), rest[1:]
    elif word == "ENUM":
        kind, rest = Primitive("string"), rest[rest.index(")") + 1 :]
    else:
        kind = _simple(word)
    while array := re.match(r"\[\d*\]", rest):
        kind, rest = Array(kind), rest[array.end() :]
    return kind, rest


def _simple(word: str) -> Type:
    name = READ.get(word)
    if name is None:
        raise ValueError(f'DuckDB\'s type "{word}" has no counterpart in Spark')
    sizes = re.fullmatch(r"decimal\((\d+),(\d+)\)", name)
    return Decimal(int(sizes[1]), int(sizes[2])) if sizes else Primitive(name)


def _plain(word: str) -> str:
    return word[1:-1].replace('""', '"') if word.startswith('"') else word
