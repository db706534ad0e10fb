"""A rollback takes a table and its quarantine back together, so that no row is in neither."""

from pathlib import Path

from lakemesh.declare.names import TableName
from lakemesh.steps.rollback import rollback
from steps_world import Shop, counts, states

ORDERS = """
description: One row per order.
from: in/*.csv
write: append
columns:
  id: int
  amount:
    type: int
    range: 0..5
max_bad: 90 %
"""
TABLE = TableName("shop", "orders")


def test_rows_that_a_replay_took_are_in_quarantine_again_after_a_rollback_past_it(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDERS)
    shop.land("shop/orders/in/a.csv", "id,amount\n1,1\n2,9\n")
    shop.run()
    before = shop.lake().head(TABLE)
    assert before is not None
    shop.ingest("orders", ORDERS.replace("0..5", "0..9"))
    shop.replay("orders")
    assert shop.rows("orders", "id") == [(1,), (2,)]
    assert shop.rows("orders__quarantine", "_raw") == []
    rollback(shop.lake(), TABLE, before.id)
    assert shop.rows("orders", "id") == [(1,)]
    assert len(shop.rows("orders__quarantine", "_raw")) == 1
    assert counts(shop.replay("orders"), "orders") == {"read": 1, "inserted": 1}
    assert shop.rows("orders", "id") == [(1,), (2,)]


def test_what_a_held_file_set_aside_comes_again_with_the_file(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDERS)
    shop.land("shop/orders/in/a.csv", "id,amount\n1,1\n2,9\n")
    shop.run()
    before = shop.lake().head(TABLE)
    assert before is not None
    shop.land("shop/orders/in/b.csv", "id,amount\n3,3\n4,9\n")
    shop.run()
    rollback(shop.lake(), TABLE, before.id)
    assert (shop.rows("orders", "id"), len(shop.rows("orders__quarantine", "_raw"))) == ([(1,)], 1)
    assert states(shop.run()) == {"orders": "nothing new"}
    shop.run(held=True)
    assert (shop.rows("orders", "id"), len(shop.rows("orders__quarantine", "_raw"))) == ([(1,), (3,)], 2)
