"""Functions that make rows: Spark counts from 0, keeps a row for nothing in the outer forms, and unpacks maps and structs."""

from collections.abc import Sequence

from lakemesh.declare.types import Array, MapOf, Struct, Type
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Rules
from lakemesh.engine.duckdb.typed import INT, Refused, Typed, text, widest

RULES = Rules()
MACROS: tuple[str, ...] = ()


def generated(kind: str, args: Sequence[Typed], names: Sequence[str]) -> list[tuple[str, Typed]]:
    """The columns that a generator makes, each an UNNEST; DuckDB reads those of one SELECT side by side."""
    made = _stacked(args) if kind == "stack" else _exploded(kind, args)
    if len(names) not in (0, len(made)):
        raise Refused(f"{len(names)} names for the {len(made)} columns of {kind}()", f"name {len(made)}")
    return [(names[place] if names else name, value) for place, (name, value) in enumerate(made)]


def _exploded(kind: str, args: Sequence[Typed]) -> list[tuple[str, Typed]]:
    if len(args) != 1:
        raise Refused(f"{kind}() with {len(args)} arguments", "it takes one")
    value, outer = args[0], kind.endswith("_outer")
    made: list[tuple[str, str, Type]]
    if isinstance(value.type, MapOf):
        made = [
            ("key", f"map_keys({value.sql})", value.type.key),
            ("value", f"map_values({value.sql})", value.type.value),
        ]
    elif kind.startswith("inline") and isinstance(value.type, Array) and isinstance(value.type.item, Struct):
        made = [
            (name, f"list_transform({value.sql}, lambda e_: struct_extract(e_, {text(name)}))", item)
            for name, item in value.type.item.fields
        ]
    elif isinstance(value.type, Array) and not kind.startswith("inline"):
        made = [("col", value.sql, value.type.item)]
    else:
        raise Refused(
            f"{kind}() of {value.type}",
            "give it an array or a map" if "explode" in kind else "give it an array of structs",
        )
    if kind.startswith("pos"):
        made.insert(0, ("pos", f"list_transform(range(len({made[0][1]})), lambda e_: CAST(e_ AS INTEGER))", INT))
    if outer:
        made = [(name, f"CASE WHEN len({sql}) > 0 THEN {sql} ELSE [NULL] END", item) for name, sql, item in made]
    return [(name, Typed(f"UNNEST({sql})", item)) for name, sql, item in made]


def _stacked(args: Sequence[Typed]) -> list[tuple[str, Typed]]:
    rows = args[0].value
    if not isinstance(rows, int) or rows < 1:
        raise Refused("stack() without a literal count", "write the number of rows")
    values = list(args[1:])
    width = -(-len(values) // rows)
    values += [Typed("NULL", widest(()))] * (width * rows - len(values))
    made = []
    for place in range(width):
        column = values[place::width]
        kind = widest(value.type for value in column)
        made.append((f"col{place}", Typed(f"UNNEST([{', '.join(cast(value, kind).sql for value in column)}])", kind)))
    return made


CASES = (
    "select id, explode(a) as x from nest",
    "select id, explode_outer(a) as x from nest",
    "select id, posexplode(a) as (p, x) from nest",
    "select id, posexplode_outer(sa) as (p, x) from nest",
    "select id, explode(m) as (k, v) from nest",
    "select id, explode_outer(m) as (k, v) from nest",
    "select id, inline(ast) as (k, v) from nest",
    "select id, explode(a) from nest",
    "select id, posexplode(a) from nest",
    "select n.id, t.x from nest n lateral view explode(a) t as x",
    "select n.id, t.x from nest n lateral view outer explode(a) t as x",
    "select n.id, t.p, t.x from nest n lateral view posexplode(sa) t as p, x",
    "select n.id, k, v from nest n lateral view explode(m) t as k, v",
    "select n.id, x, y from nest n lateral view explode(a) t as x lateral view explode(sa) u as y",
    "select n.id, y from nest n lateral view explode(aa) t as x lateral view explode(x) u as y",
    "select n.id, k, v from nest n lateral view inline(ast) t as k, v where v > 1",
    "select id, stack(2, 'a', i, 'b', i + 1) as (name, value) from num where id < 4",
    "select x from (select explode(array(1, 2, null)) as x) t where x is null or x > 1",
    "select explode(sequence(1, 3)) as n",
    "select n.id, count(*) as c, sum(x) as s from nest n lateral view explode(a) t as x group by n.id",
)
