"""A whole query of Spark SQL as DuckDB SQL: sources with their types, then every part of the SELECT."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlglot import exp

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns, Type
from lakemesh.engine.duckdb.calls import Calls
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.generators import generated
from lakemesh.engine.duckdb.scope import Fields, Scope
from lakemesh.engine.duckdb.typed import BIGINT, BOOLEAN, UNKNOWN, VOID, Refused, Typed, widest
from lakemesh.engine.duckdb.types import quoted
from lakemesh.sql import spark

SIDES = {"SEMI": "SEMI JOIN", "ANTI": "ANTI JOIN", "CROSS": "CROSS JOIN"}
GROUPS: dict[type[exp.Expr], str] = {
    exp.Rollup: "ROLLUP",
    exp.Cube: "CUBE",
    exp.GroupingSets: "GROUPING SETS",
    exp.Tuple: "",
}
SETS = {exp.Union: "UNION", exp.Intersect: "INTERSECT", exp.Except: "EXCEPT"}


class Queries(Calls):
    """Translates a resolved tree: every column stands at its source, stars are written out."""

    def __init__(self, inputs: Mapping[TableName, Columns], relations: Mapping[TableName, str]) -> None:
        super().__init__()
        self.inputs = {
            table: {name.lower(): kind for name, kind in columns.items()} for table, columns in inputs.items()
        }
        self.relations = relations
        self.ctes: list[dict[str, Fields]] = []

    def query(self, node: exp.Expr, outer: Scope | None) -> tuple[str, Fields]:
        """The SQL of a query and the columns it yields, with Spark's types."""
        self.ctes.append({})
        try:
            with_ = node.args.get("with_")
            parts = [self._cte(cte, outer) for cte in with_.expressions] if with_ is not None else []
            sql, fields = self._body(node, outer)
            return (f"WITH {', '.join(parts)} {sql}" if parts else sql), fields
        finally:
            self.ctes.pop()

    def subquery(self, node: exp.Expr, scope: Scope) -> tuple[str, list[Type]]:
        sql, fields = self.query(node, scope)
        return sql, list(fields.values())

    def _cte(self, cte: exp.Expr, outer: Scope | None) -> str:
        sql, fields = self.query(cte.this, outer)
        names = _given(cte.args.get("alias"))
        fields = dict(zip(names, fields.values(), strict=False)) if names else fields
        self.ctes[-1][cte.alias.lower()] = fields
        columns = f" ({', '.join(quoted(name) for name in names)})" if names else ""
        return f"{quoted(cte.alias.lower())}{columns} AS ({sql})"

    def _body(self, node: exp.Expr, outer: Scope | None) -> tuple[str, Fields]:
        if isinstance(node, exp.SetOperation):
            return self._set(node, outer)
        if isinstance(node, exp.Subquery):
            sql, fields = self.query(node.this, outer)
            tail = self._tail(node, Scope(outer=outer, outputs=fields))
            return f"({sql})" if not tail else f"SELECT * FROM ({sql}) AS _r{tail}", fields
        if isinstance(node, exp.Values):
            return self._values(node, outer)
        return self._select(node, outer)

    def _set(self, node: exp.SetOperation, outer: Scope | None) -> tuple[str, Fields]:
        left_sql, left = self.query(node.this, outer)
        right_sql, right = self.query(node.expression, outer)
        kinds = [widest((a, b)) for a, b in zip(left.values(), right.values(), strict=True)]
        fields = dict(zip(left, kinds, strict=True))
        word = SETS[type(node)] + ("" if node.args.get("distinct") else " ALL")
        sql = f"({_as(left_sql, left, kinds)}) {word} ({_as(right_sql, right, kinds)})"
        return sql + self._tail(node, Scope(outer=outer, outputs=fields)), fields

    def _values(self, node: exp.Values, outer: Scope | None) -> tuple[str, Fields]:
        scope = Scope(outer=outer)
        rows = [
            [self.expression(part, scope) for part in (row.expressions if isinstance(row, exp.Tuple) else [row])]
            for row in node.expressions
        ]
        kinds = [widest(value.type for value in column) for column in zip(*rows, strict=True)]
        made = ", ".join(f"({', '.join(cast(v, k).sql for v, k in zip(row, kinds, strict=True))})" for row in rows)
        names = _given(node.args.get("alias")) or [f"col{place + 1}" for place in range(len(kinds))]
        listed = ", ".join(quoted(name) for name in names)
        return f"SELECT * FROM (VALUES {made}) AS _v ({listed})", dict(zip(names, kinds, strict=True))

    def _select(self, node: exp.Expr, outer: Scope | None) -> tuple[str, Fields]:
        scope = Scope(outer=outer)
        from_ = node.args.get("from_")
        source = ""
        if from_ is not None:
            source = self._source(from_.this, scope)
            for join in node.args.get("joins") or ():
                source += self._join(join, scope)
            for lateral in node.args.get("laterals") or ():
                source += self._lateral(lateral, scope)
        for window in node.args.get("windows") or ():
            scope.windows[window.name.lower()] = self.window(window, scope)[1:-1]
        group = node.args.get("group")
        if group is not None:
            scope.grouped = tuple(self._grouped(group, scope))
        items, fields = self._projections(node.expressions, scope)
        sql = "SELECT " + ("DISTINCT " if node.args.get("distinct") is not None else "") + ", ".join(items)
        if source:
            sql += f" FROM {source}"
        where = node.args.get("where")
        if where is not None:
            sql += f" WHERE {cast(self.expression(where.this, scope), BOOLEAN).sql}"
        if group is not None:
            sql += f" GROUP BY {self._group(group, scope)}"
        having = node.args.get("having")
        if having is not None:
            sql += f" HAVING {cast(self.expression(having.this, scope), BOOLEAN).sql}"
        return sql + self._tail(node, replace(scope, outputs=fields)), fields

    def _tail(self, node: exp.Expr, scope: Scope) -> str:
        sql = ""
        order = node.args.get("order")
        if order is not None:
            sql += f" ORDER BY {self.ordering(order, scope)}"
        for key in ("limit", "offset"):
            part = node.args.get(key)
            if part is not None and not (isinstance(part.args.get("expression"), exp.Var)):
                sql += f" {key.upper()} {self.expression(part.args['expression'], scope).sql}"
        return sql

    def _projections(self, projections: Sequence[exp.Expr], scope: Scope) -> tuple[list[str], Fields]:
        items: list[str] = []
        fields: dict[str, Type] = {}
        for projection in projections:
            inner = projection.this if isinstance(projection, (exp.Alias, exp.Aliases)) else projection
            kind = spark.generator(inner)
            if kind:
                names = (
                    [name.name for name in projection.expressions]
                    if isinstance(projection, exp.Aliases)
                    else [projection.alias]
                )
                made = generated(kind, [self.expression(part, scope) for part in inner.expressions], names)
                for name, value in made:
                    items.append(f"{value.sql} AS {quoted(name)}")
                    fields[name.lower()] = value.type
                continue
            value = self.expression(inner, scope)
            if value.type == VOID:
                value = Typed("CAST(NULL AS VARCHAR)", VOID)
            items.append(f"{value.sql} AS {quoted(projection.alias)}")
            fields[projection.alias.lower()] = value.type
        return items, fields

    def _group(self, group: exp.Expr, scope: Scope) -> str:
        if group.args.get("all") is True:
            return "ALL"
        # group by a, b grouping sets (…): the sets alone count.
        listed = () if group.args.get("grouping_sets") else group.expressions
        parts = [self._grouping(part, scope) for part in listed]
        for key in ("grouping_sets", "rollup", "cube"):
            for part in group.args.get(key) or ():
                parts.append(self._grouping(part, scope))
        for key in ("rollup", "cube"):  # group by a, b with rollup
            if any(not part.expressions for part in group.args.get(key) or ()):
                return f"{key.upper()} ({', '.join(self._grouping(part, scope) for part in group.expressions)})"
        return ", ".join(parts)

    def _grouped(self, group: exp.Expr, scope: Scope) -> Iterable[str]:
        """What is grouped by, each once, in the order of the text: what grouping_id() is about."""
        parts = [*group.expressions, *(group.args.get("rollup") or ()), *(group.args.get("cube") or ())]
        seen: dict[str, None] = {}
        while parts:
            part = parts.pop(0)
            if type(part) in GROUPS or isinstance(part, exp.Paren):
                parts[:0] = part.expressions or ([part.this] if part.this is not None else [])
            else:
                seen[self.expression(part, scope).sql] = None
        return seen

    def _grouping(self, part: exp.Expr, scope: Scope) -> str:
        word = GROUPS.get(type(part))
        if word is not None:
            return f"{word} ({', '.join(self._grouping(item, scope) for item in part.expressions)})"
        if isinstance(part, exp.Paren):
            return f"({self._grouping(part.this, scope)})"
        return self.expression(part, scope).sql

    def _source(self, node: exp.Expr, scope: Scope) -> str:
        alias = node.args.get("alias")
        name = alias.this.name if alias is not None and alias.this is not None else ""
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            inner = self._source(node.this, scope)
            joined = "".join(
                self._join(join, scope)
                for join in [*(node.this.args.get("joins") or ()), *(node.args.get("joins") or ())]
            )
            return f"({inner}{joined})"
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            sql, fields = self._table(node)
        elif isinstance(node, exp.Table):
            return self._rows(node, name, scope)
        elif isinstance(node, exp.Lateral):
            inner, fields = self.query(node.this, scope)
            sql = f"LATERAL ({inner})"
        else:
            inner, fields = self.query(
                node.this if isinstance(node, exp.Subquery) and not self._modified(node) else node, scope.outer
            )
            sql = f"({inner})"
        given = _given(alias)
        if given:
            fields = dict(zip(given, fields.values(), strict=False))
        scope.sources[name] = fields
        columns = f" ({', '.join(quoted(column) for column in given)})" if given else ""
        return f"{sql} AS {quoted(name)}{columns}"

    def _modified(self, node: exp.Expr) -> bool:
        return any(node.args.get(key) is not None for key in ("order", "limit", "offset", "with_"))

    def _table(self, node: exp.Table) -> tuple[str, Fields]:
        if not node.db:
            for known in reversed(self.ctes):
                if node.name in known:
                    return quoted(node.name), known[node.name]
        table = TableName(node.db, node.name)
        return self.relations.get(table, quoted(f"{table}")), self.inputs.get(table, {})

    def _rows(self, node: exp.Table, name: str, scope: Scope) -> str:
        args = [self.expression(part, scope) for part in node.this.expressions]
        given = _given(node.args.get("alias"))
        if node.this.name.lower() == "range":
            made = [
                (given[0] if given else "id", Typed(f"UNNEST(range({', '.join(value.sql for value in args)}))", BIGINT))
            ]
        else:
            made = generated(node.this.name.lower(), args, given)
        scope.sources[name] = {column: value.type for column, value in made}
        return f"(SELECT {', '.join(f'{value.sql} AS {quoted(column)}' for column, value in made)}) AS {quoted(name)}"

    def _lateral(self, node: exp.Expr, scope: Scope) -> str:
        alias = node.args["alias"]
        name, kind = alias.this.name, spark.generator(node.this)
        outer = bool(node.args.get("outer"))
        made = generated(kind, [self.expression(part, scope) for part in node.this.expressions], _given(alias))
        scope.sources[name] = {column: value.type for column, value in made}
        inner = f"SELECT {', '.join(f'{value.sql} AS {quoted(column)}' for column, value in made)}"
        return f" {'LEFT' if outer else 'INNER'} JOIN LATERAL ({inner}) AS {quoted(name)} ON true"

    def _join(self, join: exp.Join, scope: Scope) -> str:
        side, kind = str(join.side or "").upper(), str(join.kind or "").upper()
        if isinstance(join.this, exp.Lateral) and spark.generator(join.this.this):
            return self._lateral(join.this, scope)
        sql = self._source(join.this, scope)
        condition = join.args.get("on")
        if kind in ("SEMI", "ANTI"):
            word = SIDES[kind]
        elif side:
            word = f"{side} JOIN"
        else:
            word = "CROSS JOIN" if condition is None else "INNER JOIN"
        if condition is None:
            if word == "CROSS JOIN":
                return f" CROSS JOIN {sql}"
            return f" {word} {sql} ON true"
        return f" {word} {sql} ON {cast(self.expression(condition, scope), BOOLEAN).sql}"


def _given(alias: exp.Expr | None) -> list[str]:
    return [name.name for name in (alias.args.get("columns") or ())] if alias is not None else []


def _as(sql: str, fields: Fields, kinds: Sequence[Type]) -> str:
    """The same rows, with columns of these types."""
    if all(old in (new, UNKNOWN) or new == UNKNOWN for old, new in zip(fields.values(), kinds, strict=True)):
        return sql
    items = ", ".join(
        f"{cast(Typed(quoted(name), old), new).sql} AS {quoted(name)}"
        for (name, old), new in zip(fields.items(), kinds, strict=True)
    )
    return f"SELECT {items} FROM ({sql}) AS _u"


__all__ = ["Queries", "Refused"]
