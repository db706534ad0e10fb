"""A rollback takes a table and its quarantine back together, so that no row is in neither."""

from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from lakemesh.lake import runs
from lakemesh.lake.publication import Publication
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.steps.rollback import rollback
from steps_world import PRODUCT, Shop, counts, states

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


def test_who_reads_a_table_that_is_back_at_nothing_is_told_how_it_comes_again(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDERS)
    shop.transform("busy", "description: Orders.\nwrite: replace\n", "select id from orders")
    shop.transform("busier", "description: Orders.\nwrite: replace\n", "select id from busy")
    shop.land("shop/orders/in/a.csv", "id,amount\n1,1\n")
    shop.run()
    lake = shop.lake()
    for table, remedy in (
        (TableName("shop", "busy"), "make rebuild TABLE=shop.busy makes it again"),
        (TABLE, "HELD=1"),
    ):
        rollback(lake, table, lake.log(table)[-1].snapshot)
        ran = shop.run()
        assert "skipped" in states(ran).values()
        notes = " ".join(turn.note for turn in ran.tables)
        assert "was rolled back to where it was empty" in notes
        assert remedy in notes
    shop.run(held=True)
    shop.run(rebuild=True, tables=(TableName("shop", "busy"),))
    assert states(shop.run()) == {"orders": "nothing new", "busy": "nothing new", "busier": "published"}


def test_a_run_that_meets_a_fault_of_ours_keeps_what_it_did_before(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("first", ORDERS.replace("in/", "first/"))
    shop.ingest("second", ORDERS.replace("in/", "second/"))
    for table in ("first", "second"):
        shop.land(f"shop/orders/{table}/a.csv", "id,amount\n1,1\n2,2\n")
    world = shop.world()
    publish = world.lake.publish

    def faulty(branch: Branch, audited: Snapshot, note: Publication) -> Snapshot:
        if branch.table.table == "second":
            raise RuntimeError("nobody thought of this")
        return publish(branch, audited, note)

    world.lake.publish = faulty  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        shop.run(world)
    (record,) = runs.runs(shop.lake().store, PRODUCT)
    assert (record.state, record.error) == ("failed", "RuntimeError: nobody thought of this")
    assert [(turn.table.table, turn.state, turn.accounts.read) for turn in record.tables] == [
        ("first", "published", 2),
        ("second", "failed", 0),
    ]
