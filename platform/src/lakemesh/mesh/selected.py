"""The columns of a transform: what its SELECT yields, in its order. What is passed on follows its source."""

from collections.abc import Mapping

from lakemesh.declare.columns import Column as Said
from lakemesh.declare.names import TableName
from lakemesh.declare.types import Type
from lakemesh.declare.wrong import Wrong, Wrongs
from lakemesh.errors import Mistake, Mistakes
from lakemesh.mesh.checks import checks
from lakemesh.mesh.classified import strictest
from lakemesh.mesh.contract import Classification, Column, Contract, Origin
from lakemesh.mesh.ingested import declared, implied
from lakemesh.mesh.lines import Lines
from lakemesh.mesh.yields import Yield
from lakemesh.sql.lineage import Derived


def selected(
    lines: Lines, made: Yield, inputs: Mapping[TableName, Contract], default: tuple[Classification, Origin]
) -> tuple[Column, ...]:
    """One column for each that the SELECT yields; then those that it should yield, so that no reader is blamed for
    them. Raises Mistakes."""
    said = {name.lower(): (name, column) for name, column in lines.part.declaration.columns.items()}
    wrong: list[Mistake] = []
    found: list[Column] = []
    missing = [name for name, (_, each) in said.items() if name not in made.derived and each.type]
    for name, derived in {**made.derived, **dict.fromkeys(missing, Derived(None, frozenset()))}.items():
        try:
            found.append(_column(lines, name, said.get(name), derived, made, inputs, default))
        except Mistakes as mistakes:
            wrong.extend(mistakes.mistakes)
    if wrong:
        raise Mistakes(*wrong)
    return tuple(found)


def _column(
    lines: Lines,
    name: str,
    spelled: tuple[str, Said] | None,
    derived: Derived,
    made: Yield,
    inputs: Mapping[TableName, Contract],
    default: tuple[Classification, Origin],
) -> Column:
    written, said = spelled or (name, None)
    source = inputs[derived.passed[0]].column(derived.passed[1]) if derived.passed else None
    follows = f"follows {derived.passed[0]}.{derived.passed[1]}" if derived.passed else ""
    type, where = _type(lines, written, said, source, follows, made)
    said = _typed(lines, written, said, type)
    by = implied(lines, name)
    found = checks(said, bool(by), arrives=False)
    origins = {**declared(lines, written, said, by), "type": where}
    if source:
        description = source.description if source.name.lower() == name else ""
        kept = {"term": source.term, "unit": source.unit, "description": description}
        for word, value in kept.items():
            if value and word not in origins:
                origins[word] = _followed(source, word, follows)
    else:
        kept = {}
    classification, origins["classification"] = _classified(lines, written, said, derived, inputs, default)
    return Column(
        name,
        type,
        nullable=not any(check.word == "not_null" for check in found),
        checks=found,
        description=(said.description if said else "") or kept.get("description") or "",
        classification=classification,
        term=(said.term if said else None) or kept.get("term"),
        unit=(said.unit if said else None) or kept.get("unit"),
        was=said.was if said else None,
        default=said.default if said else None,
        origins=origins,
    )


def _type(
    lines: Lines, name: str, said: Said | None, source: Column | None, follows: str, made: Yield
) -> tuple[Type, Origin]:
    """Declared, followed, or as the engine says; in this order."""
    if said is not None and said.type is not None:
        return said.type, lines.at("columns", name, "type")
    if source is not None:
        return source.type, _followed(source, "type", follows)
    path, (line, column) = lines.sql, made.place(name.lower())
    if name.lower() in made.described:
        return made.described[name.lower()], Origin(path, line, "computed by the SELECT")
    what = f'the type of the computed column "{name}" is not known'
    raise Mistakes(Mistake(path, line, column, what, f"say it in {lines.part.path}, below columns: `{name}: <type>`"))


def _typed(lines: Lines, name: str, said: Said | None, type: Type) -> Said | None:
    """The declared words, read by a type that was not declared with them."""
    if said is None or said.type is not None:
        return said
    try:
        return said.typed(type)
    except (Wrongs, Wrong) as error:
        wrongs = error.wrongs if isinstance(error, Wrongs) else (error,)
        path, place = lines.part.path, lines.tree.place
        raise Mistakes(
            *(Mistake(*place(path, "columns", name, *wrong.at), wrong.what, wrong.remedy) for wrong in wrongs)
        ) from None


def _classified(
    lines: Lines,
    name: str,
    said: Said | None,
    derived: Derived,
    inputs: Mapping[TableName, Contract],
    default: tuple[Classification, Origin],
) -> tuple[Classification, Origin]:
    """The strictest of what it is made of and what is said; `public` with a `why` ends it."""
    own = said.classification if said else None
    table = lines.part.declaration.classification
    if said and own == "public" and said.why:
        return own, lines.at("columns", name, "classification", how=f"declared, because: {said.why}")
    sources = sorted(derived.sources)
    if not sources and own is None:
        return default
    levels: list[tuple[Classification, Origin]] = []
    for each, column in sources:
        source = inputs[each].column(column)
        levels.append((source.classification, _followed(source, "classification", f"follows {each}.{column}")))
    if own:
        levels.append((own, lines.at("columns", name, "classification")))
    elif table:
        levels.append((table, lines.at("classification")))
    strict = strictest(level for level, _ in levels)
    return next(level for level in levels if level[0] == strict)


def _followed(source: Column, word: str, how: str) -> Origin:
    """Where the source's word stands, and that it came from there."""
    origin = source.origins.get(word, Origin("", 0, ""))
    return Origin(origin.path, origin.line, how)
