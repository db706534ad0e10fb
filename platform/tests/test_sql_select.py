"""A SELECT is read with its tables, its parameters, and every mistake at its place."""

import datetime as dt

import pytest

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.sql.columns import has_star, yields
from lakemesh.sql.select import Select, Times, bind, filters_since, read, uses


def of(text: str) -> Select:
    return read(text, "a/b.sql", "film")


def mistakes(text: str) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        of(text)
    return [str(mistake) for mistake in raised.value.mistakes]


def test_a_bare_table_is_of_the_domain_and_a_named_one_of_its_own() -> None:
    select = of("select * from orders o join crm.customer c on c.id = o.id")
    assert select.reads == (TableName("film", "orders"), TableName("crm", "customer"))
    assert select.text == "select * from film.orders o join crm.customer c on c.id = o.id"


def test_a_cte_is_no_table_but_what_its_own_name_means_inside_it_is() -> None:
    select = of(
        "with orders as (select * from orders), b as (select * from orders) select * from b join orders using (id)"
    )
    assert select.reads == (TableName("film", "orders"),)
    assert select.text.count("film.orders") == 1


def test_a_cte_of_a_subquery_is_known_only_there() -> None:
    select = of("select * from (with a as (select 1 as x) select * from a) q join a on true")
    assert select.reads == (TableName("film", "a"),)


def test_tables_in_subqueries_are_read_too() -> None:
    select = of(
        "select (select max(x) from b) as m from a where exists (select 1 from c) and d in (select e from `e e`)"
    )
    assert [table.table for table in select.reads] == ["b", "a", "c", "e e"]


def test_comments_and_hints_do_no_harm() -> None:
    select = of(
        "-- from nowhere, :foo {{ x }}\nselect /*+ broadcast(a) */ /* ; */ 'x; :bar {{' as t -- end;\nfrom a -- ;\n;\n"
    )
    assert select.reads == (TableName("film", "a"),)
    assert not select.parameters


def test_parameters_are_instants_in_utc() -> None:
    select = of("select * from a where at >= :since and at < :until and b <= :now")
    assert select.parameters == {"since", "until", "now"}
    noon = dt.datetime(2020, 1, 5, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    bound = bind(select, Times(now=noon, since=noon, until=None))
    assert bound.text.startswith(
        "select * from film.a where at >= timestamp '2020-01-05 10:00:00.000000Z' and at < :until"
    )
    assert bound.parameters == {"until"}
    assert uses(select, "since")
    assert not uses(bound, "since")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("select * from a where at >= :since", True),
        ("select * from a where to_date(at) between to_date(:since) and :until", True),
        ("with x as (select * from a where at > :since - interval 1 day) select * from x", True),
        ("select * from a join b on a.id = b.id and b.at >= :since", True),
        ("select max(at) as m from a group by c having max(at) >= :since", True),
        ("select * from (select * from a where not (at < :since)) q", True),
        ("select :since as s from a", False),
        ("select at > :since as late from a", False),
        ("select * from a where at < :until", False),
        ("select * from a where b in (select at > :since from c)", False),
    ],
)
def test_a_window_filters_by_since_where_rows_are_chosen(text: str, answer: bool) -> None:
    assert filters_since(of(text)) is answer


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "1:1", "there is no SELECT"),
        ("-- nothing\n", "1:1", "there is no SELECT"),
        ("select a\nfrom", "2:1", 'something is missing after "from"'),
        ("select a,, b from t", "1:9", "nothing follows this comma"),
        ("select a,\nfrom t", "1:9", "nothing follows this comma"),
        ("select 'abc from t", "1:8", "is not closed"),
        ("select `abc from t", "1:8", "a name that starts here is not closed"),
        ("select a from t /* b", "1:17", "a comment that starts here is not closed"),
        ("select (a\nfrom t", "1:8", 'this "(" is not closed'),
        ("select a) from t", "1:9", 'this ")" closes nothing'),
        ("select a b c from t", "1:12", '"c" is not expected here'),
        ("select case when a then b from t", "1:8", "this case has no end"),
        ("select cast(a as foo) from t", "1:18", '"foo" is not a type'),
        ("select a from t limit", "1:17", 'something is missing after "limit"'),
        ("select a from t;\nselect b from u", "2:1", "a second statement starts here"),
        ("select a::int from t", "1:9", 'Spark 3.5 has no "::"'),
        ("select a from t group by", "1:17", 'something is missing after "GROUP BY"'),
        ("insert into t select 1", "1:1", "is not a SELECT"),
        ("create table t as select 1", "1:1", "is not a SELECT"),
        ("drop table t", "1:1", "is not a SELECT"),
        ("select {{ ref('a') }}", "1:8", "templating is not part of Spark SQL"),
        ("select a from {% x %}", "1:15", "templating is not part of Spark SQL"),
        ("select a from one.two.three", "1:15", '"one.two.three" has too many parts'),
        ("select a\nfrom t where b > :foo", "2:18", 'there is no parameter ":foo"'),
        ("select current_date", "1:8", "current_date is refused"),
        ("select a, current_timestamp() from t", "1:11", "current_timestamp() is refused"),
        ("select a\n  , now() as n from t", "2:5", "now() is refused"),
        ("select rand() from t", "1:8", "rand() is refused"),
        ("select uuid() from t", "1:8", "uuid() is refused"),
        ("select input_file_name() from t", "1:8", "input_file_name() is refused"),
        ("select monotonically_increasing_id() from t", "1:8", "monotonically_increasing_id() is refused"),
        ("select unix_timestamp() from t", "1:8", "unix_timestamp() is refused"),
        ("select a from read_files('x')", "1:15", "read_files() is not a table"),
        ("select a from t qualify row_number() over (order by a) = 1", "1:17", "Spark 3.5 has no QUALIFY"),
        ("with recursive a as (select 1) select * from a", "1:6", "no recursive WITH"),
        ("select * from t tablesample (10 percent)", "1:17", "tablesample is refused"),
    ],
)
def test_a_mistake_is_one_sentence_at_its_place(text: str, place: str, what: str) -> None:
    told = mistakes(text)
    assert len(told) == 1
    assert told[0].startswith(f"a/b.sql:{place}: ")
    assert what in told[0]
    assert "\n  → " in told[0]


def test_a_semicolon_ends_the_select_as_spark_takes_it() -> None:
    assert [str(table) for table in of("select a, 1L as b from t group by all;;").reads] == ["film.t"]


def test_all_refusals_are_told_at_once() -> None:
    assert len(mistakes("select now(), rand(), :x from a.b.c")) == 4


def test_the_remedy_for_the_clock_is_now() -> None:
    assert mistakes("select current_date")[0].endswith("→ use :now, which backfills, tests and AS_OF set")


def test_unix_timestamp_of_something_is_no_clock() -> None:
    assert of("select unix_timestamp(a) as u from t").reads


def test_a_star_is_seen_in_the_result_only() -> None:
    assert has_star(of("select * from a"))
    assert has_star(of("select 1 as x union all select a.* from a"))
    assert not has_star(of("with b as (select * from a) select count(*) as n from b where exists (select * from a)"))


def test_result_columns_have_their_places_in_the_file() -> None:
    select = of("select o.id,\n  sum(amount) as total,\n  upper(c.name) nm\nfrom orders o, c")
    assert yields(select) == {"id": (1, 8), "total": (2, 18), "nm": (3, 17)}


def test_places_are_those_of_the_file_though_the_domain_was_written_in() -> None:
    select = of("select id from a, b, c where d = (select max(e) as m from f)")
    assert yields(select) == {"id": (1, 8)}
    told = read("select x from (select y as z from orders) q", "q.sql", "film")
    assert yields(told) == {"x": (1, 8)}
