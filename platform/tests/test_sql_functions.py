"""A domain's own functions: one file, one expression, in the place of every call."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from lakemesh.engine.duckdb.describe import describe
from lakemesh.engine.portable import check as portable
from lakemesh.errors import Mistakes
from lakemesh.mesh.check import check
from lakemesh.sql import functions
from lakemesh.sql.lineage import lineage
from lakemesh.sql.select import read
from mesh_world import TODAY, tree
from steps_world import Shop, states

OWN: Mapping[str, tuple[str, str]] = {
    name: (text, f"{name}.sql")
    for name, text in {
        "net": "create function net(amount, rate) as amount * (1 - rate); -- the end",
        "gross": "create function gross(amount, rate)\nas /* all of it */ net(amount, -rate) + 0.00BD\n",
        "tagged": "create function tagged(xs, mark) as transform(xs, x -> concat(mark, x))",
        "said": "create function said(who) as concat(who.name,\n  ' (', who.qty, ')')",
        "due": "create function due(d) as dateadd(day, 1, d)",
        "zero": "create function zero() as 0.00BD",
        "ping": "create function ping(a) as\n  1 + pong(a)",
        "pong": "create function pong(a) as ping(a)",
    }.items()
}


def inlined(sql: str) -> str:
    return " ".join(read(sql, "q.sql", "w", OWN).text.split())


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("select net(a, 0.1) as n from t", "select ((a) * (1 - (0.1))) as n from w.t"),
        ("select NET(a + b, r) as n from t", "select ((a + b) * (1 - (r))) as n from w.t"),
        ("select 1 - gross(a, b) as n from t", "select 1 - ((((a)) * (1 - (-(b)))) + 0.00BD) as n from w.t"),
        ("select net(net(a, b), 'x(,') as n from t", "select ((((a) * (1 - (b)))) * (1 - ('x(,'))) as n from w.t"),
        ("select said(st) as s from t", "select (concat((st).name, ' (', (st).qty, ')')) as s from w.t"),
        ("select due(at) as d from t", "select (dateadd(day, 1, (at))) as d from w.t"),
        ("select a from t where zero() > 1", "select a from w.t where (0.00BD) > 1"),
        ("select 'net(a)' as s, w.net.x as y from net", "select 'net(a)' as s, w.net.x as y from w.net"),
        (
            "select net((select max(x) from u), 2) as z from t",
            "select (((select max(x) from w.u)) * (1 - (2))) as z from w.t",
        ),
    ],
)  # fmt: skip
def test_a_call_is_its_expression_bracketed(sql: str, what: str) -> None:
    assert inlined(sql) == what


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("select\n  net(a) as n from t", "q.sql:2:3: net() with 1 argument\n  → it takes 2: amount, rate"),
        ("select zero(1) as n from t", "q.sql:1:8: zero() with 1 argument\n  → it takes none"),
        ("select net(a, gross(1)) as n from t", "q.sql:1:15: gross() with 1 argument"),
        ("select ping(a) as n from t", "pong.sql:1:28: a function calls itself: ping → pong → ping"),
        ("select tagged(xs, x) as t from t", 'q.sql:1:19: inside tagged() "x" is something else'),
        ("select net(a, rand()) as n from t", "q.sql:1:15: rand() is refused"),
        ("select net(a,\n  b) as n, uuid() as u from t", "q.sql:2:12: uuid() is refused"),
    ],
)
def test_a_call_that_does_not_fit_is_told_where_it_stands(sql: str, what: str) -> None:
    with pytest.raises(Mistakes) as raised:
        read(sql, "q.sql", "w", OWN)
    assert what in str(raised.value.mistakes[0])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "f.sql:1:1: this file does not create a function"),
        ("select 1", "f.sql:1:1: this file does not create a function"),
        ("create or replace function f(a) as a", "f.sql:1:1: this file does not create a function"),
        ("create function f", "f.sql:1:17: the arguments of the function are missing"),
        ("create function g(a) as a", 'f.sql:1:17: the file of f() creates "g"'),
        ("create function f(a decimal(2,1)) as a", "f.sql:1:21: arguments have names alone"),
        ("create function f(a, A) as a", 'f.sql:1:22: two arguments are called "A"'),
        ("create function f(a) a", 'f.sql:1:22: there is no "as" after the arguments'),
        ("create function f(a) as", "f.sql:1:22: the expression is missing"),
        ("create function f(a) as a; select 1", "f.sql:1:28: a second statement starts here"),
        ("create function f(a) as a, a", "f.sql:1:28: a function is one expression"),
        ("create function f(a) as a from t", "f.sql:1:32: a function is one expression"),
        ("create function f(a) as a as b", "f.sql:1:25: a function is one expression"),
        ("create function f(a) as\n (select max(x) from t)", "f.sql:2:10: a function looks at what is handed in alone"),
        ("create function f(a) as explode(a)", "f.sql:1:25: explode() makes rows"),
        ("create function f(a) as\n\n  a > :now", "a function does not know :now"),
        ("create function f(amount) as\n  amuont * 2", 'f.sql:2:3: no argument is called "amuont"\n  → did you mean'),
        ("create function f(a)\nas rand() * a", "f.sql:2:4: rand() is refused"),
        ("create function f(a) as (a +", 'f.sql:1:25: this "(" is not closed'),
        ("create function f(a) as 'a", "f.sql:1:1: a text or a comment here is not closed"),
    ],
)
def test_what_is_no_function_is_told_in_its_file(text: str, what: str) -> None:
    with pytest.raises(Mistakes) as raised:
        functions.read("f", text, "f.sql")
    assert what in str(raised.value.mistakes[0])


@pytest.mark.parametrize("name", ["upper", "net_of_full", "case"])
def test_a_name_that_spark_has_is_refused(name: str) -> None:
    text = f"create function {name}(a) as a"
    if name == "net_of_full":
        assert functions.read(name, text, "f.sql").arguments == ("a",)
        return
    with pytest.raises(Mistakes, match=r"is a function of Spark already|is a word of SQL"):
        functions.read(name, text, "f.sql")


def test_lineage_sees_through_a_call() -> None:
    t = TableName("w", "t")
    select = read("select net(price, rate) as n, id from t", "q.sql", "w", OWN)
    derived = lineage(select, {t: {"id": None, "price": None, "rate": None, "other": None}})  # type: ignore[dict-item]
    assert derived["n"].sources == {(t, "price"), (t, "rate")}
    assert derived["n"].passed is None


def said(root: Path, changes: dict[str, str]) -> list[str]:
    return [f"{each}".partition("\n")[0] for each in check(tree(root, changes), describe, portable, TODAY)]


def test_a_check_tells_what_is_wrong_in_the_functions_file_whether_it_is_called_or_not(tmp_path: Path) -> None:
    base = "domains/film/functions"
    found = said(
        tmp_path,
        {
            f"{base}/minutes.sql": "create function minutes(hours) as\n  huor(hours) * 60",
            f"{base}/bucket.sql": "create function bucket(a) as minutes(a) + hash(a)",
            f"{base}/Odd.sql": "create function odd(a) as a",
            f"{base}/notes.txt": "x",
        },
    )
    assert [line for line in found if base in line] == [
        f'{base}/Odd.sql: "Odd" cannot name a function: {LETTERS}',
        f'{base}/Odd.sql:1:17: the file of Odd() creates "odd"',
        f"{base}/bucket.sql:1:43: hash() differs between the engines",
        f"{base}/minutes.sql:2:3: Spark has no function huor()",
        f"{base}/notes.txt: functions/ has one file of SQL for each function",
    ]


LETTERS = "names are lowercase letters, digits and underscores, the first a letter"
ORDER = "description: Orders.\nfrom: in/*.csv\nwrite: append\ncolumns:\n  id: int\n  amount: decimal(10,2)\n"
NET = "description: Net.\nwrite: replace\nkey: [id]\ncolumns:\n  id: int\n  net: decimal(10,2)\n"


def test_a_run_computes_it_and_another_function_makes_the_table_anew(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDER)
    shop.write("domains/shop/functions/net.sql", "create function net(amount, rate) as amount * (1 - rate)\n")
    shop.transform("bill", NET, "select id, cast(net(amount, 0.21 - 0.01) as decimal(10,2)) as net from orders\n")
    shop.land("shop/orders/in/a.csv", "id,amount\n1,10.00\n2,\n")
    assert states(shop.run()) == {"orders": "published", "bill": "published"}
    assert [f"{row}" for row in shop.rows("bill", "id, net")] == ["(1, Decimal('8.00'))", "(2, None)"]
    assert states(shop.run())["bill"] == "nothing new"
    shop.write("domains/shop/functions/net.sql", "create function net(amount, rate) as amount / (1 + rate)\n")
    assert states(shop.run())["bill"] == "published"
    assert f"{shop.rows('bill', 'net')[0][0]}" == "8.33"
