"""A column that is passed on keeps its source through any number of steps; one that is computed names all it is made of."""
# ruff: noqa: E501  (a statement and what it gives are one line)

import pytest

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Array, Primitive
from lakemesh.sql.lineage import lineage
from lakemesh.sql.select import read

A, B = TableName("d", "a"), TableName("d", "b")
INPUTS = {
    A: {"id": Primitive("int"), "x": Primitive("int"), "y": Primitive("string"), "l": Array(Primitive("int"))},
    B: {"id": Primitive("int"), "z": Primitive("int")},
}


def of(sql: str, column: str) -> tuple[str | None, set[str]]:
    found = lineage(read(sql, "q.sql", "d"), INPUTS)[column]
    passed = f"{found.passed[0].table}.{found.passed[1]}" if found.passed else None
    return passed, {f"{table.table}.{name}" for table, name in found.sources}


@pytest.mark.parametrize(
    ("sql", "passed", "sources"),
    [
        ("select x as c from a", "a.x", {"a.x"}),
        ("select (x) as c from a", "a.x", {"a.x"}),
        ("select x + 1 as c from a", None, {"a.x"}),
        ("select cast(x as bigint) as c from a", None, {"a.x"}),
        ("select x + z as c from a join b using (id)", None, {"a.x", "b.z"}),
        ("with q as (select x as m from a), r as (select m as n from q) select n as c from r", "a.x", {"a.x"}),
        ("with q as (select x * 2 as m from a) select m as c from q", None, {"a.x"}),
        ("select c from (select * from (select x as c, y from a) p) q", "a.x", {"a.x"}),
        ("select max(x) as c from a", None, {"a.x"}),
        ("select x as c, count(*) as n from a group by x", "a.x", {"a.x"}),
        ("select distinct x as c from a", "a.x", {"a.x"}),
        ("select x as c from a union all select x from a", "a.x", {"a.x"}),
        ("select x as c from a union all select z from b", None, {"a.x", "b.z"}),
        ("select x as c from a where y > 'k'", "a.x", {"a.x"}),
        ("select a.x as c from a join b on a.id = b.z", "a.x", {"a.x"}),
        ("select id as c from a join b using (id)", "a.id", {"a.id"}),
        ("select id as c from a right join b using (id)", "b.id", {"b.id"}),
        ("select id as c from a full join b using (id)", None, {"a.id", "b.id"}),
        ("select (select max(z) from b where b.id = a.id) as c from a", None, {"b.z"}),
        ("select sum(x) over (partition by y order by id) as c from a", None, {"a.x", "a.y", "a.id"}),
        ("select count(*) as c from a", None, set()),
        ("select 1 as c from a", None, set()),
        ("select t.e as c from a lateral view explode(l) t as e", None, {"a.l"}),
        ("select explode(l) as c from a", None, {"a.l"}),
        ("select transform(l, v -> v + x) as c from a", None, {"a.l", "a.x"}),
        ("select case when y = 'k' then x end as c from a", None, {"a.x", "a.y"}),
        ("select c from (select x as c from a order by y limit 3) q", "a.x", {"a.x"}),
        ("select m as c from (select x as m from a) p join b on b.id = p.m", "a.x", {"a.x"}),
        ("with q (c, k) as (select x, y from a) select c from q", "a.x", {"a.x"}),
        ("select x as k, k + 1 as c from a", None, {"a.x"}),
    ],
)
def test_a_column_knows_where_it_is_from(sql: str, passed: str | None, sources: set[str]) -> None:
    assert of(sql, "c") == (passed, sources)
