"""A log of changes: applied in its own order, at once or not at all, late or repeated as it may come."""

from pathlib import Path

import pytest

from steps_world import Shop, counts

SOURCES = "crm: {by: dms, engine: postgres, secret: crm/reader}\n"
CUSTOMER = """
description: Who buys.
from: {source: crm, table: sales.customer}
key: [custid]
columns:
  custid: int
  lastname: string
  address: string
  phone: string
max_bad: 50 %
"""
FOLDER = "shop/crm/sales/customer"
HEAD = "Op,custid,lastname,address,phone\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path)
    made.write("domains/shop/sources.yaml", SOURCES)
    made.ingest("customer", CUSTOMER)
    return made


def test_insert_update_and_delete_leave_the_latest_record_or_none(shop: Shop) -> None:
    address = '"1 Skyline Drive, NY, NY"'
    shop.land(
        f"{FOLDER}/20260101-000000001.csv",
        f"{HEAD}I,9335,Smith,{address},201-555-9012\nU,9335,Smith,{address},201-555-9034\n",
    )
    first = shop.run()
    assert counts(first, "customer") == {"read": 2, "inserted": 1, "superseded": 1}
    assert shop.rows("customer", "custid, address, phone") == [(9335, "1 Skyline Drive, NY, NY", "201-555-9034")]
    shop.land(f"{FOLDER}/20260102-000000001.csv", f"{HEAD}D,9335,Smith,{address},201-555-9034\n")
    second = shop.run()
    assert counts(second, "customer") == {"read": 1, "deleted": 1}
    assert shop.rows("customer", "custid") == []


def test_changes_come_after_the_full_load(shop: Shop) -> None:
    shop.land(f"{FOLDER}/LOAD00000001.csv", "custid,lastname,address,phone\n1,A,x,1\n2,B,y,2\n")
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{HEAD}U,1,A,x,11\nI,3,C,z,3\n")
    ran = shop.run()
    assert counts(ran, "customer") == {"read": 4, "inserted": 3, "superseded": 1}
    assert shop.rows("customer", "custid, phone") == [(1, "11"), (2, "2"), (3, "3")]


def test_a_late_file_neither_undoes_an_update_nor_brings_back_the_dead(shop: Shop) -> None:
    shop.land(f"{FOLDER}/20260105-000000001.csv", f"{HEAD}I,1,A,x,1\nI,2,B,y,2\nD,2,B,y,2\n")
    shop.run()
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{HEAD}U,1,A,x,old\nU,2,B,y,old\n")
    ran = shop.run()
    assert counts(ran, "customer") == {"read": 2, "superseded": 2}
    assert shop.rows("customer", "custid, phone") == [(1, "1")]


def test_a_full_load_that_changed_reloads_the_table_and_the_changes_after_it(shop: Shop) -> None:
    shop.land(f"{FOLDER}/LOAD00000001.csv", "custid,lastname,address,phone\n1,A,x,1\n2,B,y,2\n")
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{HEAD}U,1,A,x,11\n")
    shop.run()
    shop.land(f"{FOLDER}/LOAD00000001.csv", "custid,lastname,address,phone\n1,A,x,12\n4,D,q,4\n")
    shop.land(f"{FOLDER}/20260103-000000001.csv", f"{HEAD}U,4,D,q,44\n")
    ran = shop.run()
    assert ran.state == "done", ran.tables[0].note
    assert shop.rows("customer", "custid, phone") == [(1, "12"), (4, "44")]
    assert [turn.state for turn in shop.run().tables] == ["nothing new"]


def test_a_change_file_that_changed_is_refused(shop: Shop) -> None:
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{HEAD}I,1,A,x,1\n")
    shop.run()
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{HEAD}I,1,A,x,2\n")
    ran = shop.run()
    assert ran.state == "failed"
    assert shop.rows("customer", "phone") == [("1",)]


def test_a_declared_order_counts_before_the_order_of_files(shop: Shop) -> None:
    shop.ingest(
        "customer", CUSTOMER.replace("  phone: string\n", "  phone: string\n  seen: bigint\n") + "order: seen\n"
    )
    shop.land(
        f"{FOLDER}/20260101-000000001.csv", "Op,custid,lastname,address,phone,seen\nI,1,A,x,one,10\nU,1,A,x,two,9\n"
    )
    shop.run()
    assert shop.rows("customer", "custid, phone") == [(1, "one")]


def test_what_a_delete_took_away_stays_away_when_it_is_delivered_once_more(shop: Shop) -> None:
    shop.ingest(
        "customer", CUSTOMER.replace("  phone: string\n", "  phone: string\n  seen: bigint\n") + "order: seen\n"
    )
    head = "Op,custid,lastname,address,phone,seen\n"
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{head}I,1,A,x,one,9\nI,2,B,y,two,9\nD,1,A,x,one,10\n")
    shop.run()
    shop.land(f"{FOLDER}/20260102-000000001.csv", f"{head}U,1,A,x,one,10\nD,1,A,x,one,10\n")
    ran = shop.run()
    assert shop.rows("customer", "custid") == [(2,)]
    assert counts(ran, "customer") == {"read": 2, "superseded": 2}


def test_deletes_can_be_marked_instead(shop: Shop) -> None:
    shop.ingest("customer", CUSTOMER + "deletes: mark\n")
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{HEAD}I,1,A,x,1\nI,2,B,y,2\n")
    shop.run()
    shop.land(f"{FOLDER}/20260102-000000001.csv", f"{HEAD}D,1,A,x,1\n")
    ran = shop.run()
    assert counts(ran, "customer") == {"read": 1, "deleted": 1}
    assert shop.rows("customer", "custid, _is_deleted") == [(1, True), (2, False)]


def test_an_operation_that_is_none_is_set_aside(shop: Shop) -> None:
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{HEAD}I,1,A,x,1\nQ,2,B,y,2\n")
    ran = shop.run()
    assert counts(ran, "customer") == {"read": 2, "inserted": 1, "quarantined": 1}
    assert shop.rows("customer__quarantine", "_rule") == [("op",)]


def test_a_replayed_row_of_the_full_load_does_not_bring_back_the_dead(shop: Shop) -> None:
    shop.ingest("customer", CUSTOMER.replace("phone: string", 'phone:\n    type: string\n    one_of: ["1", "2"]'))
    shop.land(f"{FOLDER}/LOAD00000001.csv", "custid,lastname,address,phone\n1,A,x,1\n2,B,y,9\n3,C,z,9\n")
    shop.land(f"{FOLDER}/20260101-000000001.csv", f"{HEAD}D,2,B,y,2\n")
    ran = shop.run()
    assert counts(ran, "customer") == {"read": 4, "inserted": 1, "deleted": 1, "quarantined": 2}
    shop.ingest("customer", CUSTOMER)
    assert counts(shop.replay("customer"), "customer") == {"read": 2, "inserted": 1, "superseded": 1}
    assert shop.rows("customer", "custid, phone") == [(1, "1"), (3, "9")]
