"""What FROM and JOIN bring in: tables, CTEs, subqueries, and the rows that a generator makes."""

from collections.abc import Mapping
from dataclasses import replace

from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.sql import spark
from lakemesh.sql.expressions import Expressions
from lakemesh.sql.names import Names, Relation, column
from lakemesh.sql.select import Select

GENERATED = {
    "explode": ("col",),
    "explode_outer": ("col",),
    "posexplode": ("pos", "col"),
    "posexplode_outer": ("pos", "col"),
}


class Sources(Expressions):
    """Adds sources to the names of a SELECT."""

    def __init__(self, select: Select, inputs: Mapping[TableName, Columns]) -> None:
        super().__init__(select)
        self.inputs = inputs

    def source(self, node: exp.Expr, names: Names, ctes: Mapping[str, Relation]) -> str:
        """Adds what FROM or JOIN names; gives the name it goes by."""
        alias = node.args.get("alias")
        called = node.alias.lower() if alias is not None else ""
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            inner = self.source(node.this, names, ctes)
            for join in node.args.get("joins") or ():
                self.join(join, names, ctes)
            return inner
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            table = node.name.lower()
            called = called or table
            if not node.db and table in ctes:
                relation = self.renamed(replace(ctes[table], named=None), alias)
                node.set("this", exp.to_identifier(table, quoted=True))
            else:
                found = TableName(node.db.lower(), table)
                columns = self.inputs.get(found)
                whole = Relation({}, found, open=True) if columns is None else Relation.of(found, columns)
                relation = self.renamed(whole, alias)
                node.set("this", exp.to_identifier(table, quoted=True))
                node.set("db", exp.to_identifier(node.db.lower(), quoted=True))
            if alias is None:
                node.set("alias", exp.TableAlias(this=exp.to_identifier(called, quoted=True)))
        elif (isinstance(node, exp.Lateral) and not isinstance(node.this, exp.Query)) or isinstance(node, exp.Table):
            relation = self._generated(node, node.this, names, ctes, alias)
        elif isinstance(node, exp.Lateral):
            relation = self.renamed(self.query(node.this, ctes, names), alias)
        else:
            relation = self.query(node, ctes, names.outer)
        called = called or f"_{len(names.sources)}"
        for join in node.args.get("joins") or ():
            self._add(called, relation, names, node)
            self.join(join, names, ctes)
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

    def join(self, join: exp.Join, names: Names, ctes: Mapping[str, Relation]) -> None:
        before = {name for name, _ in names.seen()}
        left = Names(names.outer, dict(names.sources), set(names.hidden), dict(names.merged))
        called = self.source(join.this, names, ctes)
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

    def renamed(self, relation: Relation, alias: exp.Expr | None) -> Relation:
        given = [name.name.lower() for name in (alias.args.get("columns") or ())] if alias is not None else []
        if not given or alias is None:
            return relation
        alias.set("columns", [exp.to_identifier(name, quoted=True) for name in given])
        if len(given) != len(relation.columns) and not relation.open:
            self.mistake(
                alias, f"{len(given)} names are given to {len(relation.columns)} columns", "name every column, or none"
            )
        return Relation(dict(zip(given, relation.columns.values(), strict=False)), relation.named, relation.open)
