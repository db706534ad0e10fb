"""The columns of what arrives: as they are declared."""

from lakemesh.declare.columns import Column as Said
from lakemesh.declare.types import Primitive
from lakemesh.mesh.checks import checks, words
from lakemesh.mesh.contract import Classification, Column, Origin
from lakemesh.mesh.lines import Lines


def ingested(lines: Lines, default: tuple[Classification, Origin]) -> tuple[Column, ...]:
    """Each declared column; `default` classifies those that do not say."""
    key = lines.part.declaration.key
    return tuple(
        _column(lines, name, said, name in key, default) for name, said in lines.part.declaration.columns.items()
    )


def _column(lines: Lines, name: str, said: Said, in_key: bool, default: tuple[Classification, Origin]) -> Column:
    found = checks(said, in_key, arrives=True)
    origins = declared(lines, name, said, in_key)
    origins["type"] = lines.at("columns", name, "type")
    origins["classification"] = lines.at("columns", name, "classification") if said.classification else default[1]
    return Column(
        name,
        said.type or Primitive("string"),
        nullable=not any(check.word == "not_null" for check in found),
        checks=found,
        description=said.description,
        classification=said.classification or default[0],
        term=said.term,
        unit=said.unit,
        was=said.was,
        source=said.as_,
        default=said.default,
        origins=origins,
    )


def declared(lines: Lines, name: str, said: Said | None, in_key: bool) -> dict[str, Origin]:
    """Where each word of a column stands, but those that may follow another table."""
    origins: dict[str, Origin] = {}
    if said is not None:
        plain = {"description": said.description, "term": said.term, "unit": said.unit, "was": said.was, "as": said.as_}
        named = [word for word, value in {**plain, "default": said.default, **words(said)}.items() if value]
        origins = {word: lines.at("columns", name, word) for word in named}
    if said is not None and said.not_null:
        origins["not_null"] = lines.at("columns", name, "type")
    elif in_key:
        origins["not_null"] = lines.at("key", how="implied by the key")
    return origins
