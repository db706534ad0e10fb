"""Files of one shape -> the declaration of a table, a sample and a test."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from lakemesh.engine.duckdb.survey import Facts, Survey
from lakemesh.scaffold.drafts.column import Drafted, Form, drafted, form
from lakemesh.scaffold.drafts.found import Found, columns_named
from lakemesh.scaffold.drafts.invent import Invented, invent
from lakemesh.scaffold.drafts.key import key
from lakemesh.scaffold.spoken import text, words

MOST = 200_000
"""Rows that are looked at; of larger files, their beginning."""
_FEW = 12
_WIDE = 40
"""Columns above which they are kept in a file of their own."""
_NEWEST = (
    "updated_at",
    "changed_at",
    "modified_at",
    "last_update",
    "last_updated",
    "last_modified",
    "updated",
    "modified",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A table as it will be. `files`: by path below the product. `unsure`: what a person should look at."""

    found: Found
    columns: tuple[Drafted, ...]
    key: tuple[Drafted, ...]
    write: str
    rows: int
    files: dict[str, bytes]
    unsure: tuple[str, ...]


def draft(found: Found, domain: str) -> Draft:
    """Look at the files, and write down what they are. Raises Mistakes where they cannot be read."""
    survey = Survey([str(file) for file in found.files], found.plain, MOST)
    facts = survey.facts()
    of, unsure = form(facts)
    names = columns_named(survey.names)
    columns = tuple(
        drafted(names[fact.name], fact, of, found.plain.kind, survey.values(fact.name, _FEW) if _text(fact) else None)
        for fact in facts
    )
    keyed = key(columns, facts, found.table, survey.unique)
    write, newest = _write(found, columns, keyed)
    told = [*found.unsure, *unsure, *(column.unsure for column in columns if column.unsure)]
    if not keyed:
        told.append(f"{found.table} has no key: no columns were found that tell its rows apart")
    if survey.broken:
        told.append(f"{survey.broken:,} lines of {found.table} do not have as many cells as its header")
    if not survey.whole:
        told.append(f"of {found.table} the first {MOST:,} rows were looked at, and not the rest")
    empty = _empty(columns, facts)
    rows = invent(columns, keyed, found.plain, of, empty)
    evidence = f"{survey.rows:,} rows of {len(found.files)} {'file' if len(found.files) == 1 else 'files'}"
    declared = _declared(found, columns, keyed, write, newest, of, empty, evidence)
    return Draft(found, columns, keyed, write, survey.rows, _files(found, domain, columns, declared, rows), tuple(told))


def _text(fact: Facts) -> bool:
    return fact.known is None and fact.present > 0 and fact.distinct <= 2 * _FEW and fact.whole < fact.present


def _write(found: Found, columns: Sequence[Drafted], keyed: Sequence[Drafted]) -> tuple[str, str]:
    """One file is all there is; several come one by one. Where rows tell their time, the newer version counts."""
    newest = next(
        (c.name for name in _NEWEST for c in columns if c.name == name and c.type.startswith("timestamp")), ""
    )
    if keyed and newest and newest not in {c.name for c in keyed}:
        return "merge", newest
    return ("append" if len(found.files) > 1 else "replace"), ""


def _empty(columns: Sequence[Drafted], facts: Sequence[Facts]) -> tuple[str, ...]:
    """What stands for null beside nothing: tokens among values that are no texts."""
    tokens = {
        token
        for column, fact in zip(columns, facts, strict=True)
        if column.type != "string" and fact.known is None
        for token in fact.tokens
    }
    return tuple(sorted(tokens))


def _declared(
    found: Found,
    columns: Sequence[Drafted],
    keyed: Sequence[Drafted],
    write: str,
    newest: str,
    of: Form,
    empty: Sequence[str],
    evidence: str,
) -> dict[str, str]:
    """The contract, and the columns in their own file where they are many."""
    ending = found.ending
    lines = [
        "# yaml-language-server: $schema=../../../../docs/reference/schemas/ingest.json",
        f"# Drafted from {evidence}. What a comment says was seen; what holds is for you to say.",
        f"description: One row per {words(found.table).removesuffix('s')}.",
        f"from: {found.table}/*{ending}",
    ]
    if told := _format(found, of, empty):
        lines += ["format:", *(f"  {line}" for line in told)]
    lines.append(f"write: {write}")
    if keyed:
        lines.append(f"key: [{', '.join(_name(column.name) for column in keyed)}]")
    if newest:
        lines.append(f"newest: {newest}")
    if len(columns) > _WIDE:
        return {
            f"ingest/{found.table}.yaml": "\n".join(lines) + "\n",
            f"ingest/{found.table}.columns.csv": _spreadsheet(columns, found.plain.kind),
        }
    lines.append("columns:")
    for column in columns:
        lines += [
            f"  # {column.evidence}{_of_key(column, keyed)}",
            f"  {_name(column.name)}:",
            f"    type: {_typed(column.declared)}",
        ]
        if column.header != column.name:
            lines.append(f"    as: {_item(_as(column, found.plain.kind))}")
        if column.one_of:
            lines.append(f"    one_of: [{', '.join(_item(value) for value in column.one_of)}]")
        if column.low and column not in keyed:
            lines.append(f"    range: {column.low}")
        if column.personal:
            lines.append("    classification: personal")
        lines.append(f"    description: {text(_described(column))}")
    return {f"ingest/{found.table}.yaml": "\n".join(lines) + "\n"}


def _of_key(column: Drafted, keyed: Sequence[Drafted]) -> str:
    if column not in keyed:
        return ""
    return "; all different" if len(keyed) == 1 else "; different together with the rest of the key"


def _format(found: Found, of: Form, empty: Sequence[str]) -> list[str]:
    plain, told = found.plain, []
    if plain.kind == "csv":
        usual = "\t" if ".tsv" in found.ending else ","
        if plain.delimiter != usual:
            told.append(f"delimiter: {'tab' if plain.delimiter == chr(9) else _item(plain.delimiter)}")
        if plain.encoding != "utf-8":
            told.append(f"encoding: {plain.encoding}")
        if of.decimal != ".":
            told.append(f"decimal: {_item(of.decimal)}")
    if plain.kind != "parquet":
        if of.dates:
            told.append(f"dates: {text(of.dates)}")
        if empty:
            told.append(f"empty: [{', '.join(map(_item, ('', *empty) if plain.kind == 'csv' else empty))}]")
    return told


def _files(
    found: Found, domain: str, columns: Sequence[Drafted], declared: dict[str, str], rows: Invented
) -> dict[str, bytes]:
    kind = found.plain.kind
    ending = {"csv": "csv", "json": "jsonl", "parquet": "parquet"}[kind]
    test = "tests/what_arrives_is_what_readers_see"
    return {
        **{path: told.encode() for path, told in declared.items()},
        f"sample/{found.table}.{ending}": rows.arrives,
        f"{test}/given/{domain}.{found.table}.{ending}": rows.arrives,
        f"{test}/expect/{domain}.{found.table}.csv": rows.expect.encode(),
    }


def _spreadsheet(columns: Sequence[Drafted], kind: str) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["name", "type", "as", "description", "classification", "one_of", "range"])
    for c in columns:
        header = _as(c, kind) if c.header != c.name else ""
        personal = "personal" if c.personal else ""
        writer.writerow([c.name, c.declared, header, _described(c), personal, "|".join(c.one_of), c.low])
    return table.getvalue()


def _as(column: Drafted, kind: str) -> str:
    if kind != "json":
        return column.header
    simple = column.header.replace("_", "").replace("-", "").isalnum() and not column.header[0].isdigit()
    return f"$.{column.header}" if simple else f"$['{column.header}']"


def _described(column: Drafted) -> str:
    return f"{words(column.name).capitalize()}."


def _name(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() and name not in _YAML else _item(name)


_YAML = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")


def _typed(kind: str) -> str:
    return _item(kind) if kind.startswith(("struct", "array", "map")) else kind


def _item(value: str) -> str:
    """A value within brackets, always quoted where YAML could take it for something else."""
    plain = value.isascii() and value[:1].isalpha() and value.replace("_", "").replace("-", "").isalnum()
    return (
        value if plain and value.lower() not in _YAML else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
