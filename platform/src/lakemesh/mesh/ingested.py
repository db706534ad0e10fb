"""The columns of what arrives: as they are declared."""

from lakemesh.declare.columns import Column as Said
from lakemesh.declare.table import DropWithin
from lakemesh.declare.types import Primitive
from lakemesh.mesh.checks import checks, words
from lakemesh.mesh.contract import Classification, Column, Origin
from lakemesh.mesh.lines import Lines


def ingested(lines: Lines, default: tuple[Classification, Origin]) -> tuple[Column, ...]:
    """Each declared column; `default` classifies those that do not say."""
    return tuple(
        _column(lines, name, said, implied(lines, name), default)
        for name, said in lines.part.declaration.columns.items()
    )


def implied(lines: Lines, name: str) -> str:
    """The word that needs a value in every row of the column, or nothing."""
    declaration = lines.part.declaration
    lower = name.lower()
    if lower in (each.lower() for each in declaration.key):
        return "key"
    if declaration.write == "history" and declaration.newest and lower == declaration.newest.lower():
        return "newest"
    return "repeats" if isinstance(declaration.repeats, DropWithin) and lower == declaration.repeats.by.lower() else ""


def _column(lines: Lines, name: str, said: Said, by: str, default: tuple[Classification, Origin]) -> Column:
    found = checks(said, bool(by), arrives=True)
    origins = declared(lines, name, said, by)
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


def declared(lines: Lines, name: str, said: Said | None, by: str) -> dict[str, Origin]:
    """Where each word of a column stands, but those that may follow another table. `by`: what implies `not null`."""
    origins: dict[str, Origin] = {}
    if said is not None:
        plain = {"description": said.description, "term": said.term, "unit": said.unit, "was": said.was, "as": said.as_}
        named = [word for word, value in {**plain, "default": said.default, **words(said)}.items() if value]
        origins = {word: lines.at("columns", name, word) for word in named}
    if said is not None and said.not_null:
        origins["not_null"] = lines.at("columns", name, "type")
    elif by:
        origins["not_null"] = lines.at(by, how="implied by the key" if by == "key" else f"implied by `{by}`")
    return origins
