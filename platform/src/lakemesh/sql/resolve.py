"""One walk over a SELECT: every column finds its table, every star is written out, every result column its lineage."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.errors import Mistakes
from lakemesh.sql import pivots, spark
from lakemesh.sql.expressions import shown_name, written_name
from lakemesh.sql.grouped import ungrouped
from lakemesh.sql.names import NOTHING, Derived, Names, Relation, column
from lakemesh.sql.select import Select
from lakemesh.sql.sources import GENERATED, Sources

__all__ = ["Resolved", "resolve", "shown_name"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A tree in which every column is `source.column`, and its result columns in order."""

    tree: exp.Expr
    columns: Mapping[str, Derived]


def resolve(select: Select, inputs: Mapping[TableName, Columns]) -> Resolved:
    """Raises Mistakes: all columns that are unknown or ambiguous."""
    tree = pivots.unfolded(spark.parse(select.text)[0])
    walk = _Walk(select, inputs)
    starred = isinstance(tree, exp.Select) and any(each.is_star for each in tree.expressions)
    relation = walk.query(tree, {}, None)
    if relation.twice:
        names = ", ".join(f'"{name}"' for name in sorted(relation.twice))
        walk.mistake(tree, f"two columns of the result are called {names}", _STARRED if starred else _TWICE)
    if not walk.mistakes:
        for query in tree.find_all(exp.Select):
            for loose in ungrouped(query):
                what = f'"{loose.name}" is neither grouped by nor in an aggregate, and one row stands for several'
                walk.mistake(loose, what, f"add it to GROUP BY, or say which of them: max({loose.name}), min, sum, …")
    if walk.mistakes:
        raise Mistakes(*walk.mistakes)
    return Resolved(tree, relation.columns)


_TWICE = "give one of them another name with AS"
_STARRED = "name the columns instead of *, each once"


class _Walk(Sources):
    """The state of one walk: what is read, and the mistakes found so far."""

    def query(self, node: exp.Expr, ctes: Mapping[str, Relation], outer: Names | None) -> Relation:
        """Resolves a query in place and says what it yields."""
        known = dict(ctes)
        with_ = node.args.get("with_")
        for cte in with_.expressions if with_ is not None else ():
            known[cte.alias.lower()] = self.renamed(self.query(cte.this, known, outer), cte.args.get("alias"))
        if isinstance(node, exp.SetOperation):
            relation = self._both(node, known, outer)
        elif isinstance(node, exp.Subquery):
            relation = self.renamed(self.query(node.this, known, outer), node.args.get("alias"))
            self._order_of_result(node, relation)
        elif isinstance(node, exp.Values):
            relation = self._values(node, known, outer)
        elif isinstance(node, exp.Select):
            relation = self._select(node, known, outer)
        else:
            self.mistake(node, f'"{type(node).__name__.lower()}" is not understood here', "write a SELECT")
            relation = Relation({}, open=True)
        node.meta["relation"] = relation
        return relation

    def _both(self, node: exp.SetOperation, ctes: Mapping[str, Relation], outer: Names | None) -> Relation:
        left, right = (
            self.query(node.this, ctes, outer),
            _apart(node.expression, self.query(node.expression, ctes, outer)),
        )
        if left.open or right.open:
            return replace(left, open=True)
        if len(left.row) != len(right.row):
            what = f"the parts of this {node.key} yield {len(left.row)} and {len(right.row)} columns"
            self.mistake(node.expression, what, "let both yield the same columns, in the same order")
        # The names are those of the first part, whatever the others call theirs.
        row = tuple(_both(first, second) for first, second in zip(left.row, right.row, strict=False))
        if left.twice:
            relation = Relation(left.columns, twice=left.twice, every=row)
        else:
            relation = Relation(dict(zip(left.columns, row, strict=False)), labels=left.labels)
        self._order_of_result(node, relation)
        return relation

    def _values(self, node: exp.Values, ctes: Mapping[str, Relation], outer: Names | None) -> Relation:
        for row in node.expressions:
            self.expression(row, Names(outer), ctes)
        width = (
            len(node.expressions[0].expressions)
            if node.expressions and isinstance(node.expressions[0], exp.Tuple)
            else 1
        )
        return self.renamed(Relation({f"col{n + 1}": NOTHING for n in range(width)}), node.args.get("alias"))

    def _select(self, node: exp.Select, ctes: Mapping[str, Relation], outer: Names | None) -> Relation:
        names = Names(outer)
        from_ = node.args.get("from_")
        if from_ is not None:
            self.source(from_.this, names, ctes)
        for join in node.args.get("joins") or ():
            self.join(join, names, ctes)
        for lateral in node.args.get("laterals") or ():
            self.source(lateral, names, ctes)
        for part in ("where", "qualify", "windows"):
            for clause in _listed(node.args.get(part)):
                self.expression(clause, names, ctes)
        outputs = self._projections(node, names, ctes)
        made = {name: expression for name, expression, _ in outputs}
        grouped = self._group(node, names, ctes, outputs)
        having = node.args.get("having")
        if having is not None:
            self.expression(having, names, ctes, made, aliases_first=frozenset(made) - grouped)
        relation = Relation(
            {name: derived for name, _, derived in reversed(outputs)},
            twice=frozenset(name for name in made if sum(other == name for other, _, _ in outputs) > 1),
            labels={alias.lower(): alias for item in node.expressions if (alias := item.alias) != alias.lower()},
        )
        relation = replace(
            relation,
            columns={name: relation.columns[name] for name, _, _ in outputs},
            open=any(name == "*" for name in made),
            every=tuple(derived for _, _, derived in outputs) if relation.twice else (),
        )
        for part in ("order", "sort", "cluster", "distribute"):
            for ordered in node.args[part].expressions if node.args.get(part) is not None else ():
                self._ordered(ordered, names, ctes, made)
        return relation

    def _projections(
        self, node: exp.Select, names: Names, ctes: Mapping[str, Relation]
    ) -> list[tuple[str, exp.Expr, Derived]]:
        outputs: list[tuple[str, exp.Expr, Derived]] = []
        made: dict[str, exp.Expr] = {}
        projections: list[exp.Expr] = []
        for projection in node.expressions:
            if projection.is_star:
                for source, name in self.star(projection, names):
                    found = column(source, name, projection) if (source, name) != ("", "*") else projection
                    if name in names.merged and not isinstance(projection, exp.Column):
                        found = self.merged(name, names)
                    outputs.append((name, found, self.derived(found, names)))
                    label = names.label(source, name)
                    projections.append(_aliased(found, label) if name != "*" else found)
                continue
            named = [written_name(projection)]
            if isinstance(projection, exp.Aliases):
                named = [alias.name for alias in projection.expressions]
            expression = projection.this if isinstance(projection, (exp.Alias, exp.Aliases)) else projection
            holder = projection if expression is not projection else exp.Alias(this=expression)
            self.expression(expression, names, ctes, made)
            expression = holder.this
            derived = self.derived(expression, names)
            generated = spark.generator(expression)
            if generated and not isinstance(projection, (exp.Alias, exp.Aliases)):
                named = list(GENERATED.get(generated, ("col",)))
            for name in named:
                outputs.append((name.lower(), expression, derived))
                made.setdefault(name.lower(), expression)
            if isinstance(projection, exp.Aliases) or len(named) > 1:
                projections.append(
                    exp.Aliases(this=expression, expressions=[exp.to_identifier(name, quoted=True) for name in named])
                )
            else:
                plain = isinstance(expression, exp.Column) and not isinstance(projection, exp.Alias)
                label = names.label(expression.table, expression.name) if plain else named[0]
                projections.append(_aliased(expression, label))
        node.set("expressions", projections)
        return outputs

    def _group(
        self, node: exp.Select, names: Names, ctes: Mapping[str, Relation], outputs: list[tuple[str, exp.Expr, Derived]]
    ) -> frozenset[str]:
        """Resolves GROUP BY; says which columns are grouped by, by their bare names."""
        group = node.args.get("group")
        if group is None:
            return frozenset()
        items = []
        for item in group.expressions:
            if isinstance(item, exp.Literal) and not item.is_string:
                place = int(item.name) if item.name.isdigit() else 0
                if not 1 <= place <= len(outputs):
                    self.mistake(item, f"there is no column {item.name} to group by", f"the SELECT has {len(outputs)}")
                    continue
                item = outputs[place - 1][1].copy()
            items.append(item)
        group.set("expressions", items)
        self.expression(group, names, ctes, {name: expression for name, expression, _ in outputs})
        return frozenset(item.name for item in group.find_all(exp.Column))

    def _ordered(
        self, item: exp.Expr, names: Names, ctes: Mapping[str, Relation], made: Mapping[str, exp.Expr]
    ) -> None:
        inner = item.this if isinstance(item, exp.Ordered) else item
        if isinstance(inner, exp.Column) and not inner.table and inner.name.lower() in made:
            inner.replace(exp.Column(this=exp.to_identifier(inner.name.lower(), quoted=True)))
        else:
            self.expression(item, names, ctes, made)

    def _order_of_result(self, node: exp.Expr, relation: Relation) -> None:
        order = node.args.get("order")
        for found in list(order.find_all(exp.Column)) if order is not None else ():
            if found.name.lower() not in relation.columns and not relation.open:
                self.unknown(found, found.name, relation.columns, "the result has no column")
            found.replace(exp.Column(this=exp.to_identifier(found.name.lower(), quoted=True)))


def _apart(node: exp.Expr, relation: Relation) -> Relation:
    """Of a part that gives no column its name: two of its own with one name get names of their own."""
    if not relation.twice:
        return relation
    while isinstance(node, (exp.Subquery, exp.SetOperation)):
        node = node.this
    for n, projection in enumerate(node.expressions):
        if isinstance(projection, exp.Alias) and projection.alias.lower() in relation.twice:
            projection.set("alias", exp.to_identifier(f"{projection.alias}_{n}", quoted=True))
    names = [projection.alias.lower() for projection in node.expressions]
    return replace(relation, columns=dict(zip(names, relation.row, strict=False)), twice=frozenset(), every=())


def _both(first: Derived, second: Derived) -> Derived:
    """A column of two SELECTs, one above the other."""
    return Derived(first.passed if first.passed == second.passed else None, first.sources | second.sources)


def _aliased(expression: exp.Expr, name: str) -> exp.Expr:
    alias = expression.parent if isinstance(expression.parent, exp.Alias) else exp.Alias(this=expression)
    old = alias.args.get("alias")
    new = exp.to_identifier(name, quoted=True)
    if isinstance(old, exp.Identifier):
        new.meta.update(old.meta)
    alias.set("alias", new)
    return alias


def _listed(part: exp.Expr | list[exp.Expr] | None) -> list[exp.Expr]:
    return part if isinstance(part, list) else [part] if part is not None else []
