"""A name or a value that gets into a text stays what it was, whatever characters it has."""
# ruff: noqa: E501  (a statement and what it gives are one line)

import datetime as dt
from decimal import Decimal

import duckdb
import pytest

from lakemesh.declare.names import TableName
from lakemesh.engine.duckdb.dialect import prepare, to_duckdb
from lakemesh.sql import quote
from lakemesh.sql.select import read


@pytest.mark.parametrize(
    "value",
    [
        "plain", "it's", 'say "hi"', "back\\slash", "\\'; drop table x; --", "line\nbreak\ttab\rreturn", "é漢🎉", "", "`tick`", "{{ x }}", ":since", "%s",
        0, -5, 2**31, -(2**31), 2**62, True, False, Decimal("1.50"), Decimal("-0.001"), Decimal("1E+3"), dt.date(2020, 2, 29),
        dt.datetime(2020, 2, 29, 1, 2, 3, 456789, tzinfo=dt.UTC), 1.5, -1e-300, None,
    ],
)  # fmt: skip
def test_a_value_comes_back_as_it_went_in(value: object) -> None:
    connection = duckdb.connect()
    prepare(connection)
    select = read(f"select {quote.literal(value)} as v", "q", "d")  # type: ignore[arg-type]
    (found,) = connection.execute(to_duckdb(select, {}, {})).fetchone() or ()
    assert found == value


def test_a_name_with_a_tick_stays_one_name() -> None:
    assert quote.name("a`b") == "`a``b`"
    assert quote.table(TableName("film", "film_category")) == "`film`.`film_category`"
    select = read(f"select 1 as {quote.name('odd `name`; drop')}", "q", "d")
    assert to_duckdb(select, {}, {}) == 'SELECT 1 AS "odd `name`; drop"'


def test_a_time_without_a_zone_is_utc_and_one_with_a_zone_is_moved_there() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    assert quote.literal(dt.datetime(2020, 1, 5, 12)) == "timestamp '2020-01-05 12:00:00.000000Z'"
    assert quote.literal(dt.datetime(2020, 1, 5, 12, tzinfo=zone)) == "timestamp '2020-01-05 10:00:00.000000Z'"
