"""The schemas that editors use are fresh, and admit what the declarations admit."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from lakemesh.declare import yaml12
from lakemesh.declare.schema import schemas

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/reference/schemas"
KINDS = {
    "platform/mesh.yaml": "mesh",
    "domains/*/domain.yaml": "domain",
    "domains/*/sources.yaml": "sources",
    "domains/*/*/product.yaml": "product",
    "domains/*/*/readers.yaml": "readers",
    "domains/*/*/ingest/*.yaml": "ingest",
    "domains/*/*/transform/*.yaml": "transform",
    "domains/*/*/quality/*.yaml": "quality",
    "domains/*/*/tests/*/test.yaml": "test",
}
FILES = [(path, kind) for pattern, kind in KINDS.items() for path in sorted(ROOT.glob(pattern))]


@pytest.mark.parametrize("kind", sorted(schemas()))
def test_a_schema_is_as_the_program_writes_it(kind: str) -> None:
    written = json.dumps(schemas()[kind], indent=2, ensure_ascii=False) + "\n"
    assert (FOLDER / f"{kind}.json").read_text("utf-8") == written, "write it again with `make docs`"


def test_there_is_no_schema_of_a_kind_that_is_no_more() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(schemas())


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_a_file_that_we_ship_is_admitted_by_its_schema(path: Path, kind: str) -> None:
    schema = schemas()[kind]
    assert list(refused(schema, schema, yaml12.read(path.read_text("utf-8"), path.name).value)) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("ingest", "from: {seed: a.csv}\ncolumns: {a: int, b: {type: int, range: {is: 0.., else: warn}, one_of: [1]}}"),
        (
            "ingest",
            "from: {source: crm, table: a.b}\nmax_bad: 5 %\nkeep: {for: 90 days, by: seen}\nformat: {empty: [NA]}",
        ),
        ("transform", "write: merge\ndeletes: {when: x}\nfresh: {within: 2 hours, of: seen}\nlookback: 3 days"),
        (
            "readers",
            "a: {why: x, tables: all}\nb: {why: x, tables: [c]}\nd: {why: x, tables: {e: {show: [f]}, g: all}}",
        ),
        ("product", "description: x\nfresh: 26 hours\nstart: hourly"),
    ],
)
def test_short_forms_are_admitted(kind: str, text: str) -> None:
    schema = schemas()[kind]
    assert list(refused(schema, schema, yaml12.read(text, "x").value)) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("ingest", "write: replace"),
        ("ingest", "from: a.csv\nwirte: replace"),
        ("ingest", "from: a.csv\nwrite: histories"),
        ("ingest", "from: a.csv\ncolumns: {a: {typ: int}}"),
        ("product", "description: x\nfresh: 26"),
        ("mesh", "lakemesh: 2\nname: acme"),
    ],
)
def test_what_is_wrong_is_not(kind: str, text: str) -> None:
    schema = schemas()[kind]
    assert list(refused(schema, schema, yaml12.read(text, "x").value))


@pytest.mark.parametrize("kind", sorted(schemas()))
def test_every_word_is_explained(kind: str) -> None:
    schema: Any = schemas()[kind]
    shapes = [schema, *schema.get("$defs", {}).values()]
    words = [(word, told) for shape in shapes for word, told in shape.get("properties", {}).items()]
    assert words or kind in ("sources", "readers")
    assert [word for word, told in words if not told.get("description") and "$ref" not in told] == []


TYPES = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "object": dict, "array": list}


def refused(schema: Any, root: Any, value: Any) -> Any:
    """Why a value does not fit: as much of JSON Schema as ours use."""
    if "$ref" in schema:
        yield from refused(root["$defs"][schema["$ref"].rpartition("/")[2]], root, value)
    if "anyOf" in schema and not any(not list(refused(option, root, value)) for option in schema["anyOf"]):
        yield f"none of the forms fits {value!r}"
    types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    if types and not any(isinstance(value, TYPES[name]) and (name == "boolean" or value is not True) for name in types):
        yield f"{value!r} is not {types}"
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        yield f"{value!r} is not a choice"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{value!r} is not {schema['pattern']}"
    if isinstance(value, list):
        for item in value:
            yield from refused(schema.get("items", {}), root, item)
    if isinstance(value, dict):
        yield from (f"{word} is missing" for word in schema.get("required", []) if word not in value)
        for word, inside in value.items():
            below = schema.get("properties", {}).get(word, schema.get("additionalProperties", {}))
            if below is False:
                yield f"{word} is not known"
            else:
                yield from refused(below, root, inside)
