"""A file of a keyed append changes and is taken again: what other files had beside it is never lost by that."""

from pathlib import Path

import pytest

from steps_world import Shop, counts, states

ORDER = """
description: One row per order.
from: in/*.csv
write: append
key: [id]
{repeats}
columns:
  id: int not null
  amount: {amount}
max_bad: 90 %
"""
A, B, C = "shop/orders/in/a.csv", "shop/orders/in/b.csv", "shop/orders/in/c.csv"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def declare(shop: Shop, repeats: str = "", amount: str = "int") -> None:
    shop.ingest("order", ORDER.replace("{repeats}", repeats).replace("{amount}", amount))


def test_a_row_that_was_a_repeat_of_a_row_that_is_gone_comes_back(shop: Shop) -> None:
    declare(shop)
    shop.land(A, "id,amount\n1,10\n2,20\n")
    shop.run()
    shop.land(B, "id,amount\n1,10\n3,30\n")
    shop.land(C, "id,amount\n4,40\n")
    assert counts(shop.run(), "order") == {"read": 3, "inserted": 2, "repeated": 1}
    shop.land(A, "id,amount\n2,21\n")
    assert counts(shop.run(replace_file=True), "order") == {"read": 3, "inserted": 3}
    assert shop.rows("order", "id, amount, _source_file") == [(1, 10, B), (2, 21, A), (3, 30, B), (4, 40, C)]
    assert "b.csv is read again" in " ".join(str(event) for event in shop.told)
    assert states(shop.run()) == {"order": "nothing new"}


def test_so_does_one_that_had_other_values_and_was_to_be_dropped(shop: Shop) -> None:
    declare(shop, "repeats: drop")
    shop.land(A, "id,amount\n1,10\n")
    shop.land(B, "id,amount\n1,11\n")
    assert counts(shop.run(), "order") == {"read": 2, "inserted": 1, "repeated": 1}
    shop.land(A, "id,amount\n2,20\n")
    shop.run(replace_file=True)
    assert shop.rows("order", "id, amount") == [(1, 11), (2, 20)]


def test_so_does_one_that_a_replay_found_to_be_a_repeat(shop: Shop) -> None:
    declare(shop, amount="{type: int, one_of: [10]}")
    shop.land(B, "id,amount\n1,20\n5,10\n")
    shop.run()
    declare(shop)
    shop.land(C, "id,amount\n1,20\n")
    shop.run()
    assert counts(shop.replay("order"), "order") == {"read": 1, "repeated": 1}
    shop.land(C, "id,amount\n7,70\n")
    shop.run(replace_file=True)
    assert shop.rows("order", "id, amount") == [(1, 20), (5, 10), (7, 70)]
    assert shop.rows("order__quarantine") == []


def test_what_repeats_span_dropped_comes_back_too(shop: Shop) -> None:
    declare(shop, "repeats: {drop: 3 days, by: at}", "int\n  at: timestamp")
    shop.land(A, "id,amount,at\n1,10,2026-01-01 00:00:00\n")
    shop.run()
    shop.land(B, "id,amount,at\n1,10,2026-01-02 00:00:00\n")
    assert counts(shop.run(), "order") == {"read": 1, "repeated": 1}
    shop.land(A, "id,amount,at\n2,10,2026-01-01 00:00:00\n")
    shop.run(replace_file=True)
    assert shop.rows("order", "id, _source_file") == [(1, B), (2, A)]


def test_a_file_is_not_replaced_while_one_that_had_repeats_of_it_is_not_there_to_be_read(shop: Shop) -> None:
    declare(shop)
    shop.land(A, "id,amount\n1,10\n")
    shop.land(B, "id,amount\n1,10\n2,20\n")
    shop.run()
    (shop.lake_root / "landing" / B).unlink()
    shop.land(A, "id,amount\n3,30\n")
    refused = shop.run(replace_file=True)
    assert refused.state == "failed"
    assert f"rows of {B} were dropped as repeats" in refused.tables[0].note
    assert "land what changed under a new name" in refused.tables[0].note
    assert shop.rows("order", "id") == [(1,), (2,)]
    shop.land(B, "id,amount\n1,10\n2,20\n")
    assert shop.run(replace_file=True).state == "done"
    assert shop.rows("order", "id") == [(1,), (2,), (3,)]
