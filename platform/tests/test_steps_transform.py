"""One SELECT, one table: made when something changed, and only then."""

from pathlib import Path

import pytest

from steps_world import Shop, counts, states

ORDER = "description: Orders.\nfrom: in/*.csv\nwrite: append\ncolumns:\n  id: int\n  amount: int\n"
TOTAL = """
description: What all orders come to.
write: replace
key: [parity]
columns:
  parity: int
  total: bigint
"""
SQL = "select id % 2 as parity, sum(amount) as total from orders group by id % 2\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path)
    made.ingest("orders", ORDER)
    made.transform("total", TOTAL, SQL)
    made.land("shop/orders/in/a.csv", "id,amount\n1,1\n2,2\n3,4\n")
    return made


def test_what_is_read_is_what_this_run_just_published(shop: Shop) -> None:
    ran = shop.run()
    assert states(ran) == {"orders": "published", "total": "published"}
    assert shop.rows("total", "parity, total") == [(0, 2), (1, 5)]


def test_nothing_is_made_again_from_the_same_inputs_sql_and_contract(shop: Shop) -> None:
    shop.run()
    assert states(shop.run()) == {"orders": "nothing new", "total": "nothing new"}
    shop.transform("total", TOTAL, SQL.replace("sum(amount)", "sum(amount) + 1"))
    assert states(shop.run()) == {"orders": "nothing new", "total": "published"}
    assert shop.rows("total", "total") == [(3,), (6,)]


def test_a_bad_join_stops_instead_of_losing_rows(shop: Shop) -> None:
    shop.run()
    shop.transform("total", TOTAL, "select 1 as parity, cast(amount as bigint) as total from orders\n")
    ran = shop.run()
    assert states(ran)["total"] == "stopped"
    assert "Another row has the same parity and other values" in ran.tables[1].note
    assert shop.rows("total", "parity, total") == [(0, 2), (1, 5)]


def test_a_value_that_does_not_fit_the_contract_stops(shop: Shop) -> None:
    shop.transform(
        "total",
        TOTAL.replace("total: bigint", "total: decimal(3,2)"),
        SQL.replace("sum(amount)", "sum(amount) * 100"),
    )
    ran = shop.run()
    assert states(ran)["total"] == "stopped"
    assert "total does not fit decimal(3,2)" in ran.tables[1].note


def test_downstream_of_a_failure_runs_on_what_was_published_and_says_so(shop: Shop) -> None:
    shop.run()
    shop.land("shop/orders/in/b.csv", "id,amount\nx,1\ny,2\n")
    ran = shop.run()
    assert states(ran) == {"orders": "stopped", "total": "nothing new"}
    assert any("as it was last published" in str(event) for event in shop.told)
    strict = shop.run(strict=True)
    assert states(strict) == {"orders": "stopped", "total": "skipped"}


def test_a_table_whose_input_was_never_published_waits_for_it(shop: Shop) -> None:
    (shop.lake_root / "landing/shop/orders/in/a.csv").unlink()
    ran = shop.run()
    assert states(ran) == {"orders": "nothing new", "total": "skipped"}
    assert "shop.orders has not been published yet" in ran.tables[1].note


def test_a_transform_can_merge_what_it_yields(shop: Shop) -> None:
    shop.transform(
        "total",
        TOTAL.replace("write: replace", "write: merge"),
        SQL.replace("group by", "where id < 3 group by"),
    )
    first = shop.run()
    assert counts(first, "total") == {"read": 2, "inserted": 2}
    shop.land("shop/orders/in/b.csv", "id,amount\n1,10\n")
    second = shop.run()
    assert counts(second, "total") == {"read": 2, "updated": 1, "unchanged": 1}
    assert shop.rows("total", "parity, total") == [(0, 2), (1, 11)]
