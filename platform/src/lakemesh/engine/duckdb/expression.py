"""One expression of Spark SQL as DuckDB SQL: every node gives its text and the type that Spark gives it."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from sqlglot import exp

from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct, Type
from lakemesh.engine.duckdb import operators
from lakemesh.engine.duckdb.casts import cast, type_of
from lakemesh.engine.duckdb.scope import Scope
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    BINARY,
    BOOLEAN,
    DOUBLE,
    INTERVAL,
    STRING,
    UNKNOWN,
    VOID,
    Refused,
    Typed,
    text,
    widest,
)
from lakemesh.engine.duckdb.types import quoted
from lakemesh.engine.duckdb.understood import unread
from lakemesh.sql import spark

MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


class Expressions(ABC):
    """The nodes that are no calls. `calls.py` and `query.py` add the others."""

    def __init__(self) -> None:
        self.nodes: dict[type[exp.Expr], Callable[[exp.Expr, Scope], Typed]] = {
            exp.Column: self._column,
            exp.Identifier: self._parameter,
            exp.Literal: self._literal,
            exp.Boolean: lambda node, _: Typed("true" if node.this else "false", BOOLEAN),
            exp.Null: lambda _, __: Typed("NULL", VOID),
            exp.HexString: lambda node, _: Typed(f"unhex({text(str(node.this))})", BINARY),
            exp.RawString: lambda node, _: Typed(text(str(node.this)), STRING, str(node.this)),
            exp.Concat: lambda node, _: Typed(
                text(said := "".join(str(part.this) for part in node.expressions)), STRING, said
            ),
            exp.Paren: lambda node, scope: self.expression(node.this, scope),
            exp.Alias: lambda node, scope: self.expression(node.this, scope),
            exp.Cast: self._cast,
            exp.TryCast: self._cast,
            exp.Neg: self._negative,
            exp.Not: lambda node, scope: self._boolean(node, scope, "(NOT {0})"),
            exp.And: self._connected,
            exp.Or: self._connected,
            exp.Dot: self._field,
            exp.Bracket: self._element,
            exp.Interval: self._interval,
            exp.DPipe: self._piped,
            exp.RegexpLike: lambda node, scope: self.call("rlike", [node.this, node.expression], node, scope),
            exp.Extract: lambda node, scope: self.call(
                "date_part", [exp.Literal.string(node.this.name), node.expression], node, scope
            ),
            exp.StrPosition: lambda node, scope: self.call("locate", [node.args["substr"], node.this], node, scope),
            exp.Trim: self._trim,
            exp.Substring: lambda node, scope: self.call(
                "substring",
                [part for key in ("this", "start", "length") if (part := node.args.get(key)) is not None],
                node,
                scope,
            ),
            exp.Overlay: lambda node, scope: self.call(
                "overlay",
                [part for key in ("this", "expression", "from_", "for_") if (part := node.args.get(key)) is not None],
                node,
                scope,
            ),
            exp.BitwiseNot: lambda node, scope: self._same(node, scope, "(~{0})"),
        }
        signs = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%", exp.IntDiv: "div"}
        for kind, sign in signs.items():
            self.nodes[kind] = self._arithmetic(sign)
        for bits, sign in {exp.BitwiseAnd: "&", exp.BitwiseOr: "|"}.items():
            self.nodes[bits] = self._bits(f"({{0}} {sign} {{1}})")
        self.nodes[exp.BitwiseXor] = self._bits("xor({0}, {1})")

    def expression(self, node: exp.Expr, scope: Scope) -> Typed:
        """The DuckDB SQL of a node. Raises Refused."""
        handler = self.nodes.get(type(node))
        if handler is None or unread(node):
            raise Refused(
                f"{spark.render(node)[:60]} is not proved on DuckDB",
                "write it another way, or give the table engine: spark",
            )
        try:
            return handler(node, scope)
        except Refused as refused:
            if not getattr(refused, "node", None):
                refused.node = node  # type: ignore[attr-defined]
            raise

    @abstractmethod
    def call(self, name: str, args: list[exp.Expr], node: exp.Expr, scope: Scope) -> Typed:
        """A function's call, by its Spark name."""

    @abstractmethod
    def subquery(self, node: exp.Expr, scope: Scope) -> tuple[str, list[Type]]:
        """A query inside an expression: its SQL without brackets, and the types it yields."""

    def _column(self, node: exp.Expr, scope: Scope) -> Typed:
        if not isinstance(node, exp.Column) or not node.table:
            return Typed(quoted(node.name), scope.outputs.get(node.name, UNKNOWN))
        return Typed(f"{quoted(node.table)}.{quoted(node.name)}", scope.type(node.table, node.name))

    def _parameter(self, node: exp.Expr, scope: Scope) -> Typed:
        return scope.parameters.get(node.name.lower()) or Typed(quoted(node.name.lower()), UNKNOWN)

    def _literal(self, node: exp.Expr, scope: Scope) -> Typed:
        said = str(node.this)
        if node.is_string:
            return Typed(text(said), STRING, said)
        if said.isdigit():
            return operators.whole_literal(int(said))
        if "e" in said.lower():
            return Typed(f"CAST('{said}' AS DOUBLE)", DOUBLE)
        whole, _, part = said.partition(".")
        digits = max(len(whole.lstrip("0")) + len(part), len(part), 1)
        if digits > 38:
            return Typed(f"CAST('{said}' AS DOUBLE)", DOUBLE)
        return Typed(f"CAST('{said}' AS DECIMAL({digits},{len(part)}))", Decimal(digits, len(part)))

    def _cast(self, node: exp.Expr, scope: Scope) -> Typed:
        target = spark.render(node.args["to"]).lower()
        if target.startswith("interval"):
            raise Refused("a cast to an interval", "write an interval literal, such as interval 3 days")
        to = type_of(target)
        value = self.expression(node.this, scope)
        if isinstance(node.this, exp.Literal) and not node.this.is_string and to in (DOUBLE, Primitive("float")):
            return Typed(f"CAST('{node.this.this}' AS {to})", to)  # 1.5D: the text itself, not its decimal
        return cast(value, to, isinstance(node, exp.TryCast))

    def _negative(self, node: exp.Expr, scope: Scope) -> Typed:
        inner = node.this
        if isinstance(inner, exp.Literal) and not inner.is_string and str(inner.this).isdigit():
            return operators.whole_literal(-int(str(inner.this)))
        value = self.expression(inner, scope)
        value = cast(value, DOUBLE) if value.type == STRING else value
        return Typed(f"(-({value.sql}))", value.type)

    def _boolean(self, node: exp.Expr, scope: Scope, form: str) -> Typed:
        return Typed(form.format(cast(self.expression(node.this, scope), BOOLEAN).sql), BOOLEAN)

    def _same(self, node: exp.Expr, scope: Scope, form: str) -> Typed:
        value = self.expression(node.this, scope)
        return Typed(form.format(value.sql), value.type)

    def _connected(self, node: exp.Expr, scope: Scope) -> Typed:
        parts, kind = [], type(node)
        stack = [node]
        while stack:  # long chains are deep trees
            part = stack.pop()
            if type(part) is kind:
                stack.extend((part.args["expression"], part.this))
            else:
                parts.append(cast(self.expression(part, scope), BOOLEAN).sql)
        return Typed(f"({(' AND ' if kind is exp.And else ' OR ').join(parts)})", BOOLEAN)

    def _piped(self, node: exp.Expr, scope: Scope) -> Typed:
        parts: list[exp.Expr] = []
        while isinstance(node, exp.DPipe):
            parts.append(node.args["expression"])
            node = node.this
        return self.call("concat", [node, *reversed(parts)], node, scope)

    def _field(self, node: exp.Expr, scope: Scope) -> Typed:
        value, name = self.expression(node.this, scope), node.args["expression"].name
        if isinstance(value.type, MapOf):
            return Typed(f"map_extract_value({value.sql}, {text(name)})", value.type.value)
        if isinstance(value.type, Array) and isinstance(value.type.item, Struct):
            kind = _named_field(value.type.item, name)
            return Typed(f"list_transform({value.sql}, lambda e_: struct_extract(e_, {text(kind[0])}))", Array(kind[1]))
        if isinstance(value.type, Struct):
            found = _named_field(value.type, name)
            return Typed(f"struct_extract({value.sql}, {text(found[0])})", found[1])
        if value.type == UNKNOWN:
            return Typed(f"struct_extract({value.sql}, {text(name)})", UNKNOWN)
        raise Refused(f'there is no field "{name}" in {value.type}', "fields are those of a struct")

    def _element(self, node: exp.Expr, scope: Scope) -> Typed:
        value, place = self.expression(node.this, scope), self.expression(node.expressions[0], scope)
        if isinstance(value.type, MapOf):
            return Typed(f"map_extract_value({value.sql}, {cast(place, value.type.key).sql})", value.type.value)
        if isinstance(value.type, Array):
            index = cast(place, BIGINT).sql if not isinstance(place.value, int) else str(place.value)
            guarded = f"CASE WHEN {index} >= 0 THEN list_extract({value.sql}, {index} + 1) END"
            plain = (
                f"list_extract({value.sql}, {int(place.value) + 1})"
                if isinstance(place.value, int) and place.value >= 0
                else guarded
            )
            return Typed(plain, value.type.item)
        raise Refused(f"an element of {value.type}", "elements are those of an array or a map")

    def _interval(self, node: exp.Expr, scope: Scope) -> Typed:
        unit = node.args.get("unit")
        if isinstance(unit, exp.IntervalSpan) and isinstance(node.this, exp.Literal):
            return operators.span_literal(str(node.this.this), unit.this.name.upper(), unit.expression.name.upper())
        if unit is None or not isinstance(unit, exp.Var):
            raise Refused(
                "an interval of several units", "add one interval per unit: + interval 1 day + interval 2 hours"
            )
        name = unit.name.upper().rstrip("S")
        inner = node.this
        amount = str(inner.this).strip() if isinstance(inner, exp.Literal) else self.expression(inner, scope).sql
        kind = "time" if name in ("HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND") else "day"
        if name in MONTHS:
            kind = f"months {int(amount) * MONTHS[name]}" if amount.lstrip("-").isdigit() else "months"
        return Typed(f"INTERVAL ({amount}) {name}", INTERVAL, kind)

    def _trim(self, node: exp.Expr, scope: Scope) -> Typed:
        name = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get(str(node.args.get("position") or "").upper(), "trim")
        chars = node.args.get("expression")
        return self.call(name, [node.this] if chars is None else [chars, node.this], node, scope)

    def _arithmetic(self, sign: str) -> Callable[[exp.Expr, Scope], Typed]:
        return lambda node, scope: operators.arithmetic(
            sign, self.expression(node.this, scope), self.expression(node.args["expression"], scope)
        )

    def _bits(self, form: str) -> Callable[[exp.Expr, Scope], Typed]:
        def combine(node: exp.Expr, scope: Scope) -> Typed:
            left, right = self.expression(node.this, scope), self.expression(node.args["expression"], scope)
            kind = widest((left.type, right.type))
            return Typed(form.format(cast(left, kind).sql, cast(right, kind).sql), kind)

        return combine


def _named_field(struct: Struct, name: str) -> tuple[str, Type]:
    for found, kind in struct.fields:
        if found.lower() == name.lower():
            return found, kind
    known = ", ".join(found for found, _ in struct.fields)
    raise Refused(f'there is no field "{name}"', f"there is {known}")
