"""The columns of one expression: found among the names of its SELECT, or said to be missing where they stand."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from sqlglot import exp

from lakemesh.errors import Mistake
from lakemesh.sql import faults, spark
from lakemesh.sql.names import NOTHING, Derived, Names, Relation, column
from lakemesh.sql.select import Select


class Expressions(ABC):
    """Resolves expressions in place, and collects what is wrong with them."""

    def __init__(self, select: Select) -> None:
        self.select = select
        self.mistakes: list[Mistake] = []

    @abstractmethod
    def query(self, node: exp.Expr, ctes: Mapping[str, Relation], outer: Names | None) -> Relation:
        """Resolves a query in place and says what it yields."""

    def mistake(self, node: exp.Expr, what: str, remedy: str) -> None:
        """Notes what is wrong at the first word of a node."""
        start = min((int(part.meta["start"]) for part in node.walk() if "start" in part.meta), default=0)
        line, place = faults.position(self.select.text, start, self.select.edits)
        self.mistakes.append(Mistake(self.select.path, line, place, what, remedy))

    def unknown(self, node: exp.Expr, name: str, known: Iterable[str], what: str) -> None:
        """Notes a name that is not there, with the nearest one that is."""
        names = list(dict.fromkeys(known))
        near = get_close_matches(name.lower(), names, 1, 0.7)
        shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
        self.mistake(
            node, f'{what} "{name}"', f'did you mean "{near[0]}"?' if near else f"there is {shown}" if shown else ""
        )

    def expression(
        self,
        node: exp.Expr,
        names: Names,
        ctes: Mapping[str, Relation],
        made: Mapping[str, exp.Expr] | None = None,
        aliases_first: frozenset[str] = frozenset(),
    ) -> None:
        """Resolves every column below a node. `made`: what the SELECT makes, for names that no source has."""
        stack = [(node, aliases_first)]
        while stack:
            part, first = stack.pop()
            if isinstance(part, exp.Column):
                self._column(part, names, made or {}, first)
            elif isinstance(part, exp.Query):
                self.query(part, ctes, names)
            else:
                inner = frozenset() if spark.aggregate(part) else first
                stack.extend((child, inner) for child in part.iter_expressions(reverse=True))

    def _column(
        self, node: exp.Column, names: Names, made: Mapping[str, exp.Expr], aliases_first: frozenset[str]
    ) -> None:
        parts = node.parts
        lowered = [part.name.lower() for part in parts]
        if isinstance(node.this, exp.Star):
            return
        if len(parts) == 1 and lowered[0] in aliases_first:
            node.replace(exp.paren(made[lowered[0]].copy(), copy=False))
            return
        for scope in names.around():
            if (found := self._in(scope, node, parts, lowered)) is not None:
                if found is not node:
                    node.replace(found)
                return
        if lowered[0] in made:
            whole: exp.Expr = exp.paren(made[lowered[0]].copy(), copy=False)
            for part in parts[1:]:
                whole = exp.Dot(this=whole, expression=exp.to_identifier(part.name.lower(), quoted=True))
            node.replace(whole)
            return
        self._missing(node, names, parts, lowered)

    def _in(self, names: Names, node: exp.Column, parts: list[exp.Expr], lowered: list[str]) -> exp.Expr | None:
        """The column in these names, or None. What is ambiguous is noted, and left as it stands."""
        seen = names.sources
        if len(parts) > 2:
            for source, relation in seen.items():
                if (
                    relation.named is not None
                    and [relation.named.domain, relation.named.table] == lowered[:2]
                    and lowered[2] in relation.columns
                ):
                    return _dotted(column(source, lowered[2], parts[2]), parts[3:])
        if len(parts) > 1 and lowered[0] in seen:
            relation = seen[lowered[0]]
            if lowered[1] in relation.twice:
                self.mistake(
                    node,
                    f'two columns of "{lowered[0]}" are called "{lowered[1]}"',
                    "give one of them another name with AS",
                )
                return node
            if lowered[1] in relation.columns or relation.open:
                return _dotted(column(lowered[0], lowered[1], parts[1]), parts[2:])
        holders = names.holders(lowered[0])
        if not holders:
            return None
        if len(parts) > 1 and all(seen[holder].open for holder in holders):
            return node
        doubled = [holder for holder in holders if lowered[0] in seen[holder].twice]
        if len(holders) > 1 or doubled:
            where = " and ".join(holders) if len(holders) > 1 else f"{doubled[0]}, twice"
            told = (
                f"say whose it is: {holders[0]}.{lowered[0]}"
                if len(holders) > 1
                else "give one of them another name with AS"
            )
            if not all(seen[holder].open for holder in holders):
                self.mistake(node, f'"{lowered[0]}" is ambiguous: it is in {where}', told)
            return node
        return _dotted(self.merged(lowered[0], names, holders[0], parts[0]), parts[1:])

    def _missing(self, node: exp.Column, names: Names, parts: list[exp.Expr], lowered: list[str]) -> None:
        if len(parts) > 1:
            if lowered[0] in names.sources:
                relation = names.sources[lowered[0]]
                shown = relation.named or lowered[0]
                self.unknown(node, parts[1].name, relation.columns, f"{shown} has no column")
                return
            sources = [source for scope in names.around() for source in scope.sources]
            self.unknown(node, parts[0].name, sources, "no table here is called")
            return
        relations = [relation for _, relation in names.seen()]
        known = [name for relation in relations for name in relation.columns]
        if len(relations) == 1 and relations[0].named is not None:
            self.unknown(node, parts[0].name, known, f"{relations[0].named} has no column")
        elif not relations:
            self.mistake(
                node,
                f'there is no FROM that could have a column "{parts[0].name}"',
                "add FROM, or quote a text with '…'",
            )
        else:
            self.unknown(node, parts[0].name, known, "no table here has a column")

    def star(self, projection: exp.Expr, names: Names) -> list[tuple[str, str]]:
        """What a star stands for, as (source, column)."""
        star = projection.this if isinstance(projection, exp.Column) else projection
        left_out = {part.name.lower() for part in star.args.get("except_") or ()}
        if isinstance(projection, exp.Column) and projection.table:
            source = projection.table.lower()
            if source not in names.sources:
                self.unknown(projection, projection.table, names.sources, "no table here is called")
                return []
            relation = names.sources[source]
            found = [(source, name) for name in relation.columns]
            open_ = relation.open
        else:
            found = names.stars()
            open_ = any(relation.open for _, relation in names.seen())
        return [("", "*")] if open_ else [(source, name) for source, name in found if name not in left_out]

    def merged(self, name: str, names: Names, holder: str = "", like: exp.Expr | None = None) -> exp.Expr:
        """A column by its bare name: of its one source, or the first value of those that USING made one."""
        sources = names.merged.get(name, (holder,))
        if len(sources) == 1:
            return column(sources[0], name, like)
        return exp.Anonymous(this="coalesce", expressions=[column(source, name, like) for source in sources])

    def derived(self, node: exp.Expr, names: Names) -> Derived:
        """Where the value of a resolved expression is from."""
        inner = node
        while isinstance(inner, exp.Paren):
            inner = inner.this
        if isinstance(inner, exp.Column):
            return names.derived(inner.table, inner.name)
        sources = set(NOTHING.sources)
        stack = [node]
        while stack:
            part = stack.pop()
            if isinstance(part, exp.Column):
                sources |= names.derived(part.table, part.name).sources
            elif isinstance(part, exp.Query):
                relation = part.meta.get("relation")
                if isinstance(relation, Relation):
                    sources |= {origin for derived in relation.columns.values() for origin in derived.sources}
            else:
                stack.extend(part.iter_expressions())
        return Derived(None, frozenset(sources))


def _dotted(found: exp.Expr, fields: list[exp.Expr]) -> exp.Expr:
    for part in fields:
        identifier = exp.to_identifier(part.name.lower(), quoted=True)
        identifier.meta.update(part.meta)
        found = exp.Dot(this=found, expression=identifier)
    return found


def shown_name(projection: exp.Expr) -> str:
    """The name that a result column is found by: that which is written, in small letters."""
    return written_name(projection).lower()


def written_name(projection: exp.Expr) -> str:
    """The name of a result column: its alias, its column, its field, or its own text."""
    if isinstance(projection, exp.Alias):
        return str(projection.alias)
    inner = projection
    while isinstance(inner, (exp.Paren, exp.Cast)):
        inner = inner.this
    if isinstance(inner, exp.Column):
        return str(inner.name)
    if isinstance(inner, exp.Dot):
        return str(inner.expression.name)
    return spark.render(projection).lower()
