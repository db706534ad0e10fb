"""Invented rows that fit a draft: for its sample and its test. No value of the files themselves is taken."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from lakemesh.engine.duckdb.survey import Plain
from lakemesh.scaffold.drafts.column import Drafted, Form

ROWS = 3
_TEXT = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Invented:
    """`arrives`: the rows as the files are written. `expect`: the same as a test writes them, in CSV."""

    arrives: bytes
    expect: str


def invent(
    columns: Sequence[Drafted], key: Sequence[Drafted], plain: Plain, form: Form, empty: Sequence[str]
) -> Invented:
    """Three rows, of which the last lacks what may be null."""
    names = {column.name for column in key}
    plainly = [column for column in columns if not column.type.startswith(("struct", "array", "map", "binary"))]
    rows = [[_value(c, row, c.name in names) for c in plainly] for row in range(ROWS)]
    must = [c.not_null or c.name in names for c in plainly]
    if not all(must):
        rows[-1] = [value if held else "" for value, held in zip(rows[-1], must, strict=True)]
    expect = _csv([c.name for c in plainly], rows, ",")
    match plain.kind:
        case "parquet":
            return Invented(_parquet(columns, plainly, rows), expect)
        case "json":
            return Invented(_json(columns, plainly, rows), expect)
    null = next(iter(empty), "")
    written = [[_written(value, c, form) or null for value, c in zip(row, plainly, strict=True)] for row in rows]
    text = _csv([c.header for c in plainly], written, plain.delimiter)
    return Invented(text.encode(plain.encoding), expect)


def _value(column: Drafted, row: int, keyed: bool) -> str:
    """A value as a test writes it."""
    if column.one_of and not keyed:
        return column.one_of[row % len(column.one_of)]
    kind = column.type
    if kind == "string":
        mail = "mail" in column.name
        return f"{_TEXT[row]}@example.org" if mail else _TEXT[row]
    if kind == "boolean":
        return ("true", "false", "true")[row]
    if kind == "date":
        return f"2026-01-0{row + 2}"
    if kind.startswith("timestamp"):
        return f"2026-01-0{row + 2} 08:00:00"
    if kind.startswith("decimal"):
        places = int(kind.rstrip(")").rpartition(",")[2])
        return f"{row + 1}.{'5'.ljust(places, '0')[:places]}" if places else str(row + 1)
    return f"{row + 1}.5" if kind in ("double", "float") else str(row + 1)


def _written(value: str, column: Drafted, form: Form) -> str:
    """The value as the files write it."""
    if not value:
        return ""
    if column.type == "date" and form.dates:
        year, month, day = value.split("-")
        told = form.dates.replace("yyyy", year)
        for letters, number in (("dd", day), ("MM", month)):
            told = told.replace(letters, number)
        return told.replace("d", day.lstrip("0")).replace("M", month.lstrip("0"))
    if column.type == "timestamp" and column.zoned:
        return value.replace(" ", "T") + "Z"
    if column.type.startswith(("decimal", "double")):
        return value.replace(".", form.decimal)
    return value


def _csv(names: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([names, *rows])
    return text.getvalue()


def _json(columns: Sequence[Drafted], plainly: Sequence[Drafted], rows: Sequence[Sequence[str]]) -> bytes:
    lines = []
    for row in rows:
        values: dict[str, object] = {column.header: None for column in columns}
        for column, value in zip(plainly, row, strict=True):
            values[column.header] = _spoken(_written(value, column, Form()), column.type)
        lines.append(json.dumps(values, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def _spoken(value: str, kind: str) -> object:
    if not value:
        return None
    if kind == "boolean":
        return value == "true"
    if kind in ("int", "bigint", "smallint", "tinyint"):
        return int(value)
    return float(value) if kind.startswith(("decimal", "double", "float")) else value


def _parquet(columns: Sequence[Drafted], plainly: Sequence[Drafted], rows: Sequence[Sequence[str]]) -> bytes:
    known = {column.name: number for number, column in enumerate(plainly)}
    arrays, fields = [], []
    for column in columns:
        if column.name in known:
            kind = _arrow(column.type)
            texts = pa.array([row[known[column.name]] or None for row in rows], pa.string())
            arrays.append(texts.cast(kind))
            fields.append(pa.field(column.header, kind))
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), sink)
    return sink.getvalue()


def _arrow(kind: str) -> pa.DataType:
    if kind.startswith("decimal"):
        precision, scale = kind.removeprefix("decimal(").rstrip(")").split(",")
        return pa.decimal128(int(precision), int(scale))
    known: dict[str, pa.DataType] = {
        "boolean": pa.bool_(),
        "tinyint": pa.int8(),
        "smallint": pa.int16(),
        "int": pa.int32(),
        "bigint": pa.int64(),
        "float": pa.float32(),
        "double": pa.float64(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", "UTC"),
        "timestamp_ntz": pa.timestamp("us"),
    }
    return known.get(kind, pa.string())
