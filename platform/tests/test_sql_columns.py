"""Every column finds its table, and one that does not is named with its place and the nearest that does."""
# ruff: noqa: E501  (a statement and what it gives are one line)

import pytest

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Array, Columns, Primitive, Struct
from lakemesh.errors import Mistakes
from lakemesh.sql.columns import qualify, yields
from lakemesh.sql.lineage import lineage
from lakemesh.sql.select import read

INPUTS: dict[TableName, Columns] = {
    TableName("shop", "orders"): {
        "id": Primitive("int"),
        "customer_id": Primitive("int"),
        "amount": Primitive("double"),
        "tags": Array(Primitive("string")),
        "who": Struct((("name", Primitive("string")),)),
    },
    TableName("crm", "customer"): {"customer_id": Primitive("int"), "name": Primitive("string")},
    TableName("crm", "city"): {"customer_id": Primitive("int"), "city": Primitive("string")},
}


def text(sql: str) -> str:
    return qualify(read(sql, "q.sql", "shop"), INPUTS).text.replace("`", "")


GROUPED = [
    "select customer_id as c, sum(amount) as a from orders group by c",
    "select year(to_date(who.name)) + 1 as y, count(*) as n from orders group by year(to_date(who.name))",
    "select id + 1 as k, count(*) filter (where amount > 1) as n from orders group by k having n > 1 order by max(amount)",
    "select id, customer_id, grouping(id) as g, count(*) as n from orders group by rollup(id, (customer_id))",
    "select id, customer_id, count(*) as n from orders group by grouping sets ((id), (id, customer_id))",
    "select who.name, count(*) as n from orders group by who",
    "select id, sum(sum(amount)) over (order by id) as s from orders group by id",
    "select transform(collect_list(amount), x -> x + id) as t from orders group by id",
    "select id, (select max(c.name) from crm.customer c where c.customer_id = o.id) as n from orders o group by id",
    "select customer_id, count(*) as n from orders join crm.city using (customer_id) group by customer_id",
    "select t, count(*) as n from orders lateral view explode(tags) x as t group by t",
    "select id, amount, sum(amount) over (partition by id) as s from orders",
    "select id, city, count(*) as n from orders cross join crm.city group by all",
]


@pytest.mark.parametrize("sql", GROUPED)
def test_what_is_grouped_by_may_be_named(sql: str) -> None:
    assert text(sql)


@pytest.mark.parametrize(
    ("sql", "column", "place"),
    [
        ("select id, amount, count(*) from orders group by id", "amount", "1:12"),
        ("select id, count(*) from orders", "id", "1:8"),
        ("select id, sum(amount) over (order by id) as s from orders group by id", "amount", "1:16"),
        ("select id, count(*) as n from orders group by id having amount > 1", "amount", "1:57"),
        ("select id, count(*) as n from orders group by id order by amount", "amount", "1:59"),
        ("select max(id) as m from orders having amount > 1", "amount", "1:40"),
        ("with w as (select id, count(*) as n from orders) select n from w", "id", "1:19"),
        ("select transform(collect_list(amount), x -> x + id) as t from orders", "id", "1:49"),
    ],
)
def test_a_column_with_several_values_for_one_row_is_told(sql: str, column: str, place: str) -> None:
    (told,) = mistakes(sql)
    assert told.startswith(f'q.sql:{place}: "{column}" is neither grouped by nor in an aggregate')


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("select id, amount from orders union all select customer_id, id from orders", ["id", "amount"]),
        ("select id, amount from orders union all select id, id from orders", ["id", "amount"]),
        ("select id, amount from orders union (select id, id from orders union all select 1, 2)", ["id", "amount"]),
    ],
)
def test_the_first_part_of_a_union_names_the_columns(sql: str, names: list[str]) -> None:
    assert list(yields(read(sql, "q.sql", "shop"))) == names
    (total,) = lineage(read(f"with u as ({sql}) select sum(amount) as s from u", "q.sql", "shop"), INPUTS).values()
    assert (TableName("shop", "orders"), "id") in total.sources
    assert text(sql)


def mistakes(sql: str) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        text(sql)
    return [str(mistake) for mistake in raised.value.mistakes]


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("select id from orders", "SELECT orders.id AS id FROM shop.orders AS orders"),
        ("select ID, O.Amount as A from orders O", "SELECT o.id AS id, o.amount AS A FROM shop.orders AS o"),
        ("select shop.orders.id from orders", "SELECT orders.id AS id FROM shop.orders AS orders"),
        ("select who.name, o.who.name as n from orders o", "SELECT o.who.name AS name, o.who.name AS n FROM shop.orders AS o"),
        ("select * from crm.customer", "SELECT customer.customer_id AS customer_id, customer.name AS name FROM crm.customer AS customer"),
        (
            "select c.*, id from orders join crm.customer c using (customer_id)",
            "SELECT c.customer_id AS customer_id, c.name AS name, orders.id AS id FROM shop.orders AS orders JOIN crm.customer AS c ON orders.customer_id = c.customer_id",
        ),
        (
            "select * from crm.customer full join crm.city using (customer_id)",
            "SELECT COALESCE(customer.customer_id, city.customer_id) AS customer_id, customer.name AS name, city.city AS city FROM crm.customer AS customer FULL JOIN crm.city AS city ON customer.customer_id = city.customer_id",
        ),
        (
            "select amount as a, a * 2 as b from orders",
            "SELECT orders.amount AS a, (orders.amount) * 2 AS b FROM shop.orders AS orders",
        ),
        (
            "select upper(name) as n, count(*) as c from crm.customer group by n having c > 1 order by c",
            "SELECT UPPER(customer.name) AS n, COUNT(*) AS c FROM crm.customer AS customer GROUP BY (UPPER(customer.name)) HAVING (COUNT(*)) > 1 ORDER BY c",
        ),
        (
            "select x.n from (select name as n from crm.customer) x where n <> ''",
            "SELECT x.n AS n FROM (SELECT customer.name AS n FROM crm.customer AS customer) AS x WHERE x.n <> ''",
        ),
        (
            "select id from orders o where exists (select 1 from crm.customer c where c.customer_id = o.customer_id and amount > 1)",
            "SELECT o.id AS id FROM shop.orders AS o WHERE EXISTS(SELECT 1 AS 1 FROM crm.customer AS c WHERE c.customer_id = o.customer_id AND o.amount > 1)",
        ),
        (
            "select transform(tags, x -> concat(x, id)) as t from orders",
            "SELECT TRANSFORM(orders.tags, x -> CONCAT(x, orders.id)) AS t FROM shop.orders AS orders",
        ),
    ],
)  # fmt: skip
def test_every_column_stands_at_its_table(sql: str, shown: str) -> None:
    assert text(sql) == shown


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select amont from orders", 'q.sql:1:8: shop.orders has no column "amont"\n  → did you mean "amount"?'),
        ("select id,\n  o.nme from orders o", 'q.sql:2:3: shop.orders has no column "nme"\n  → there is id, customer_id, amount, tags, who'),
        ("select x.id from orders o", 'q.sql:1:8: no table here is called "x"\n  → there is o'),
        (
            "select customer_id from orders o, crm.customer c",
            'q.sql:1:8: "customer_id" is ambiguous: it is in o and c\n  → say whose it is: o.customer_id',
        ),
        ("select id from orders where nam = 1", 'q.sql:1:29: shop.orders has no column "nam"\n  → there is id, customer_id, amount, tags, who'),
        ("select cit from orders join crm.city on true", 'q.sql:1:8: no table here has a column "cit"\n  → did you mean "city"?'),
        ("select a.id from (select amount from orders) a", 'q.sql:1:8: a has no column "id"\n  → there is amount'),
        ("select 1 as x union all select 1, 2", "q.sql:1:32: the parts of this union yield 1 and 2 columns\n  → let both yield the same columns, in the same order"),
        ("select * from crm.customer c join crm.city y on c.customer_id = y.customer_id", 'q.sql:1:8: two columns of the result are called "customer_id"\n  → name the columns instead of *, each once'),
        ("select id, amount as id from orders", 'q.sql:1:8: two columns of the result are called "id"\n  → give one of them another name with AS'),
        ("select o.id from orders o join crm.city o on true", 'two tables here are called "o"'),
        ("select id from orders join crm.city using (id)", 'USING (id): not both sides have a column "id"'),
        ("select id from orders group by 2", "there is no column 2 to group by"),
        ("select o.name from crm.customer o left semi join orders p on p.customer_id = o.customer_id where p.id = 1", ""),
        ("select abc", 'q.sql:1:8: there is no FROM that could have a column "abc"'),
    ],
)  # fmt: skip
def test_a_column_that_is_not_there_is_told_with_its_place(sql: str, told: str) -> None:
    if not told:
        text(sql)
        return
    found = mistakes(sql)
    assert any(told in one for one in found), found


def test_places_are_right_behind_tables_that_got_a_domain() -> None:
    sql = "select q.id from (select id from orders) q, orders p where p.wrong = 1"
    assert mistakes(sql)[0].startswith(f"q.sql:1:{sql.index('p.wrong') + 1}: ")


def test_a_hidden_column_is_simply_not_there() -> None:
    shown = {TableName("shop", "orders"): {"id": Primitive("int")}}
    with pytest.raises(Mistakes, match=r'shop\.orders has no column "amount"'):
        qualify(read("select amount from orders", "q.sql", "shop"), shown)


def test_all_mistakes_are_told_at_once() -> None:
    assert len(mistakes("select a, b, c from orders")) == 3


def test_a_table_that_is_not_known_brings_no_mistakes_of_its_own() -> None:
    assert "x.anything" in text("select anything, x.other from nowhere x")


def test_names_are_found_without_regard_to_capitals_and_shown_as_they_are_written() -> None:
    inputs: dict[TableName, Columns] = {TableName("d", "t"): {"Order ID": Primitive("int"), "b": Primitive("int")}}
    select = read(
        "select * from (select `order id`, B as `Big B`, T.`ORDER ID` as x from t) q where X > 1", "q.sql", "d"
    )
    shown = qualify(select, inputs).text
    assert shown.startswith("SELECT `q`.`order id` AS `Order ID`, `q`.`big b` AS `Big B`, `q`.`x` AS `x` FROM (SELECT")
    assert qualify(read("select * from t", "q.sql", "d"), inputs).text.startswith(
        "SELECT `t`.`order id` AS `Order ID`, "
    )
