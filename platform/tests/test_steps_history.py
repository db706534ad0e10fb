"""A history keeps every version of a key with its dates, in whatever order versions and deletes come."""

import random
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakemesh.declare.names import TableName
from steps_killed import killed_everywhere
from steps_world import Shop, counts

ORDERS = """
description: Orders, as they were.
from: in/*.csv
write: history
key: [id]
newest: at
deletes: {when: "status = 'gone'"}
columns:
  id: int
  status: string
  at: timestamp
max_bad: 90 %
"""
HEAD = "id,status,at\n"
DATES = "id, status, day(valid_from), day(valid_to), is_current"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path)
    made.ingest("orders", ORDERS)
    return made


def line(key: int, status: str, day: int) -> str:
    return f"{key},{status},2026-01-{day:02d} 00:00:00\n"


def land(shop: Shop, name: str, *rows: tuple[int, str, int]) -> None:
    shop.land(f"shop/orders/in/{name}.csv", HEAD + "".join(line(*row) for row in rows))


def test_each_version_holds_from_its_own_time_until_the_next(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1), (1, "paid", 5), (2, "new", 2))
    assert counts(shop.run(), "orders") == {"read": 3, "inserted": 3}
    land(shop, "2", (1, "sent", 9))
    assert counts(shop.run(), "orders") == {"read": 1, "inserted": 1}
    assert shop.rows("orders", DATES) == [
        (1, "new", 1, 5, False),
        (1, "paid", 5, 9, False),
        (1, "sent", 9, None, True),
        (2, "new", 2, None, True),
    ]


def test_a_late_version_stands_between_its_neighbours_and_mends_their_dates(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1), (1, "sent", 9))
    shop.run()
    land(shop, "2", (1, "paid", 5))
    assert counts(shop.run(), "orders") == {"read": 1, "inserted": 1}
    assert shop.rows("orders", DATES) == [(1, "new", 1, 5, False), (1, "paid", 5, 9, False), (1, "sent", 9, None, True)]


def test_a_version_that_comes_again_is_unchanged_and_twice_in_a_batch_is_repeated(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1), (1, "new", 1))
    assert counts(shop.run(), "orders") == {"read": 2, "inserted": 1, "repeated": 1}
    land(shop, "2", (1, "new", 1))
    assert counts(shop.run(), "orders") == {"read": 1, "unchanged": 1}
    assert shop.rows("orders", DATES) == [(1, "new", 1, None, True)]


def test_another_version_of_the_same_time_is_set_aside_and_a_version_without_a_time_too(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1), (1, "paid", 1))
    shop.run()
    shop.land("shop/orders/in/2.csv", HEAD + line(1, "sent", 1) + "1,lost,\n")
    assert counts(shop.run(), "orders") == {"read": 2, "quarantined": 2}
    assert shop.rows("orders__quarantine", "_rule, _reason") == [
        ("at:not_null", "at is not null."),
        ("key", "Another row has the same id, at and other values."),
        ("key", "Another row has the same id, at and other values."),
    ]


def test_repeats_can_be_dropped_instead(shop: Shop) -> None:
    shop.ingest("orders", ORDERS + "repeats: drop\n")
    land(shop, "1", (1, "new", 1), (1, "paid", 1))
    assert counts(shop.run(), "orders") == {"read": 2, "inserted": 1, "repeated": 1}


def test_a_delete_closes_at_its_time_and_a_later_version_opens_the_key_again(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1))
    shop.run()
    land(shop, "2", (1, "gone", 4))
    assert counts(shop.run(), "orders") == {"read": 1, "deleted": 1}
    assert shop.rows("orders", DATES) == [(1, "new", 1, 4, False)]
    land(shop, "3", (1, "back", 7), (1, "late", 2), (1, "gone", 4))
    assert counts(shop.run(), "orders") == {"read": 3, "inserted": 2, "unchanged": 1}
    assert shop.rows("orders", DATES) == [(1, "back", 7, None, True), (1, "late", 2, 4, False), (1, "new", 1, 2, False)]


def test_a_delete_that_comes_before_what_it_deletes_is_remembered(shop: Shop) -> None:
    land(shop, "1", (1, "gone", 4))
    shop.run()
    assert shop.rows("orders") == []
    land(shop, "2", (1, "new", 1))
    shop.run()
    assert shop.rows("orders", DATES) == [(1, "new", 1, 4, False)]


def test_a_change_of_source_keeps_what_stands_in_other_files(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1), (1, "paid", 5))
    shop.run()
    land(shop, "1", (1, "new", 1), (1, "sent", 7))
    assert counts(shop.run(), "orders") == {"read": 2, "inserted": 1, "unchanged": 1}
    assert shop.rows("orders", DATES) == [(1, "new", 1, 5, False), (1, "paid", 5, 7, False), (1, "sent", 7, None, True)]
    assert any("changed and is merged again" in str(told) for told in shop.told)


def test_what_was_mended_keeps_when_and_from_where_it_came(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1))
    shop.run()
    before = shop.rows("orders", "_ingested_at, _source_file")
    land(shop, "2", (1, "paid", 2))
    shop.run()
    assert before[0] in shop.rows("orders", "_ingested_at, _source_file")


def test_a_rebuild_is_refused(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1))
    shop.run()
    ran = shop.run(rebuild=True)
    assert ran.state == "failed"
    assert "holds versions that what it is made from no longer has" in ran.tables[0].note
    assert len(shop.rows("orders")) == 1


def test_rows_set_aside_find_their_place_when_they_are_replayed(shop: Shop) -> None:
    shop.ingest("orders", ORDERS.replace("status: string", "status:\n    type: string\n    length: ..4"))
    land(shop, "1", (1, "new", 1), (1, "packed", 3), (1, "sent", 9))
    assert counts(shop.run(), "orders") == {"read": 3, "inserted": 2, "quarantined": 1}
    shop.ingest("orders", ORDERS)
    shop.replay("orders")
    assert shop.rows("orders", DATES) == [
        (1, "new", 1, 3, False),
        (1, "packed", 3, 9, False),
        (1, "sent", 9, None, True),
    ]
    assert shop.rows("orders__quarantine") == []


def test_a_delete_that_was_rolled_back_closes_nothing(shop: Shop) -> None:
    land(shop, "1", (1, "new", 1))
    shop.run()
    name = TableName("shop", "orders")
    there = shop.lake().head(name)
    assert there is not None
    land(shop, "2", (1, "gone", 4))
    shop.run()
    shop.lake().rollback(name, there)
    land(shop, "3", (1, "paid", 6))
    shop.run()
    assert shop.rows("orders", DATES) == [(1, "new", 1, 6, False), (1, "paid", 6, None, True)]


def test_the_days_of_a_source_close_by_its_deletes_and_a_full_load_takes_no_version_away(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.write("domains/shop/sources.yaml", "crm: {by: dms, engine: postgres, secret: crm/reader}\n")
    shop.ingest(
        "customer",
        """
        description: Who buys, and who bought.
        from: {source: crm, table: sales.customer}
        write: history
        key: [id]
        newest: at
        deletes: close
        columns:
          id: int
          name: string not null
          at: date
        max_bad: 50 %
        """.replace("        ", ""),
    )
    folder = "shop/crm/sales/customer"
    dates = "id, name, day(valid_from), day(valid_to), is_current"
    shop.land(f"{folder}/LOAD00000001.csv", "id,name,at\n1,A,2026-01-01\n2,B,2026-01-01\n")
    shop.land(
        f"{folder}/20260102-000000001.csv", "Op,id,name,at\nU,1,AA,2026-01-02\nD,2,,2026-01-03\nQ,3,C,2026-01-01\n"
    )
    assert counts(shop.run(), "customer") == {"read": 5, "inserted": 3, "deleted": 1, "quarantined": 1}
    expected = [(1, "A", 1, 2, False), (1, "AA", 2, None, True), (2, "B", 1, 3, False)]
    assert shop.rows("customer", dates) == expected
    shop.land(f"{folder}/LOAD00000001.csv", "id,name,at\n1,AA,2026-01-02\n4,D,2026-01-05\n")
    shop.run()
    assert shop.rows("customer", dates) == [*expected, (4, "D", 5, None, True)]


def test_a_select_is_kept_version_by_version_and_what_came_again_is_unchanged(shop: Shop) -> None:
    shop.ingest(
        "orders",
        ORDERS.replace("write: history\n", "write: replace\n")
        .replace("newest: at\n", "")
        .replace("deletes: {when: \"status = 'gone'\"}\n", ""),
    )
    shop.transform(
        "order_versions",
        """
        description: Orders, as they were.
        write: history
        key: [id]
        newest: at
        partition:
        - is_current
        """.replace("        ", ""),
        "select id, status, at from orders",
    )
    land(shop, "1", (1, "new", 1), (2, "new", 2))
    shop.run()
    land(shop, "1", (1, "paid", 3), (2, "new", 2))
    ran = shop.run()
    assert counts(ran, "order_versions") == {"read": 2, "inserted": 1, "unchanged": 1}
    assert shop.rows("order_versions", DATES) == [
        (1, "new", 1, 3, False),
        (1, "paid", 3, None, True),
        (2, "new", 2, None, True),
    ]


def test_two_versions_of_one_time_stop_a_select(shop: Shop) -> None:
    shop.transform(
        "order_versions",
        "description: Orders.\nwrite: history\nkey: [id]\nnewest: at\n",
        "select id, status, at from orders union all select id, 'twin' as status, at from orders",
    )
    land(shop, "1", (1, "new", 1))
    ran = shop.run()
    assert ran.state == "stopped"
    assert shop.rows("order_versions") == []


EVENTS = """
description: Events.
from: in/*.json
write: history
key: [a b, c]
newest: n
extra: store
columns:
  a b: {type: string, as: $.ab}
  c: int
  n: bigint
  m: {type: 'map<string,int>'}
  l: {type: 'array<int>'}
"""


def test_any_time_that_has_an_order_and_any_type_of_value_is_kept(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("event", EVENTS)
    first = '{"ab":"x","c":1,"n":5,"m":{"k":1},"l":[1],"more":2}\n'
    shop.land("shop/orders/in/1.json", first)
    shop.run()
    shop.land("shop/orders/in/2.json", '{"ab":"x","c":1,"n":3,"m":{"k":2},"l":[2]}\n' + first)
    assert counts(shop.run(), "event") == {"read": 2, "inserted": 1, "unchanged": 1}
    assert shop.rows("event", "valid_from, valid_to, is_current, _extra is null") == [
        (3, 5, False, True),
        (5, None, True, False),
    ]


Event = tuple[int, int, bool]
"""A key, a day, and whether it deletes."""


def kept(events: set[Event]) -> list[tuple[object, ...]]:
    """The model: a version holds from its own day until the next version, or a delete at or after it."""
    starts, ends = defaultdict(set), defaultdict(set)
    for key, day, deletes in events:
        (ends if deletes else starts)[key].add(day)
    rows: list[tuple[object, ...]] = []
    for key in starts:
        for day in starts[key]:
            after = [other for other in starts[key] if other > day] + [end for end in ends[key] if end >= day]
            rows.append((key, f"v{key}.{day}", day, min(after, default=None), not after))
    return sorted(rows, key=lambda row: tuple(map(str, row)))


events = st.sets(st.tuples(st.integers(1, 2), st.integers(1, 9), st.booleans()), min_size=1, max_size=12)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(events, st.randoms(use_true_random=False), st.integers(1, 4))
def test_versions_and_deletes_give_one_table_in_whatever_order_they_come(
    found: set[Event], chance: random.Random, runs: int
) -> None:
    # What was delivered once may be delivered again.
    come = [*found, *chance.sample(sorted(found), len(found) // 2)]
    chance.shuffle(come)
    with TemporaryDirectory() as folder:
        shop = Shop(Path(folder))
        shop.ingest("orders", ORDERS)
        for number in range(runs):
            rows = [(key, "gone" if deletes else f"v{key}.{day}", day) for key, day, deletes in come[number::runs]]
            land(shop, str(number), *rows)
            ran = shop.run()
            assert ran.state == "done", ran.tables[0].note
            assert ran.tables[0].accounts.balanced
        assert shop.rows("orders", DATES) == kept(found)


def state(shop: Shop) -> dict[str, object]:
    lake = shop.lake()
    head = lake.head(TableName("shop", "orders"))
    assert head is not None
    return {
        "orders": shop.rows("orders", f"{DATES}, _source_file"),
        "set aside": shop.rows("orders__quarantine", "_rule, _raw, _source_file, _source_line"),
        "deletes": set(shop.rows("orders__deletes", "id, _sequence")),
        "branches": [lake.branches(table) for table in lake.tables() if lake.branches(table)],
        "files": set(lake.ledger(head).files),
    }


def test_a_run_killed_at_any_side_effect_is_put_right_by_the_next(tmp_path: Path) -> None:
    def begin(shop: Shop) -> None:
        shop.ingest("orders", ORDERS)
        land(shop, "1", (1, "new", 1), (2, "new", 1), (3, "gone", 2))
        shop.run()

    def second(shop: Shop) -> None:
        rows = line(1, "paid", 5) + line(2, "gone", 4) + "x,y,z\n" + line(3, "new", 1)
        shop.land("shop/orders/in/2.csv", HEAD + rows)

    def third(shop: Shop) -> None:
        land(shop, "3", (1, "late", 3), (2, "back", 6), (1, "new", 1))

    killed_everywhere(tmp_path, begin, second, third, state)
