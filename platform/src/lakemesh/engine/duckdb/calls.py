"""Calls of functions: a rule answers each, with FILTER, OVER and lambdas put where DuckDB has them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp

from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.expression import Expressions
from lakemesh.engine.duckdb.predicates import Predicates
from lakemesh.engine.duckdb.rules import REFUSED, RULES
from lakemesh.engine.duckdb.rules.rule import Call, Rule
from lakemesh.engine.duckdb.scope import Scope
from lakemesh.engine.duckdb.typed import BOOLEAN, STRING, UNKNOWN, Refused, Typed, once
from lakemesh.engine.duckdb.types import quoted
from lakemesh.engine.spark_functions import unknown
from lakemesh.sql import spark


@dataclass(frozen=True, slots=True)
class _Lambda:
    """A lambda and the place it stands in."""

    node: exp.Lambda
    scope: Scope
    owner: Expressions

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(quoted(name.name.lower()) for name in self.node.expressions)

    def body(self, *parameters: Typed) -> Typed:
        known: Mapping[str, Typed] = dict(
            zip((name.name.lower() for name in self.node.expressions), parameters, strict=False)
        )
        inner = replace(self.scope, parameters={**self.scope.parameters, **known})
        return self.owner.expression(self.node.this, inner)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around an aggregate's call."""

    filter: str = ""
    over: str | None = None
    ignore_nulls: bool = False
    order: exp.Expr | None = None


class Calls(Predicates):
    """Adds calls to the nodes that can be answered."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes |= {
            exp.Anonymous: lambda node, scope: self._called(node, scope, _Around()),
            exp.Window: self._window,
            exp.Filter: lambda node, scope: self._around(node, scope, _Around()),
            exp.IgnoreNulls: lambda node, scope: self._around(node, scope, _Around()),
            exp.RespectNulls: lambda node, scope: self._around(node, scope, _Around()),
            exp.WithinGroup: lambda node, scope: self._around(node, scope, _Around()),
            exp.Subquery: self._scalar,
            exp.Select: self._scalar,
            exp.Exists: self._exists,
        }

    def call(self, name: str, args: list[exp.Expr], node: exp.Expr, scope: Scope) -> Typed:
        return self._answer(name, args, scope, _Around())

    def _called(self, node: exp.Expr, scope: Scope, around: _Around) -> Typed:
        return self._answer(node.name.lower(), list(node.expressions), scope, around)

    def _around(self, node: exp.Expr, scope: Scope, around: _Around) -> Typed:
        if isinstance(node, exp.Filter):
            test = cast(self.expression(node.args["expression"].this, scope), BOOLEAN)
            around = replace(around, filter=f" FILTER (WHERE {test.sql})")
        elif isinstance(node, exp.IgnoreNulls):
            around = replace(around, ignore_nulls=True)
        elif isinstance(node, exp.WithinGroup):
            around = replace(around, order=node.args["expression"])
        elif not isinstance(node, exp.RespectNulls):
            return self._called(node, scope, around)
        return self._around(node.this, scope, around)

    def _window(self, node: exp.Expr, scope: Scope) -> Typed:
        return self._around(node.this, scope, _Around(over=self.window(node, scope)))

    def window(self, node: exp.Expr, scope: Scope) -> str:
        """What stands in the brackets of OVER, or the name of a window."""
        if (
            node.args.get("alias") is not None
            and not isinstance(node.args["alias"], exp.TableAlias)
            and node.args.get("over")
        ):
            name = node.args["alias"].name.lower()
            return f"({scope.windows[name]})" if name in scope.windows else quoted(name)
        parts = []
        if node.args.get("partition_by"):
            parts.append(
                "PARTITION BY " + ", ".join(self.expression(part, scope).sql for part in node.args["partition_by"])
            )
        if node.args.get("order") is not None:
            parts.append("ORDER BY " + self.ordering(node.args["order"], scope))
        spec = node.args.get("spec")
        if spec is not None:
            start, end = self._bound(spec, "start", scope), self._bound(spec, "end", scope) or "CURRENT ROW"
            parts.append(f"{str(spec.args['kind']).upper()} BETWEEN {start} AND {end}")
        return f"({' '.join(parts)})"

    def _bound(self, spec: exp.Expr, key: str, scope: Scope) -> str:
        bound, side = spec.args.get(key), spec.args.get(f"{key}_side")
        if bound is None:
            return ""
        sql = self.expression(bound, scope).sql if isinstance(bound, exp.Expr) else str(bound).upper()
        return f"{sql} {str(side).upper()}" if side else sql

    def ordering(self, order: exp.Expr, scope: Scope) -> str:
        """The items of an ORDER BY, with Spark's place for nulls."""
        parts = []
        for item in order.expressions:
            inner = item.this if isinstance(item, exp.Ordered) else item
            down = isinstance(item, exp.Ordered) and bool(item.args.get("desc"))
            first = isinstance(item, exp.Ordered) and bool(item.args.get("nulls_first"))
            plain = isinstance(inner, exp.Literal) and not inner.is_string
            sql = str(inner.this) if plain else self.expression(inner, scope).sql
            parts.append(f"{sql} {'DESC' if down else 'ASC'} NULLS {'FIRST' if first else 'LAST'}")
        return ", ".join(parts)

    def _answer(self, name: str, args: list[exp.Expr], scope: Scope, around: _Around) -> Typed:
        if name in REFUSED:
            raise Refused(f"{name}() is not the same on DuckDB", REFUSED[name])
        distinct = len(args) == 1 and isinstance(args[0], exp.Distinct)
        parts = list(args[0].expressions) if distinct else args
        values: list[Typed] = []
        lambdas: dict[int, _Lambda] = {}
        names: list[str | None] = []
        for place, part in enumerate(parts):
            if isinstance(part, exp.Lambda):
                lambdas[place] = _Lambda(part, scope, self)
                values.append(Typed("NULL", UNKNOWN))
                names.append(None)
                continue
            values.append(self._argument(part, scope))
            names.append(_field_name(part))
        order = around.order.expressions[0] if around.order is not None else None
        if distinct and around.over is not None:
            raise Refused(
                f"{name}(distinct …) over a window",
                "Spark has no such window: count distinct in a subquery, and join it",
            )
        if name == "grouping_id" and not values:
            values = [Typed(sql, UNKNOWN) for sql in scope.grouped]
        call = Call(
            name,
            tuple(values),
            lambdas,
            distinct,
            around.ignore_nulls,
            lambda text: f"{text}{around.filter}" + (f" OVER {around.over}" if around.over is not None else ""),
            around.over is not None,
            self.expression(order.this, scope) if isinstance(order, exp.Ordered) else None,
            bool(order.args.get("desc")) if isinstance(order, exp.Ordered) else False,
            tuple(names),
        )
        if (told := unknown(name)) is not None:
            raise Refused(*told)
        rule: Rule | None = RULES.get(name)
        if rule is None:
            return _unproved(call)
        return rule(call) if name in spark.AGGREGATES or call.windowed else _settled(rule, call)

    def _argument(self, part: exp.Expr, scope: Scope) -> Typed:
        if isinstance(part, exp.Var):
            return Typed(part.name, STRING, part.name)
        if isinstance(part, exp.Star):
            return Typed("*", UNKNOWN)
        if isinstance(part, exp.Order):
            raise Refused(
                "ORDER BY inside a call",
                "use sort_array(collect_list(…)), or array_sort with a struct that starts with the order",
            )
        return self.expression(part, scope)

    def _scalar(self, node: exp.Expr, scope: Scope) -> Typed:
        if _correlated(node) and not _one_row(node):
            raise Refused(
                "a subquery that depends on the outer row and could yield several",
                "Spark asks for an aggregate in it, such as max(x)",
            )
        sql, types = self.subquery(node, scope)
        return Typed(f"({sql})", types[0])

    def _exists(self, node: exp.Expr, scope: Scope) -> Typed:
        sql, _ = self.subquery(node.this, scope)
        return Typed(f"EXISTS ({sql})", BOOLEAN)


def _correlated(node: exp.Expr) -> bool:
    """Whether a subquery names a source that is not its own."""
    own = {alias.name for alias in node.find_all(exp.TableAlias)}
    return any(column.table and column.table not in own for column in node.find_all(exp.Column))


def _one_row(node: exp.Expr) -> bool:
    """Whether a subquery aggregates all of its rows into one."""
    while isinstance(node, exp.Subquery):
        node = node.this
    return isinstance(node, exp.Select) and any(
        spark.aggregate(part) and not isinstance(part, exp.Window) for item in node.expressions for part in item.walk()
    )


def _settled(rule: Rule, call: Call) -> Typed:
    """What a rule makes of a call, with long arguments computed once."""
    made: list[Typed] = []

    def build(names: list[str]) -> str:
        args = tuple(replace(value, sql=name) for value, name in zip(call.args, names, strict=True))
        made.append(rule(replace(call, args=args)))
        return made[-1].sql

    sql = once([value.sql for value in call.args], build)
    return replace(made[-1], sql=sql)


def _field_name(part: exp.Expr) -> str | None:
    """What a field of struct() is called after its argument."""
    if isinstance(part, exp.Alias):
        return str(part.alias).lower()
    if isinstance(part, exp.Column):
        return str(part.name).lower()
    if isinstance(part, exp.Dot):
        return str(part.args["expression"].name).lower()
    return str(part.name).lower() if isinstance(part, exp.Identifier) else None


def _unproved(call: Call) -> Typed:
    """A function without a rule: sqlglot's word for it. `portable.check` warns of it."""
    marks = [f"`__{place}`" for place in range(len(call.args))]
    if call.lambdas:
        raise Refused(f"{call.name}() is not proved on DuckDB", "write it another way, or give the table engine: spark")
    sql = sqlglot.transpile(f"SELECT {call.name}({', '.join(marks)})", read="spark", write="duckdb")[0].removeprefix(
        "SELECT "
    )
    for place, value in enumerate(call.args):
        sql = sql.replace(f'"__{place}"', value.sql)
    return Typed(call.over(sql), UNKNOWN)
