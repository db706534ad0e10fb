"""A daily copy is all there is, once a day, beside the copies of other days."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from steps_killed import killed_everywhere
from steps_world import Shop, counts, states

STOCK = """
description: What lies in store, day by day.
from: in/*.csv
write: daily_copy
key: [id]
partition:
- copied_on
columns:
  id: int
  amount: int
max_bad: 90 %
"""
HEAD = "id,amount\n"
FIRST, SECOND = "2026-03-10", "2026-03-11"
DAYS = "cast(copied_on as string), id, amount"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path)
    made.ingest("stock", STOCK)
    return made


def tomorrow(shop: Shop) -> None:
    shop.now = (shop.now + timedelta(days=1)).replace(hour=0, minute=0)


def test_each_day_has_its_copy_even_where_nothing_has_changed(shop: Shop) -> None:
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\n2,7\n")
    assert counts(shop.run(), "stock") == {"read": 2, "inserted": 2}
    assert states(shop.run()) == {"stock": "nothing new"}
    tomorrow(shop)
    assert counts(shop.run(), "stock") == {"read": 2, "inserted": 2}
    assert states(shop.run()) == {"stock": "nothing new"}
    assert shop.rows("stock", DAYS) == [(FIRST, 1, 5), (FIRST, 2, 7), (SECOND, 1, 5), (SECOND, 2, 7)]


def test_a_second_run_of_a_day_replaces_that_days_copy_and_no_other(shop: Shop) -> None:
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\n2,7\n")
    shop.run()
    tomorrow(shop)
    shop.run()
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,6\n")
    assert counts(shop.run(), "stock") == {"read": 1, "inserted": 1}
    assert shop.rows("stock", DAYS) == [(FIRST, 1, 5), (FIRST, 2, 7), (SECOND, 1, 6)]


def test_the_day_is_that_of_utc_and_of_the_now_that_was_asked_for(shop: Shop) -> None:
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\n")
    shop.run(now=datetime.fromisoformat("2026-03-10T00:30:00+02:00").astimezone(UTC))
    assert shop.rows("stock", DAYS) == [("2026-03-09", 1, 5)]


def test_a_day_without_partitions_is_replaced_all_the_same(shop: Shop) -> None:
    shop.ingest("stock", STOCK.replace("partition:\n- copied_on\n", ""))
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\n")
    shop.run()
    tomorrow(shop)
    shop.run()
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,6\n")
    shop.run()
    assert shop.rows("stock", DAYS) == [(FIRST, 1, 5), (SECOND, 1, 6)]


def test_a_key_comes_once_in_a_copy(shop: Shop) -> None:
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\n1,6\n1,5\nx,1\n")
    assert counts(shop.run(), "stock") == {"read": 4, "inserted": 1, "repeated": 1, "quarantined": 2}
    tomorrow(shop)
    shop.run()
    assert shop.rows("stock", DAYS) == [(FIRST, 1, 5), (SECOND, 1, 5)]
    assert len(shop.rows("stock__quarantine")) == 2


def test_what_is_set_aside_is_of_the_newest_copy_whatever_files_it_had(shop: Shop) -> None:
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\nx,7\n")
    shop.run()
    (shop.lake_root / "landing/shop/orders/in/1.csv").unlink()
    shop.land("shop/orders/in/2.csv", f"{HEAD}2,5\ny,7\n")
    shop.run()
    assert shop.rows("stock__quarantine", "_source_file") == [("shop/orders/in/2.csv",)]
    assert shop.rows("stock", DAYS) == [(FIRST, 2, 5)]


def test_a_changed_contract_makes_todays_copy_again(shop: Shop) -> None:
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\nx,7\n")
    shop.run()
    shop.ingest("stock", STOCK.replace("id: int", "id: string"))
    shop.run()
    shop.ingest("stock", STOCK.replace("amount: int", "amount: bigint"))
    assert counts(shop.run(), "stock") == {"read": 2, "inserted": 1, "quarantined": 1}


def test_neither_a_rebuild_nor_a_replay_is_taken(shop: Shop) -> None:
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\nx,7\n")
    shop.run()
    ran = shop.run(rebuild=True)
    assert ran.state == "failed"
    assert "holds copies of days that are over" in ran.tables[0].note
    with pytest.raises(Exception, match="a copy a day"):
        shop.replay("stock")
    assert shop.rows("stock", DAYS) == [(FIRST, 1, 5)]


def test_a_select_is_copied_once_a_day_too(shop: Shop) -> None:
    shop.ingest("stock", STOCK.replace("daily_copy", "replace").replace("partition:\n- copied_on\n", ""))
    shop.transform(
        "stock_by_day",
        "description: Stock, day by day.\nwrite: daily_copy\nkey: [id]\npartition:\n- month(copied_on)\n",
        "select id, amount from stock",
    )
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\n")
    shop.run()
    assert states(shop.run()) == {"stock": "nothing new", "stock_by_day": "nothing new"}
    tomorrow(shop)
    assert states(shop.run()) == {"stock": "nothing new", "stock_by_day": "published"}
    shop.land("shop/orders/in/1.csv", f"{HEAD}1,6\n")
    shop.run()
    assert shop.rows("stock_by_day", DAYS) == [(FIRST, 1, 5), (SECOND, 1, 6)]


def state(shop: Shop) -> dict[str, object]:
    lake = shop.lake()
    head = lake.head(TableName("shop", "stock"))
    assert head is not None
    return {
        "stock": shop.rows("stock", f"{DAYS}, _source_file"),
        "set aside": shop.rows("stock__quarantine", "_rule, _raw, _source_file, _source_line"),
        "branches": [lake.branches(table) for table in lake.tables() if lake.branches(table)],
        "files": {path: entry.accounts for path, entry in lake.ledger(head).files.items()},
    }


def test_a_run_killed_at_any_side_effect_is_put_right_by_the_next(tmp_path: Path) -> None:
    def begin(shop: Shop) -> None:
        shop.ingest("stock", STOCK)
        shop.land("shop/orders/in/1.csv", f"{HEAD}1,5\n")
        shop.run()
        tomorrow(shop)
        shop.run()

    def second(shop: Shop) -> None:
        shop.land("shop/orders/in/2.csv", f"{HEAD}2,7\nx,1\n")

    def third(shop: Shop) -> None:
        shop.land("shop/orders/in/3.csv", f"{HEAD}3,8\n")

    killed_everywhere(tmp_path, begin, second, third, state)
