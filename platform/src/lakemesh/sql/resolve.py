"""One walk over a SELECT: every column finds its table, every star is written out, every result column its lineage."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.errors import Mistakes
from lakemesh.sql import spark
from lakemesh.sql.expressions import Expressions, shown_name, written_name
from lakemesh.sql.names import NOTHING, Derived, Names, Relation, column
from lakemesh.sql.select import Select

__all__ = ["Resolved", "resolve", "shown_name"]

GENERATED = {
    "explode": ("col",),
    "explode_outer": ("col",),
    "posexplode": ("pos", "col"),
    "posexplode_outer": ("pos", "col"),
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A tree in which every column is `source.column`, and its result columns in order."""

    tree: exp.Expr
    columns: Mapping[str, Derived]


def resolve(select: Select, inputs: Mapping[TableName, Columns]) -> Resolved:
    """Raises Mistakes: all columns that are unknown or ambiguous."""
    tree = spark.parse(select.text)[0]
    walk = _Walk(select, inputs)
    relation = walk.query(tree, {}, None)
    for name in sorted(relation.twice):
        walk.mistake(tree, f'two columns of the result are called "{name}"', "give one of them another name with AS")
    if walk.mistakes:
        raise Mistakes(*walk.mistakes)
    return Resolved(tree, relation.columns)


class _Walk(Expressions):
    """The state of one walk: what is read, and the mistakes found so far."""

    def __init__(self, select: Select, inputs: Mapping[TableName, Columns]) -> None:
        super().__init__(select)
        self.inputs = inputs

    def query(self, node: exp.Expr, ctes: Mapping[str, Relation], outer: Names | None) -> Relation:
        """Resolves a query in place and says what it yields."""
        known = dict(ctes)
        with_ = node.args.get("with_")
        for cte in with_.expressions if with_ is not None else ():
            known[cte.alias.lower()] = self._renamed(self.query(cte.this, known, outer), cte.args.get("alias"))
        if isinstance(node, exp.SetOperation):
            relation = self._both(node, known, outer)
        elif isinstance(node, exp.Subquery):
            relation = self._renamed(self.query(node.this, known, outer), node.args.get("alias"))
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
        left, right = self.query(node.this, ctes, outer), self.query(node.expression, ctes, outer)
        if left.open or right.open:
            return replace(left, open=True)
        if len(left.columns) != len(right.columns):
            what = f"the parts of this {node.key} yield {len(left.columns)} and {len(right.columns)} columns"
            self.mistake(node.expression, what, "let both yield the same columns, in the same order")
        merged = {}
        for (name, first), second in zip(left.columns.items(), right.columns.values(), strict=False):
            same = first.passed if first.passed == second.passed else None
            merged[name] = Derived(same, first.sources | second.sources)
        relation = Relation(merged)
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
        return self._renamed(Relation({f"col{n + 1}": NOTHING for n in range(width)}), node.args.get("alias"))

    def _select(self, node: exp.Select, ctes: Mapping[str, Relation], outer: Names | None) -> Relation:
        names = Names(outer)
        from_ = node.args.get("from_")
        if from_ is not None:
            self._source(from_.this, names, ctes)
        for join in node.args.get("joins") or ():
            self._join(join, names, ctes)
        for lateral in node.args.get("laterals") or ():
            self._source(lateral, names, ctes)
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

    def _source(self, node: exp.Expr, names: Names, ctes: Mapping[str, Relation]) -> str:
        """Adds what FROM or JOIN names; gives the name it goes by."""
        alias = node.args.get("alias")
        called = node.alias.lower() if alias is not None else ""
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            inner = self._source(node.this, names, ctes)
            for join in node.args.get("joins") or ():
                self._join(join, names, ctes)
            return inner
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            table = node.name.lower()
            called = called or table
            if not node.db and table in ctes:
                relation = self._renamed(replace(ctes[table], named=None), alias)
                node.set("this", exp.to_identifier(table, quoted=True))
            else:
                found = TableName(node.db.lower(), table)
                columns = self.inputs.get(found)
                whole = Relation({}, found, open=True) if columns is None else Relation.of(found, columns)
                relation = self._renamed(whole, alias)
                node.set("this", exp.to_identifier(table, quoted=True))
                node.set("db", exp.to_identifier(node.db.lower(), quoted=True))
            if alias is None:
                node.set("alias", exp.TableAlias(this=exp.to_identifier(called, quoted=True)))
        elif (isinstance(node, exp.Lateral) and not isinstance(node.this, exp.Query)) or isinstance(node, exp.Table):
            relation = self._generated(node, node.this, names, ctes, alias)
        elif isinstance(node, exp.Lateral):
            relation = self._renamed(self.query(node.this, ctes, names), alias)
        else:
            relation = self.query(node, ctes, names.outer)
        called = called or f"_{len(names.sources)}"
        for join in node.args.get("joins") or ():
            self._add(called, relation, names, node)
            self._join(join, names, ctes)
        self._add(called, relation, names, node)
        if alias is not None and alias.this is not None:
            alias.set("this", exp.to_identifier(called, quoted=True))
        elif not (isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier)):
            node.set(
                "alias",
                exp.TableAlias(this=exp.to_identifier(called, quoted=True), columns=alias.columns if alias else None),
            )
        return called

    def _add(self, called: str, relation: Relation, names: Names, node: exp.Expr) -> None:
        if called in names.sources and names.sources[called] is not relation:
            self.mistake(node, f'two tables here are called "{called}"', "give one of them another name with AS")
        names.sources[called] = relation

    def _generated(
        self, node: exp.Expr, call: exp.Expr, names: Names, ctes: Mapping[str, Relation], alias: exp.Expr | None
    ) -> Relation:
        self.expression(call, names, ctes)
        derived = replace(self.derived(node.this, names), passed=None)
        kind = spark.generator(node.this)
        given = [name.name.lower() for name in (alias.args.get("columns") or ())] if alias is not None else []
        if not given:
            given = list(GENERATED.get(kind, ())) or (["id"] if kind == "" else [])
        if not given:
            self.mistake(
                node, f"the columns of {kind}() have no names here", f"name them: lateral view {kind}(…) t as a, b"
            )
        if alias is not None:
            alias.set("columns", [exp.to_identifier(name, quoted=True) for name in given])
        return Relation(dict.fromkeys(given, derived))

    def _join(self, join: exp.Join, names: Names, ctes: Mapping[str, Relation]) -> None:
        before = {name for name, _ in names.seen()}
        left = Names(names.outer, dict(names.sources), set(names.hidden), dict(names.merged))
        called = self._source(join.this, names, ctes)
        filters = join.kind in ("SEMI", "ANTI")
        using = [identifier.name.lower() for identifier in join.args.get("using") or ()]
        if join.method == "NATURAL":
            using = [name for name in names.sources[called].columns if left.holders(name)]
        conditions: list[exp.Expr] = []
        for name in using:
            holders = left.holders(name)
            right = names.sources[called]
            if not holders or (name not in right.columns and not right.open):
                self.mistake(
                    join.this,
                    f'USING ({name}): not both sides have a column "{name}"',
                    "write ON with the columns of both sides",
                )
                continue
            if len(holders) > 1:
                self.mistake(
                    join.this,
                    f'USING ({name}): {" and ".join(holders)} both have a column "{name}"',
                    "write ON with the columns of both sides",
                )
            conditions.append(exp.EQ(this=self.merged(name, left, holders[0]), expression=column(called, name)))
            if not filters:
                kept = names.merged.get(name, (holders[0],))
                names.merged[name] = {"RIGHT": (called,), "FULL": (*kept, called)}.get(join.side, kept)
        if using:
            join.set("using", None)
            join.set("method", None)
            if conditions:
                join.set("on", exp.and_(*conditions, copy=False))
        elif join.args.get("on") is not None:
            self.expression(join.args["on"], names, ctes)
        if filters:
            names.hidden |= {name for name, _ in names.seen()} - before

    def _renamed(self, relation: Relation, alias: exp.Expr | None) -> Relation:
        given = [name.name.lower() for name in (alias.args.get("columns") or ())] if alias is not None else []
        if not given or alias is None:
            return relation
        alias.set("columns", [exp.to_identifier(name, quoted=True) for name in given])
        if len(given) != len(relation.columns) and not relation.open:
            self.mistake(
                alias, f"{len(given)} names are given to {len(relation.columns)} columns", "name every column, or none"
            )
        return Relation(dict(zip(given, relation.columns.values(), strict=False)), relation.named, relation.open)


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
