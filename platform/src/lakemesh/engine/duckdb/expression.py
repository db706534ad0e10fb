"""One expression of Spark SQL as DuckDB SQL: every node gives its text and the type that Spark gives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from lakemesh.declare import types as declared
from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct, Type
from lakemesh.engine.duckdb import operators
from lakemesh.engine.duckdb.casts import cast
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
from lakemesh.sql import spark

Fields = Mapping[str, Type]
MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


@dataclass(slots=True)
class Scope:
    """What an expression can see: the columns of its sources, those of the SELECT around, and a lambda's parameters."""

    sources: dict[str, Fields] = field(default_factory=dict)
    outer: "Scope | None" = None
    parameters: Mapping[str, Typed] = field(default_factory=dict)
    outputs: Mapping[str, Type] = field(default_factory=dict)
    windows: dict[str, str] = field(default_factory=dict)

    def type(self, source: str, name: str) -> Type:
        """The type of a column."""
        scope: Scope | None = self
        while scope is not None:
            if source in scope.sources:
                return scope.sources[source].get(name, UNKNOWN)
            scope = scope.outer
        return UNKNOWN


class Expressions:
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
            exp.Is: self._is,
            exp.In: self._in,
            exp.Between: self._between,
            exp.Like: self._like,
            exp.ILike: self._like,
            exp.Escape: self._like,
            exp.Case: self._case,
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
            exp.BitwiseNot: lambda node, scope: self._same(node, scope, "(~{0})"),
        }
        signs = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%", exp.IntDiv: "div"}
        for kind, sign in signs.items():
            self.nodes[kind] = self._arithmetic(sign)
        same = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
        for compared, sign in {
            **same,
            exp.NullSafeEQ: "IS NOT DISTINCT FROM",
            exp.NullSafeNEQ: "IS DISTINCT FROM",
        }.items():
            self.nodes[compared] = self._comparison(sign)
        for bits, sign in {exp.BitwiseAnd: "&", exp.BitwiseOr: "|"}.items():
            self.nodes[bits] = self._bits(f"({{0}} {sign} {{1}})")
        self.nodes[exp.BitwiseXor] = self._bits("xor({0}, {1})")

    def expression(self, node: exp.Expr, scope: Scope) -> Typed:
        """The DuckDB SQL of a node. Raises Refused."""
        handler = self.nodes.get(type(node))
        if handler is None or _unread(node):
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

    def call(self, name: str, args: list[exp.Expr], node: exp.Expr, scope: Scope) -> Typed:
        """A function's call, by its Spark name."""
        raise NotImplementedError

    def subquery(self, node: exp.Expr, scope: Scope) -> tuple[str, list[Type]]:
        """A query inside an expression: its SQL without brackets, and the types it yields."""
        raise NotImplementedError

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
        values = [self.expression(part, scope) for part in [node.this, *node.expressions]]
        kind = widest(value.type for value in values)
        if STRING in {value.type for value in values} and kind != STRING:
            kind = operators.compared(values[0].type, widest(value.type for value in values[1:]))
        made = [cast(value, kind).sql if kind != UNKNOWN else value.sql for value in values]
        return Typed(f"({made[0]} IN ({', '.join(made[1:])}))", BOOLEAN)

    def _between(self, node: exp.Expr, scope: Scope) -> Typed:
        value = self.expression(node.this, scope)
        parts = []
        for key, sign in (("low", ">="), ("high", "<=")):
            left, right = operators.comparable(value, self.expression(node.args[key], scope))
            parts.append(f"{left.sql} {sign} {right.sql}")
        return Typed(f"({' AND '.join(parts)})", BOOLEAN)

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
        on = self.expression(node.this, scope) if node.this is not None else None
        values = [self.expression(branch.args["true"], scope) for branch in node.args["ifs"]]
        default = node.args.get("default")
        last = self.expression(default, scope) if default is not None else Typed("NULL", VOID)
        kind = widest([*(value.type for value in values), last.type])
        parts = []
        for branch, value in zip(node.args["ifs"], values, strict=True):
            test = self.expression(branch.this, scope)
            if on is not None:
                left, right = operators.comparable(on, test)
                test = Typed(f"{left.sql} = {right.sql}", BOOLEAN)
            parts.append(f"WHEN {cast(test, BOOLEAN).sql} THEN {cast(value, kind).sql}")
        return Typed(f"CASE {' '.join(parts)} ELSE {cast(last, kind).sql} END", kind)

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
        return self.call(name, [node.this] if chars is None else [node.this, chars], node, scope)

    def _arithmetic(self, sign: str) -> Callable[[exp.Expr, Scope], Typed]:
        return lambda node, scope: operators.arithmetic(
            sign, self.expression(node.this, scope), self.expression(node.args["expression"], scope)
        )

    def _comparison(self, sign: str) -> Callable[[exp.Expr, Scope], Typed]:
        def compare(node: exp.Expr, scope: Scope) -> Typed:
            left, right = operators.comparable(
                self.expression(node.this, scope), self.expression(node.args["expression"], scope)
            )
            return Typed(f"({left.sql} {sign} {right.sql})", BOOLEAN)

        return compare

    def _bits(self, form: str) -> Callable[[exp.Expr, Scope], Typed]:
        def combine(node: exp.Expr, scope: Scope) -> Typed:
            left, right = self.expression(node.this, scope), self.expression(node.args["expression"], scope)
            kind = widest((left.type, right.type))
            return Typed(form.format(cast(left, kind).sql, cast(right, kind).sql), kind)

        return combine


READ = {"this", "expression", "expressions"}
ARGS: dict[type[exp.Expr], set[str]] = {
    exp.Column: {"table"},
    exp.Alias: {"alias"},
    exp.Literal: {"is_string"},
    exp.Identifier: {"quoted"},
    exp.Cast: {"to"},
    exp.TryCast: {"to", "safe"},
    exp.In: {"query"},
    exp.Between: {"low", "high"},
    exp.Like: {"negate"},
    exp.ILike: {"negate"},
    exp.Case: {"ifs", "default"},
    exp.Bracket: {"safe", "offset"},
    exp.Interval: {"unit"},
    exp.DPipe: {"safe"},
    exp.Concat: {"safe"},
    exp.StrPosition: {"substr"},
    exp.Trim: {"position"},
    exp.Substring: {"start", "length"},
    exp.Div: {"typed", "safe"},
    exp.Window: {"partition_by", "order", "spec", "alias", "over"},
    exp.Subquery: {"alias", "with_", "order", "limit", "offset", "joins"},
    exp.Select: {
        "with_", "from_", "joins", "laterals", "where", "group", "having", "order", "limit", "offset", "windows", "distinct", "hint",
    },
    exp.Exists: set(),
}  # fmt: skip


def _unread(node: exp.Expr) -> bool:
    """Whether a node says more than is understood here."""
    known = ARGS.get(type(node), set())
    return any(value and key not in READ and key not in known for key, value in node.args.items())


def _named_field(struct: Struct, name: str) -> tuple[str, Type]:
    for found, kind in struct.fields:
        if found.lower() == name.lower():
            return found, kind
    known = ", ".join(found for found, _ in struct.fields)
    raise Refused(f'there is no field "{name}"', f"there is {known}")


def type_of(target: str) -> Type:
    """The type that a cast names."""
    extra = {
        "byte": "tinyint",
        "short": "smallint",
        "integer": "int",
        "long": "bigint",
        "real": "float",
        "timestamp_ltz": "timestamp",
    }
    plain = extra.get(target, target)
    if plain in ("tinyint", "smallint", "void"):
        return Primitive(plain)
    if plain in ("decimal", "numeric", "dec"):
        return Decimal(10, 0)
    if plain.startswith(("varchar", "char")):
        return STRING
    try:
        return declared.parse(plain.replace("numeric(", "decimal(").replace(", ", ",").replace(": ", ":"))
    except ValueError as error:
        raise Refused(f'"{target}" is not a type of a table', str(error)) from None
