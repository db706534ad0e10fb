"""The JSON Schema of quality/<table>.yaml: a rule's own words, and every expectation with what it takes."""

from typing import TypeAlias

from lakemesh.declare.expectations import CHOICES, EXPECTATIONS, Argument, Expectation

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_SCALAR: Json = {"type": ["string", "number", "boolean", "null"]}
_TEXTS: Json = {"type": "array", "minItems": 1, "items": {"type": "string"}}
_FORMS: dict[str, Json] = {
    "column": {"type": "string"},
    "text": {"type": "string"},
    "regex": {"type": "string"},
    "columns": {"type": "array", "minItems": 2, "items": {"type": "string"}},
    "texts": _TEXTS,
    "regexes": _TEXTS,
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "yes": {"type": "boolean"},
    "value": _SCALAR,
    "values": {"type": "array", "minItems": 1, "items": _SCALAR},
    "pairs": {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": _SCALAR}},
    "mapping": {"type": "object"},
    "quantiles": {
        "type": "object",
        "required": ["quantiles", "value_ranges"],
        "properties": {"quantiles": {"type": "array"}, "value_ranges": {"type": "array"}},
    },
    "partition": {
        "type": "object",
        "required": ["values", "weights"],
        "properties": {"values": {"type": "array"}, "weights": {"type": "array"}},
    },
}


def expectations() -> dict[str, Json]:
    """Each expectation's words, by its name."""
    return {name: _schema(each) for name, each in EXPECTATIONS.items()}


def _schema(each: Expectation) -> Json:
    needed: list[Json] = [argument.name for argument in each.arguments.values() if argument.needed]
    words = ", ".join(f"{argument.name}{'*' if argument.needed else ''}" for argument in each.arguments.values())
    return {
        "type": "object",
        "description": f"Counts for {each.dimension}. Takes {words}.",
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
        "properties": {name: _argument(argument) for name, argument in each.arguments.items()},
    }


def _argument(argument: Argument) -> Json:
    options: list[Json] = [*CHOICES.get(argument.takes, ())]
    return {"enum": options} if options else _FORMS[argument.takes]
