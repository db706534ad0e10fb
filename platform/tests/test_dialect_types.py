"""Types go to DuckDB and come back, and a SELECT is described with those of Spark."""
# ruff: noqa: E501  (a statement and what it gives are one line)

import duckdb
import pytest

from lakemesh.declare.names import TableName, refused
from lakemesh.declare.types import Columns, Primitive, parse
from lakemesh.engine.duckdb.describe import describe
from lakemesh.engine.duckdb.dialect import prepare
from lakemesh.engine.duckdb.types import of_duckdb, to_duckdb
from lakemesh.errors import Mistakes
from lakemesh.sql.columns import qualify
from lakemesh.sql.select import read

INPUTS: dict[TableName, Columns] = {
    TableName("d", "t"): {
        "i": parse("int"), "b": parse("bigint"), "d": parse("double"), "amount": parse("decimal(12,2)"), "s": parse("string"), "day": parse("date"),
        "at": parse("timestamp"), "ntz": parse("timestamp_ntz"), "l": parse("array<int>"), "m": parse("map<string,decimal(5,1)>"),
        "st": parse("struct<a:int,b:array<string>>"), "bin": parse("binary"), "ok": parse("boolean"), "f": parse("float"),
    }
}  # fmt: skip


def types(sql: str) -> list[str]:
    return [str(kind) for kind in describe(read(sql, "q.sql", "d"), INPUTS).values()]


@pytest.mark.parametrize(
    "text",
    [
        "boolean", "int", "bigint", "float", "double", "decimal(38,18)", "date", "timestamp", "timestamp_ntz", "string", "binary", "array<array<int>>",
        "map<string,struct<a:int>>", "struct<a:int,b:array<map<string,date>>>",
    ],
)  # fmt: skip
def test_a_type_comes_back_from_duckdb_as_it_went(text: str) -> None:
    assert of_duckdb(to_duckdb(parse(text))) == parse(text)


def test_types_that_only_duckdb_has_are_read_as_the_nearest() -> None:
    assert str(of_duckdb("HUGEINT")) == "decimal(38,0)"
    assert of_duckdb("UINTEGER") == Primitive("bigint")
    assert of_duckdb("ENUM('a', 'b')") == Primitive("string")
    assert str(of_duckdb('STRUCT("a b" INTEGER[], c VARCHAR)[]')) == "array<struct<a b:array<int>,c:string>>"
    with pytest.raises(ValueError, match="no counterpart"):
        of_duckdb("UNION_")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select * from t", [str(kind) for kind in INPUTS[TableName("d", "t")].values()]),
        ("select sum(i), sum(amount), avg(amount), count(*), avg(i), sum(d) from t", "bigint decimal(22,2) decimal(16,6) bigint double double"),
        ("select amount / 2, amount * amount, i / 2, i div 2, amount + i from t", "decimal(16,6) decimal(25,4) double bigint decimal(13,2)"),
        ("select year(day), length(s), size(l), dayofweek(at), datediff(day, day) from t", "int int int int int"),
        ("select day + interval 1 month, date_add(day, 1), date_trunc('month', day), trunc(day, 'MM') from t", "date date timestamp date"),
        ("select round(amount, 1), round(d, 1), ceil(d), floor(amount), abs(i) from t", "decimal(12,1) double bigint decimal(11,0) int"),
        ("select coalesce(i, b), if(ok, i, d), case when ok then amount else i end from t", "bigint double decimal(12,2)"),
        ("select l[0], m['x'], st.a, st.b[0], map_keys(m), transform(l, x -> x * 2.5) from t", "int decimal(5,1) int string array<string> array<decimal(13,1)>"),
        ("select row_number() over (order by i), lag(b) over (order by i), sum(i) over () from t", "int bigint bigint"),
        ("select i from t union all select b from t", "bigint"),
        ("select x from (select i as x from t union all select 2.5) q", "decimal(11,1)"),
        ("with q as (select sum(amount) as a from t) select a * 2 as b from q", "decimal(24,2)"),
        ("select explode(l) as e from t", "int"),
        ("select null as n, 'x' as s from t", "string string"),
        ("select named_struct('a', i, 'b', array(amount)) as s from t", "struct<a:int,b:array<decimal(12,2)>>"),
        ("select from_json(s, 'a int, b array<string>') as j, to_json(st) as k from t", "struct<a:int,b:array<string>> string"),
        ("select collect_list(day) as l, max(at) as m, min(bin) as b from t", "array<date> timestamp binary"),
        ("select try_cast(s as decimal(9,3)) as a, cast(d as int) as b, f * 2 as c, i % 2 as e from t", "decimal(9,3) int float int"),
    ],
)  # fmt: skip
def test_a_select_is_described_in_types_of_spark(sql: str, expected: str | list[str]) -> None:
    if isinstance(expected, str):
        assert types(sql) == expected.split(" ")
    else:
        assert types(sql) == expected


@pytest.mark.parametrize(
    ("sql", "place", "what"),
    [
        ("select hash(s) as h from t", "1:8", "hash() is not the same on DuckDB"),
        (
            "select i,\n  percentile_approx(d, 0.5) as p from t group by i",
            "2:3",
            "percentile_approx() is not the same on DuckDB",
        ),
        ("select date_format(at, 'GG') as q from t", "1:8", 'date_format() with "GG" in its pattern'),
        ("select s rlike '(?<=a)b' as r from t", "1:8", 'the pattern part "(?<="'),
        ("select at - at as x from t", "1:8", "a difference of two times is an interval"),
        ("select ok + 1 as x from t", "1:8", "arithmetic with a boolean"),
        ("select st.zz as x from t", "1:8", 'there is no field "zz"'),
        ("select max(st) as x from t", "1:8", "max() of struct"),
        ("select i, (select b from t u where u.i = t.i) as x from t", "1:", "could yield several"),
        ("select count(distinct i) over () as x from t", "1:8", "over a window"),
        ("select explode(i) as x from t", "1:", "explode() of int"),
    ],
)
def test_what_cannot_be_made_alike_is_refused_at_its_place(sql: str, place: str, what: str) -> None:
    with pytest.raises(Mistakes) as raised:
        types(sql)
    (told,) = map(str, raised.value.mistakes)
    assert told.startswith(f"q.sql:{place}")
    assert what in told
    assert "→" in told


def test_a_select_that_does_not_hold_together_is_one_sentence() -> None:
    with pytest.raises(Mistakes, match=r"^q\.sql:2:20: this SELECT does not hold together"):
        types("select i,\n  struct(1) + i as n,\n  s from t order by s")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select i, count(*) as n from t", '1:8: "i" is neither grouped by nor in an aggregate'),
        ("select 1 as a,\n  fooo(i) as b from t", "2:3: Spark has no function fooo()"),
        ("select elt(1, s) as a, upper(uper(s)) as b from t", "1:30: Spark has no function uper()"),
    ],
)
def test_what_duckdb_would_say_in_its_own_words_is_said_at_its_place(sql: str, told: str) -> None:
    with pytest.raises(Mistakes) as raised:
        types(sql)
    assert str(raised.value).startswith(f"q.sql:{told}")
    assert "Error" not in str(raised.value)


def test_a_column_keeps_the_capitals_it_is_written_with() -> None:
    inputs: dict[TableName, Columns] = {TableName("d", "t"): {"Order ID": Primitive("int")}}
    assert list(
        describe(read("select *, `order id` as `New One` from t order by `new one`", "q.sql", "d"), inputs)
    ) == ["Order ID", "New One"]


def test_a_cursor_has_the_settings_and_macros_of_its_connection() -> None:
    connection = duckdb.connect()
    connection.execute("SET GLOBAL TimeZone = 'Asia/Tokyo'")
    prepare(connection)
    for session in (connection, connection.cursor()):
        found = session.execute(
            "SELECT current_setting('TimeZone'), 1 / 0, spark_int_strict(' 7 '), spark_int_strict('1e3')"
        ).fetchone()
        assert found == ("UTC", None, 7, None)


@pytest.mark.parametrize("word", ["order", "group", "table", "set", "check", "window", "column", "time", "offset"])
@pytest.mark.parametrize(
    "sql",
    [
        "select i from {word} order by i",
        "select i, count(*) as n from {word} group by i",
        "select {word}.i from shop.{word} join t on {word}.i = t.i where {word}.i > 1",
        "with a as (select * from {word}) select {word}.i from {word} left join a on a.i = {word}.i",
        "select sum(i) over w as s from {word} window w as (order by i)",
    ],
)
def test_a_table_may_be_called_as_a_clause_is(word: str, sql: str) -> None:
    assert refused(word, "table") is None
    select = read(sql.format(word=word), "q.sql", "shop")
    inputs = {TableName("shop", name): {"i": Primitive("int")} for name in (word, "t")}
    assert set(describe(qualify(select, inputs), inputs)) <= {"i", "n", "s"}
