"""Comparisons and choices: both sides become what Spark makes of them first."""

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from lakemesh.engine.duckdb import operators
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.expression import Expressions
from lakemesh.engine.duckdb.scope import Scope
from lakemesh.engine.duckdb.typed import BOOLEAN, STRING, UNKNOWN, VOID, Typed, once, text, widest
from lakemesh.sql import spark


class Predicates(Expressions):
    """Adds what is true or false, and CASE."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes |= {
            exp.Is: self._is,
            exp.In: self._in,
            exp.Between: self._between,
            exp.Like: self._like,
            exp.ILike: self._like,
            exp.Escape: self._like,
            exp.Case: self._case,
        }
        same = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
        for compared, sign in {
            **same,
            exp.NullSafeEQ: "IS NOT DISTINCT FROM",
            exp.NullSafeNEQ: "IS DISTINCT FROM",
        }.items():
            self.nodes[compared] = self._comparison(sign)

    def _is(self, node: exp.Expr, scope: Scope) -> Typed:
        value = self.expression(node.this, scope)
        what = node.args["expression"]
        negated = isinstance(what, exp.Not)
        said = (
            "NULL"
            if isinstance(what.this if negated else what, exp.Null)
            else spark.render(what.this if negated else what)
        )
        sql = cast(value, BOOLEAN).sql if said != "NULL" else value.sql
        return Typed(f"({sql} IS {'NOT ' if negated else ''}{said})", BOOLEAN)

    def _in(self, node: exp.Expr, scope: Scope) -> Typed:
        query = node.args.get("query")
        if query is not None:
            left = self.expression(node.this, scope) if not isinstance(node.this, exp.Tuple) else None
            sql, types = self.subquery(query, scope)
            if left is None:
                parts = [self.expression(part, scope).sql for part in node.this.expressions]
                return Typed(f"(({', '.join(parts)}) IN ({sql}))", BOOLEAN)
            kind = operators.compared(left.type, types[0])
            if kind not in (UNKNOWN, types[0]):
                sql = f"SELECT {cast(Typed('v_', types[0]), kind).sql} FROM ({sql}) AS q_(v_)"
            return Typed(f"({(cast(left, kind) if kind != UNKNOWN else left).sql} IN ({sql}))", BOOLEAN)
        if isinstance(node.this, exp.Tuple):
            return Typed(f"({' OR '.join(self._alike(node.this, row, scope) for row in node.expressions)})", BOOLEAN)
        values = [self.expression(part, scope) for part in [node.this, *node.expressions]]
        kind = widest(value.type for value in values)
        if STRING in {value.type for value in values} and kind != STRING:
            kind = operators.compared(values[0].type, widest(value.type for value in values[1:]))
        made = [cast(value, kind).sql if kind != UNKNOWN else value.sql for value in values]
        return Typed(f"({made[0]} IN ({', '.join(made[1:])}))", BOOLEAN)

    def _alike(self, left: exp.Expr, right: exp.Expr, scope: Scope) -> str:
        """Two rows of values, equal part by part."""
        pairs = zip(left.expressions, right.expressions, strict=True)
        equal = [operators.comparable(self.expression(a, scope), self.expression(b, scope)) for a, b in pairs]
        return f"({' AND '.join(f'{a.sql} = {b.sql}' for a, b in equal)})"

    def _between(self, node: exp.Expr, scope: Scope) -> Typed:
        value = self.expression(node.this, scope)
        ends = [(sign, self.expression(node.args[key], scope)) for key, sign in (("low", ">="), ("high", "<="))]

        def build(names: list[str]) -> str:
            parts = []
            for sign, end in ends:
                left, right = operators.comparable(replace(value, sql=names[0]), end)
                parts.append(f"{left.sql} {sign} {right.sql}")
            return f"({' AND '.join(parts)})"

        return Typed(once([value.sql], build), BOOLEAN)

    def _like(self, node: exp.Expr, scope: Scope) -> Typed:
        escape = "\\"
        if isinstance(node, exp.Escape):
            escape, node = str(node.args["expression"].this), node.this
        word = ("NOT " if node.args.get("negate") else "") + ("ILIKE" if isinstance(node, exp.ILike) else "LIKE")
        value = cast(self.expression(node.this, scope), STRING)
        wanted = node.args["expression"]
        if isinstance(wanted, (exp.Any, exp.All)):
            inner = wanted.this.expressions if isinstance(wanted.this, exp.Tuple) else [wanted.this.this]
            joint = " OR " if isinstance(wanted, exp.Any) else " AND "
            return Typed(f"({joint.join(self._matches(value, word, part, escape, scope) for part in inner)})", BOOLEAN)
        return Typed(self._matches(value, word, wanted, escape, scope), BOOLEAN)

    def _matches(self, value: Typed, word: str, pattern: exp.Expr, escape: str, scope: Scope) -> str:
        wanted = cast(self.expression(pattern, scope), STRING)
        plain = isinstance(wanted.value, str) and escape not in wanted.value
        return f"({value.sql} {word} {wanted.sql}{'' if plain else f' ESCAPE {text(escape)}'})"

    def _case(self, node: exp.Expr, scope: Scope) -> Typed:
        branches = node.args["ifs"]
        tests = [self.expression(branch.this, scope) for branch in branches]
        values = [self.expression(branch.args["true"], scope) for branch in branches]
        default = node.args.get("default")
        last = self.expression(default, scope) if default is not None else Typed("NULL", VOID)
        kind = widest([*(value.type for value in values), last.type])
        on = self.expression(node.this, scope) if node.this is not None else None

        def build(names: list[str]) -> str:
            parts = []
            for test, value in zip(tests, values, strict=True):
                if on is not None:
                    left, right = operators.comparable(replace(on, sql=names[0]), test)
                    test = Typed(f"{left.sql} = {right.sql}", BOOLEAN)
                parts.append(f"WHEN {cast(test, BOOLEAN).sql} THEN {cast(value, kind).sql}")
            return f"CASE {' '.join(parts)} ELSE {cast(last, kind).sql} END"

        return Typed(once([on.sql] if on is not None else [], build), kind)

    def _comparison(self, sign: str) -> Callable[[exp.Expr, Scope], Typed]:
        def compare(node: exp.Expr, scope: Scope) -> Typed:
            left, right = operators.comparable(
                self.expression(node.this, scope), self.expression(node.args["expression"], scope)
            )
            return Typed(f"({left.sql} {sign} {right.sql})", BOOLEAN)

        return compare
