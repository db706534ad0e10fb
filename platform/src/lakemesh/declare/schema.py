"""A JSON Schema per kind of file, so that an editor completes and explains the words."""

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from pydantic import TypeAdapter

from lakemesh.declare.declaration import Declaration
from lakemesh.declare.domain import Domain, Source
from lakemesh.declare.ingest import Ingest
from lakemesh.declare.inherited import Inherited
from lakemesh.declare.mesh import Organisation
from lakemesh.declare.product import Product
from lakemesh.declare.readers import Reader
from lakemesh.declare.rule_schema import expectations
from lakemesh.declare.rules import Rule
from lakemesh.declare.tests import TestTimes
from lakemesh.declare.transform import Transform

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
DRAFT = "http://json-schema.org/draft-07/schema#"

_KINDS: Mapping[str, type[Declaration]] = {
    "mesh": Organisation,
    "domain": Domain,
    "product": Product,
    "ingest": Ingest,
    "transform": Transform,
    "test": TestTimes,
}
_NAMED: Mapping[str, type[Declaration]] = {"sources": Source, "readers": Reader}

# What may be written instead of a mapping.
_SHORT: Mapping[str, dict[str, Json]] = {
    "Column": {"type": "string", "description": "A type, with `not null` behind it where that holds."},
    "Fresh": {"type": "string", "description": "How old it may be, such as 26 hours."},
    "Show": {"const": "all", "description": "All columns that are not personal."},
}


@cache
def schemas() -> Mapping[str, dict[str, Json]]:
    """The schema of each kind of file, by its name."""
    found = {kind: _schema(model) for kind, model in _KINDS.items()}
    for kind, model in _NAMED.items():
        inside = _schema(model)
        shapes = inside.pop("$defs", {})
        inside.pop("$schema")
        name = model.__name__
        assert isinstance(shapes, dict)
        found[kind] = {
            "$schema": DRAFT,
            "description": str(inside["description"]),
            "type": "object",
            "additionalProperties": {"$ref": f"#/$defs/{name}"},
            "$defs": {**shapes, name: inside},
        }
    found["quality"] = _rules()
    _path(found["readers"], "$defs", "Reader", "properties", "tables")["anyOf"] = [
        {"const": "all", "description": "All that the product publishes."},
        {"type": "array", "minItems": 1, "items": {"type": "string"}},
        {"type": "object", "additionalProperties": {"anyOf": [_SHORT["Show"], {"$ref": "#/$defs/Show"}]}},
    ]
    return found


def _rules() -> dict[str, Json]:
    """A list of rules, each of which may have one expectation."""
    inside = _schema(Rule)
    inside.pop("$schema")
    words = inside["properties"]
    assert isinstance(words, dict)
    own = {word: told for word, told in words.items() if word in Rule.known()}
    rule: dict[str, Json] = {**inside, "properties": {**own, **expectations()}}
    about = "The rules of one table, beyond the words of its columns."
    item: Json = {"$ref": "#/$defs/Rule"}
    return {"$schema": DRAFT, "description": about, "type": "array", "items": item, "$defs": {"Rule": rule}}


def _schema(model: type[Declaration]) -> dict[str, Json]:
    made = TypeAdapter(model).json_schema(by_alias=True)
    plain = _plain(made)
    assert isinstance(plain, dict)
    words = plain["properties"]
    assert isinstance(words, dict)
    own = {word: told for word, told in words.items() if word not in Inherited.model_fields}
    return {"$schema": DRAFT, **plain, "properties": {**own, **words}}


def _plain(schema: Json) -> Json:
    """Without what pydantic adds for programs, and with our short forms."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    ref = schema.get("$ref")
    if isinstance(ref, str) and (short := _SHORT.get(ref.rpartition("/")[2])):
        about = {word: told for word, told in schema.items() if word == "description"}
        return {"anyOf": [short, {"$ref": ref}], **about}
    done: dict[str, Json] = {}
    for word, value in schema.items():
        if word == "title" and isinstance(value, str):
            continue
        if word == "default" and (
            isinstance(value, (dict, list)) or value in (None, "") or (isinstance(value, str) and value[:1] == "P")
        ):
            continue
        if word == "default" and schema.get("type") == "string" and not isinstance(value, str):
            continue
        if word == "examples" and isinstance(value, list):
            # An example is written as YAML, quotes and all; here it stands for the value.
            done[word] = [str(example).strip('"') for example in value]
            continue
        if word in ("properties", "$defs") and isinstance(value, dict):
            done[word] = {name: _optional(_plain(one)) for name, one in value.items() if name != "not_null"}
        else:
            done[word] = _plain(value)
    return done


def _optional(schema: Json) -> Json:
    """A word that is not said is left out, never null."""
    options = schema.get("anyOf") if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(options, list):
        return schema
    left = [one for one in options if one != {"type": "null"}]
    rest = {word: value for word, value in schema.items() if word != "anyOf"}
    if len(left) == 1 and isinstance(left[0], dict):
        return {**left[0], **rest}
    return {"anyOf": left, **rest}


def _path(schema: dict[str, Json], *words: str) -> dict[str, Json]:
    """What stands at the end of these words."""
    for word in words:
        inside = schema[word]
        assert isinstance(inside, dict)
        schema = inside
    return schema
