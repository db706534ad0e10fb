"""From landing files to a published table: each kind of write, what is set aside, what stops."""

from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from steps_world import Shop, counts, states

ORDERS = TableName("shop", "order")
ORDER = """
description: One row per order.
from: in/*.csv
write: {write}
key: [id]
columns:
  id: int
  amount: decimal(8,2)
  state:
    type: string
    one_of: [new, paid]
max_bad: 50 %
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_a_file_is_taken_once_and_every_row_is_accounted_for(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n2,3.00,paid\n")
    first, second = shop.run(), shop.run()
    assert (first.state, states(first), counts(first, "order")) == (
        "done",
        {"order": "published"},
        {"read": 2, "inserted": 2},
    )
    assert states(second) == {"order": "nothing new"}
    assert [row[0] for row in shop.rows("order", "id")] == [1, 2]


def test_what_does_not_fit_is_set_aside_with_its_reason_text_file_and_line(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land(
        "shop/orders/in/a.csv",
        "id,amount,state\n1,9.50,new\nx,3.00,paid\n3,1.00,lost\n4,dear,new\n5,2.00,new\n6,1.00,new\n",
    )
    ran = shop.run()
    assert ran.state == "done"
    assert counts(ran, "order") == {"read": 6, "inserted": 3, "quarantined": 3}
    told = shop.rows("order__quarantine", "_source_line, _column, _rule, _reason, _source_file")
    assert told == [
        (3, "id", "id:type", "id is not an int.", "shop/orders/in/a.csv"),
        (4, "state", "state:one_of", "state is one of new, paid.", "shop/orders/in/a.csv"),
        (5, "amount", "amount:type", "amount is not a decimal(8,2).", "shop/orders/in/a.csv"),
    ]
    assert '"amount":"dear"' in str(shop.rows("order__quarantine", "_raw")).replace(" ", "")


def test_a_line_that_is_no_row_is_set_aside_as_it_stands(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n2,3.00\n3,1.00,new\n")
    ran = shop.run()
    assert counts(ran, "order") == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.rows("order__quarantine", "_source_line, _rule, _raw") == [(3, "row", "2,3.00")]


def test_too_large_a_share_of_bad_rows_stops_before_readers_see_anything(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append").replace("50 %", "5 %"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\nx,3.00,paid\n")
    ran = shop.run()
    assert ran.state == "stopped"
    assert shop.rows("order") == []
    assert "max_bad" in ran.tables[0].note
    assert len(shop.rows("order__quarantine")) == 1


def test_a_key_that_comes_again_is_dropped_if_the_row_is_the_same_and_set_aside_if_not(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n1,9.50,new\n2,1.00,new\n2,2.00,new\n")
    first = shop.run()
    shop.land("shop/orders/in/b.csv", "id,amount,state\n1,9.50,new\n1,8.00,new\n3,1.00,new\n4,1.00,new\n")
    second = shop.run()
    assert counts(first, "order") == {"read": 4, "inserted": 2, "repeated": 1, "quarantined": 1}
    assert counts(second, "order") == {"read": 4, "inserted": 2, "repeated": 1, "quarantined": 1}
    assert [str(row) for row in shop.rows("order", "id, cast(amount as string)")] == [
        "(1, '9.50')",
        "(2, '1.00')",
        "(3, '1.00')",
        "(4, '1.00')",
    ]
    assert {row[0] for row in shop.rows("order__quarantine", "_rule")} == {"key"}


def test_replace_is_exactly_the_files_that_now_match(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "replace"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n2,1.00,new\n")
    shop.run()
    shop.land("shop/orders/in/a.csv", "id,amount,state\n7,9.50,new\n")
    shop.land("shop/orders/in/b.csv", "id,amount,state\n8,1.00,new\n")
    ran = shop.run()
    assert counts(ran, "order") == {"read": 2, "inserted": 2}
    assert shop.rows("order", "id") == [(7,), (8,)]
    (shop.lake_root / "landing/shop/orders/in/a.csv").unlink()
    (shop.lake_root / "landing/shop/orders/in/b.csv").unlink()
    gone = shop.run()
    assert gone.state == "stopped"
    assert shop.rows("order", "id") == [(7,), (8,)]


MERGE = """
description: One row per order.
from: in/*.csv
write: merge
key: [id]
newest: at
columns:
  id: int
  amount: decimal(8,2)
  at: timestamp
max_bad: 50 %
"""


def test_merge_takes_the_newest_version_in_the_batch_and_against_the_table(shop: Shop) -> None:
    shop.ingest("order", MERGE)
    shop.land(
        "shop/orders/in/a.csv",
        """
        id,amount,at
        1,1.00,2026-01-01 00:00:00
        1,2.00,2026-01-02 00:00:00
        2,1.00,2026-01-01 00:00:00
        3,1.00,2026-01-01 00:00:00
        """,
    )
    first = shop.run()
    shop.land(
        "shop/orders/in/b.csv",
        """
        id,amount,at
        1,0.50,2026-01-01 12:00:00
        2,5.00,2026-01-03 00:00:00
        3,1.00,2026-01-01 00:00:00
        4,1.00,
        """,
    )
    second = shop.run()
    shop.land("shop/orders/in/c.csv", "id,amount,at\n3,9.00,2026-01-01 00:00:00\n5,1.00,2026-01-01 00:00:00\n")
    third = shop.run()
    assert counts(first, "order") == {"read": 4, "inserted": 3, "superseded": 1}
    assert counts(second, "order") == {"read": 4, "inserted": 1, "updated": 1, "unchanged": 1, "superseded": 1}
    assert counts(third, "order") == {"read": 2, "inserted": 1, "quarantined": 1}
    assert [(i, str(a)) for i, a in shop.rows("order", "id, amount")] == [
        (1, "2.00"),
        (2, "5.00"),
        (3, "1.00"),
        (4, "1.00"),
        (5, "1.00"),
    ]


def test_a_delete_of_a_merge_is_remembered_so_that_what_is_late_stays_dead(shop: Shop) -> None:
    shop.ingest("order", MERGE + 'deletes: {when: "amount = 0"}\n')
    shop.land("shop/orders/in/a.csv", "id,amount,at\n1,1.00,2026-01-01 00:00:00\n2,1.00,2026-01-01 00:00:00\n")
    shop.run()
    shop.land("shop/orders/in/b.csv", "id,amount,at\n1,0.00,2026-01-03 00:00:00\n")
    second = shop.run()
    shop.land("shop/orders/in/c.csv", "id,amount,at\n1,4.00,2026-01-02 00:00:00\n2,4.00,2026-01-02 00:00:00\n")
    third = shop.run()
    assert counts(second, "order") == {"read": 1, "deleted": 1}
    assert counts(third, "order") == {"read": 2, "updated": 1, "superseded": 1}
    assert [(i, str(a)) for i, a in shop.rows("order", "id, amount")] == [(2, "4.00")]


DELETES = MERGE + 'deletes: {when: "amount = 0"}\n'


def test_a_delete_that_was_never_published_holds_nobody_back(shop: Shop) -> None:
    shop.ingest("order", DELETES)
    shop.land("shop/orders/in/a.csv", "id,amount,at\n1,1.00,2026-01-01 00:00:00\n2,1.00,2026-01-01 00:00:00\n")
    shop.run()
    shop.land("shop/orders/in/b.csv", "id,amount,at\n3,0,2026-01-03 00:00:00\nx,1,\ny,1,\n")
    assert states(shop.run()) == {"order": "stopped"}
    assert shop.rows("order__deletes") == []
    shop.land("shop/orders/in/b.csv", "id,amount,at\n3,4.00,2026-01-02 00:00:00\n")
    assert counts(shop.run(), "order") == {"read": 1, "inserted": 1}


def test_a_delete_that_was_rolled_back_holds_nobody_back(shop: Shop) -> None:
    shop.ingest("order", DELETES)
    shop.land("shop/orders/in/a.csv", "id,amount,at\n1,1.00,2026-01-01 00:00:00\n")
    shop.run()
    good = shop.lake().head(ORDERS)
    assert good is not None
    shop.land("shop/orders/in/b.csv", "id,amount,at\n1,0.00,2026-01-03 00:00:00\n")
    shop.run()
    shop.lake().rollback(ORDERS, good)
    shop.land("shop/orders/in/c.csv", "id,amount,at\n1,4.00,2026-01-02 00:00:00\n")
    assert counts(shop.run(), "order") == {"read": 1, "updated": 1}
    assert [(i, str(a)) for i, a in shop.rows("order", "id, amount")] == [(1, "4.00")]


def test_a_changed_file_of_an_append_is_refused_until_it_is_asked_for(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n2,1.00,new\n")
    shop.land("shop/orders/in/b.csv", "id,amount,state\n3,9.50,new\n")
    shop.run()
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,8.00,new\n5,1.00,new\n")
    refused = shop.run()
    assert refused.state == "failed"
    assert "--replace-file" in refused.tables[0].note
    taken = shop.run(replace_file=True)
    assert counts(taken, "order") == {"read": 2, "inserted": 2}
    assert [(i, str(a)) for i, a in shop.rows("order", "id, amount")] == [(1, "8.00"), (3, "9.50"), (5, "1.00")]


def test_each_reason_has_its_own_rows_as_examples(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append").replace("[new, paid]", "[new]"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,1.00\n2,1.00,new,4,5\n3,1.00,new\n4,1.00,old\n")
    (turn,) = shop.run().tables
    assert turn.verdict is not None
    found = turn.verdict["findings"]
    assert isinstance(found, list)
    told = {str(one["sentence"]): one for one in found if one["else"] == "quarantine"}  # type: ignore[index, call-overload]
    assert len(told) == 3
    for sentence, one in told.items():
        assert isinstance(one, dict)
        (example,) = one["examples"]  # type: ignore[misc, union-attr]
        rows = shop.rows("order__quarantine", "_source_line, _reason")
        (line,) = [line for line, reason in rows if reason == sentence]
        assert str(example).startswith(f"shop/orders/in/a.csv:{line}: ")
        assert str(one["query"]).endswith("'")


def test_replay_takes_what_a_mended_contract_lets_in_and_leaves_the_rest(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n2,3.00,lost\nx,1.00,new\n4,1.00,new\n5,1.00,new\n")
    shop.run()
    shop.ingest("order", ORDER.replace("{write}", "append").replace("[new, paid]", "[new, paid, lost]"))
    ran = shop.replay("order")
    assert counts(ran, "order") == {"read": 2, "inserted": 1, "quarantined": 1}
    assert shop.rows("order", "id") == [(1,), (2,), (4,), (5,)]
    assert shop.rows("order__quarantine", "_rule, _source_line") == [("id:type", 4)]
    published = len(shop.lake().log(ORDERS))
    again = shop.replay("order")
    assert states(again) == {"order": "nothing new"}
    assert again.tables[0].note == "its 1 rows in quarantine were judged by this contract already"
    assert len(shop.lake().log(ORDERS)) == published
    assert shop.rows("order", "id") == [(1,), (2,), (4,), (5,)]


def test_a_replay_of_a_merge_puts_no_old_row_over_a_newer_one(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "merge"))
    first = "1,1.00,lost\n2,1.00,lost\n3,1.00,lost\n9,1.00,new\n8,1.00,new\n7,1.00,new\n"
    shop.land("shop/orders/in/1.csv", f"id,amount,state\n{first}")
    shop.run()
    shop.land("shop/orders/in/0.csv", "id,amount,state\n1,2.00,new\n2,2.00,lost\n9,2.00,new\n4,1.00,new\n")
    shop.run()
    shop.land("shop/orders/in/2.csv", "id,amount,state\n9,3.00,lost\n6,1.00,new\n7,1.00,new\n")
    shop.run()
    assert [(i, str(a)) for i, a in shop.rows("order", "id, amount") if i in (1, 2, 3, 9)] == [(1, "2.00"), (9, "2.00")]
    shop.ingest("order", ORDER.replace("{write}", "merge").replace("[new, paid]", "[new, paid, lost]"))
    ran = shop.replay("order")
    assert counts(ran, "order") == {"read": 5, "inserted": 2, "updated": 1, "superseded": 2}
    rows = [(i, str(a)) for i, a in shop.rows("order", "id, amount") if i in (1, 2, 3, 9)]
    assert rows == [(1, "2.00"), (2, "2.00"), (3, "1.00"), (9, "3.00")]
    assert shop.rows("order__quarantine") == []


def test_a_replay_is_no_change_of_the_contract(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "replace"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n2,3.00,lost\n")
    shop.run()
    shop.ingest("order", ORDER.replace("{write}", "replace").replace("[new, paid]", "[new, paid, lost]"))
    shop.replay("order")
    assert states(shop.run()) == {"order": "nothing new"}
    assert shop.rows("order", "id") == [(1,), (2,)]


@pytest.mark.parametrize("write", ["append", "replace"])
def test_of_a_file_that_stopped_its_table_and_was_taken_away_no_row_stays_in_quarantine(shop: Shop, write: str) -> None:
    shop.ingest("order", ORDER.replace("{write}", write))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\nx,1.00,new\n")
    shop.run()
    shop.land("shop/orders/in/b.csv", "id,amount,state\n2,9.50,new\ny,1.00,new\nz,1.00,new\nz,2.00,new\n")
    shop.land("shop/orders/in/c.csv", "id,amount,state\n3,9.50,new\n")
    assert states(shop.run()) == {"order": "stopped"}
    bad = ("shop/orders/in/b.csv",)
    assert bad in shop.rows("order__quarantine", "_source_file")
    assert states(shop.run()) == {"order": "stopped"}
    assert bad in shop.rows("order__quarantine", "_source_file")
    (shop.lake_root / "landing/shop/orders/in/b.csv").unlink()
    assert states(shop.run()) == {"order": "published"}
    assert shop.rows("order", "id") == [(1,), (3,)]
    assert shop.rows("order__quarantine", "_source_file") == [("shop/orders/in/a.csv",)]


def test_rebuild_makes_the_table_again_from_landing(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n")
    shop.run()
    shop.land("shop/orders/in/b.csv", "id,amount,state\n2,9.50,new\nx,1.00,new\n")
    shop.run()
    ran = shop.run(rebuild=True)
    assert counts(ran, "order") == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.rows("order", "id") == [(1,), (2,)]
    assert len(shop.rows("order__quarantine")) == 1
    assert states(shop.run()) == {"order": "nothing new"}


@pytest.mark.parametrize("key", ["key: [id]\n", ""], ids=["with a key", "without a key"])
def test_a_replay_joins_what_a_delivery_replaced(shop: Shop, key: str) -> None:
    narrow = ORDER.replace("{write}", "replace").replace("key: [id]\n", key)
    shop.ingest("order", narrow)
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n2,3.00,lost\n3,1.00,new\n")
    shop.run()
    shop.ingest("order", narrow.replace("[new, paid]", "[new, paid, lost]"))
    assert counts(shop.replay("order"), "order") == {"read": 1, "inserted": 1}
    assert shop.rows("order", "id") == [(1,), (2,), (3,)]
    assert shop.rows("order__quarantine") == []
    shop.run()
    assert shop.rows("order", "id") == [(1,), (2,), (3,)]


def test_rollback_holds_the_files_that_came_after_until_they_are_released(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n")
    shop.run()
    good = shop.lake().head(ORDERS)
    shop.land("shop/orders/in/b.csv", "id,amount,state\n2,9.50,new\n")
    shop.run()
    assert good is not None
    shop.lake().rollback(ORDERS, good)
    assert shop.rows("order", "id") == [(1,)]
    assert states(shop.run()) == {"order": "nothing new"}
    released = shop.run(held=True)
    assert counts(released, "order") == {"read": 1, "inserted": 1}
    assert shop.rows("order", "id") == [(1,), (2,)]


def test_a_column_that_is_added_later_is_null_in_what_was_there_and_seen_only_when_published(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n")
    shop.run()
    shop.ingest("order", ORDER.replace("{write}", "append").replace("max_bad", "  note: string\nmax_bad"))
    shop.land("shop/orders/in/b.csv", "id,amount,state,note\n2,9.50,new,hi\n1,7.00,new,no\n3,7.00,new,no\n")
    ran = shop.run()
    assert counts(ran, "order") == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.rows("order", "id, note") == [(1, None), (2, "hi"), (3, "no")]


def test_a_row_that_refers_to_nothing_stops_the_table(shop: Shop) -> None:
    shop.ingest("customer", "description: Who.\nfrom: who/*.csv\nwrite: replace\nkey: [id]\ncolumns:\n  id: int\n")
    shop.ingest(
        "order",
        """
        description: One row per order.
        from: in/*.csv
        write: append
        columns:
          id: int
          customer:
            type: int
            refers: shop.customer.id
        """,
    )
    shop.land("shop/orders/who/a.csv", "id\n1\n2\n")
    shop.land("shop/orders/in/a.csv", "id,customer\n1,1\n2,3\n")
    ran = shop.run()
    assert states(ran) == {"customer": "published", "order": "stopped"}
    assert "Every customer is a id of shop.customer." in ran.tables[1].note
    assert shop.rows("order") == []


def test_a_word_that_only_warns_lets_the_row_in_and_says_so(shop: Shop) -> None:
    shop.ingest(
        "order",
        """
        description: One row per order.
        from: in/*.csv
        write: append
        columns:
          id: int
          amount:
            type: int
            range: {is: 0.., else: warn}
        """,
    )
    shop.land("shop/orders/in/a.csv", "id,amount\n1,1\n2,-3\n")
    ran = shop.run()
    assert (ran.state, counts(ran, "order")) == ("done", {"read": 2, "inserted": 2})
    assert "amount is in 0.." in ran.tables[0].note


def test_a_row_may_refer_to_a_row_of_its_own_table_that_came_earlier(shop: Shop) -> None:
    shop.ingest(
        "staff",
        """
        description: Who works here.
        from: in/*.csv
        write: append
        key: [id]
        columns:
          id: int
          boss:
            type: int
            refers: shop.staff.id
        """,
    )
    shop.land("shop/orders/in/a.csv", "id,boss\n1,\n2,1\n")
    assert states(shop.run()) == {"staff": "published"}
    shop.land("shop/orders/in/b.csv", "id,boss\n3,1\n")
    assert states(shop.run()) == {"staff": "published"}
    shop.land("shop/orders/in/c.csv", "id,boss\n4,9\n")
    assert states(shop.run()) == {"staff": "stopped"}


def test_nothing_is_released_of_a_table_that_is_not_there_yet(shop: Shop) -> None:
    shop.ingest("order", ORDER.replace("{write}", "append"))
    shop.land("shop/orders/in/a.csv", "id,amount,state\n1,9.50,new\n")
    assert states(shop.run(held=True)) == {"order": "published"}


@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        ("2026-07-01 12:00:00", None),
        ("2026-07-01T10:00:00Z", None),
        ("2026-07-01 10:00:00+00", None),
        ("2026-07-01 10:00:00 UTC", None),
        ("12:00 01-07-2026", "HH:mm dd-MM-yyyy"),
        ("01-07-2026 10:00 +0000", "dd-MM-yyyy HH:mm xx"),
    ],
)
def test_only_a_time_that_names_no_zone_is_local_to_its_file(shop: Shop, written: str, pattern: str | None) -> None:
    said = f", timestamps: '{pattern}'" if pattern else ""
    shop.ingest(
        "order",
        f"""
        description: One row per order.
        from: in/*.csv
        format: {{time_zone: Europe/Amsterdam{said}}}
        write: append
        columns:
          at: timestamp
        """,
    )
    shop.land("shop/orders/in/a.csv", f"at\n{written}\n")
    shop.run()
    assert shop.rows("order", "cast(at as string)") == [("2026-07-01 10:00:00",)]


def test_what_was_not_declared_is_still_there_after_a_replay(shop: Shop) -> None:
    lines = """
    description: Orders.
    from: in/*.jsonl
    write: append
    extra: store
    max_bad: 90 %
    columns:
      id: int
      n:
        type: int
        range: 0..5
    """
    shop.ingest("events", lines)
    shop.land("shop/orders/in/a.jsonl", '{"id":1,"n":1,"x":"a"}\n{"id":2,"n":9,"x":{"y":"b"}}\n')
    shop.run()
    shop.ingest("events", lines.replace("0..5", "0..9"))
    shop.replay("events")
    assert shop.rows("events", "id, _extra") == [(1, '{"x":"a"}'), (2, '{"x":{"y":"b"}}')]
