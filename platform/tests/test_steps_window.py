"""A window is exact: whatever came late, changed or was asked for, the table equals a full recount."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from steps_world import Shop, counts, states

EVENT = """
description: One row per event.
from: in/*.csv
write: {write}
key: [id]
columns:
  id: int
  at: timestamp
  amount: int
"""
DAILY = """
description: Events per day.
write: window
time: day
lookback: 1 days
{late}
key: [day]
partition:
- day(day)
columns:
  day: date
  events: bigint
  amount: bigint
"""
SQL = """
select to_date(e.at) as day, count(*) as events, sum(e.amount) as amount
from event e
where e.at >= :since and e.at < :until
group by to_date(e.at)
"""
DAY = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path)
    made.ingest("event", EVENT.replace("{write}", "append"))
    made.transform("daily", DAILY.replace("{late}\n", ""), SQL)
    return made


def land(shop: Shop, name: str, *rows: str) -> None:
    shop.land(f"shop/orders/in/{name}.csv", "id,at,amount\n" + "".join(f"{row}\n" for row in rows))


def recount(shop: Shop) -> list[tuple[object, ...]]:
    """What a full count of the input gives, by the test's own arithmetic."""
    days: dict[date, list[int]] = {}
    for at, amount in shop.rows("event", "at, amount"):
        assert isinstance(at, datetime)
        assert isinstance(amount, int)
        if at < shop.now:
            days.setdefault(at.date(), []).append(amount)
    return [(day, len(amounts), sum(amounts)) for day, amounts in sorted(days.items())]


def exact(shop: Shop) -> bool:
    return shop.rows("daily", "day, events, amount") == recount(shop)


def test_the_first_run_counts_everything_up_to_now(shop: Shop) -> None:
    land(
        shop,
        "a",
        "1,2026-01-01 10:00:00,1",
        "2,2026-03-09 10:00:00,2",
        "3,2026-03-10 10:00:00,4",
        "4,2026-12-31 00:00:00,8",
    )
    ran = shop.run()
    assert states(ran) == {"event": "published", "daily": "published"}
    assert exact(shop)
    assert len(shop.rows("daily")) == 3


def test_a_later_run_makes_only_the_days_of_the_lookback_again(shop: Shop) -> None:
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-03-09 10:00:00,2")
    shop.run()
    shop.now = datetime(2026, 3, 12, 12, tzinfo=UTC)
    land(shop, "b", "3,2026-03-10 10:00:00,4", "4,2026-03-12 10:00:00,8")
    ran = shop.run()
    assert counts(ran, "daily")["read"] == 3
    assert exact(shop)
    assert states(shop.run()) == {"event": "nothing new", "daily": "nothing new"}


def test_a_late_row_widens_the_window_to_its_day(shop: Shop) -> None:
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-02-01 10:00:00,1", "3,2026-03-09 10:00:00,2")
    shop.run()
    land(shop, "late", "4,2026-02-01 23:59:59,16")
    ran = shop.run()
    assert exact(shop)
    assert counts(ran, "daily")["read"] == 2
    assert any("changed before" in str(event) for event in shop.told)


@pytest.mark.parametrize(("word", "state"), [("warn", "published"), ("stop", "stopped")])
def test_a_late_row_is_only_told_of_or_stops_where_the_table_says_so(shop: Shop, word: str, state: str) -> None:
    shop.transform("daily", DAILY.replace("{late}", f"late: {word}"), SQL)
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-03-09 10:00:00,2")
    shop.run()
    before = shop.rows("daily", "day, events, amount")
    land(shop, "late", "3,2026-01-01 11:00:00,16")
    ran = shop.run()
    assert states(ran)["daily"] == state
    assert shop.rows("daily", "day, events, amount") == before


def test_a_row_that_went_is_late_as_well(shop: Shop) -> None:
    shop.ingest("event", EVENT.replace("{write}", "replace"))
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-01-01 11:00:00,1", "3,2026-03-09 10:00:00,2")
    shop.run()
    land(shop, "a", "1,2026-01-01 10:00:00,1", "3,2026-03-09 10:00:00,2")
    shop.run()
    assert exact(shop)
    assert shop.rows("daily", "events")[0] == (1,)


def test_changed_sql_counts_everything_again(shop: Shop) -> None:
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-03-09 10:00:00,2")
    shop.run()
    shop.transform("daily", DAILY.replace("{late}\n", ""), SQL.replace("sum(e.amount)", "sum(e.amount * 10)"))
    ran = shop.run()
    assert counts(ran, "daily")["read"] == 2
    assert shop.rows("daily", "amount") == [(10,), (20,)]


def test_a_backfill_makes_whole_days_again_and_leaves_the_others(shop: Shop) -> None:
    land(shop, "a", *(f"{n},2026-03-0{n} 10:00:00,{n}" for n in range(1, 8)))
    shop.run()
    ran = shop.run(since=datetime(2026, 3, 2, 15, tzinfo=UTC), until=datetime(2026, 3, 4, 1, tzinfo=UTC))
    assert counts(ran, "daily")["read"] == 3
    assert exact(shop)
    land(shop, "b", "9,2026-03-10 10:00:00,9")
    shop.run()
    assert exact(shop)


@pytest.mark.parametrize("key", ["key: [day]\n", ""], ids=["with a key", "without a key"])
def test_a_row_that_lies_in_no_span_is_set_aside_and_not_made_once_a_run(shop: Shop, key: str) -> None:
    daily = DAILY.replace("{late}\n", "max_bad: 90 %\n").replace("key: [day]\n", key)
    shop.transform("daily", daily, SQL.replace(":until", ":until or e.at is null"))
    land(shop, "a", "1,,1", "2,2026-03-09 10:00:00,2")
    assert counts(shop.run(), "daily") == {"read": 2, "inserted": 1, "quarantined": 1}
    land(shop, "b", "3,2026-03-10 10:00:00,2")
    assert counts(shop.run(), "daily") == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.rows("daily", "day, events") == [(date(2026, 3, 9), 1), (date(2026, 3, 10), 1)]
    assert {row[0] for row in shop.rows("daily__quarantine", "_rule")} == {"day:not_null"}


def backfilled(shop: Shop, since: datetime, until: datetime) -> None:
    """As `lakemesh backfill` asks: the window alone, of what is there."""
    assert states(shop.run(since=since, until=until, tables=(TableName("shop", "daily"),))) == {"daily": "published"}


@pytest.mark.parametrize("began", [True, False], ids=["after a first run", "before any run"])
def test_a_backfill_hides_nothing_from_the_next_run(shop: Shop, began: bool) -> None:
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-03-01 10:00:00,2")
    shop.run(tables=None if began else (TableName("shop", "event"),))
    land(shop, "late", "3,2026-01-02 10:00:00,4", "4,2026-03-10 10:00:00,4")
    shop.run(tables=(TableName("shop", "event"),))
    backfilled(shop, DAY, datetime(2026, 3, 2, tzinfo=UTC))
    assert states(shop.run())["daily"] == "published"
    assert exact(shop)
    assert states(shop.run())["daily"] == "nothing new"


def test_sql_that_changed_is_new_until_all_is_made_with_it(shop: Shop) -> None:
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-03-01 10:00:00,2")
    shop.run()
    shop.transform("daily", DAILY.replace("{late}\n", ""), SQL.replace("sum(e.amount)", "sum(e.amount * 10)"))
    backfilled(shop, DAY, datetime(2026, 3, 2, tzinfo=UTC))
    shop.run()
    assert shop.rows("daily", "amount") == [(10,), (20,)]


def test_where_a_late_row_stops_the_backfill_that_is_told_mends_it(shop: Shop) -> None:
    shop.transform("daily", DAILY.replace("{late}", "late: stop"), SQL)
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-03-09 10:00:00,2")
    shop.run()
    land(shop, "late", "3,2026-01-01 11:00:00,16")
    ran = shop.run()
    assert "make backfill PRODUCT=shop/orders SINCE=2026-01-01 UNTIL=2026-03-11" in ran.tables[1].note
    backfilled(shop, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 11, tzinfo=UTC))
    assert exact(shop)
    assert states(shop.run())["daily"] == "nothing new"


def test_a_day_that_no_longer_has_rows_is_gone(shop: Shop) -> None:
    shop.ingest("event", EVENT.replace("{write}", "replace"))
    land(shop, "a", "1,2026-03-09 10:00:00,1", "2,2026-03-10 10:00:00,2")
    shop.run()
    land(shop, "a", "2,2026-03-10 10:00:00,2")
    shop.run()
    assert exact(shop)
    assert len(shop.rows("daily")) == 1


def test_a_rebuild_equals_what_was_there(shop: Shop) -> None:
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-03-09 10:00:00,2")
    shop.run()
    before = shop.rows("daily", "day, events, amount")
    shop.run(rebuild=True)
    assert shop.rows("daily", "day, events, amount") == before
    assert exact(shop)


def test_a_rebuild_takes_away_what_is_not_made_again(shop: Shop) -> None:
    land(shop, "a", "1,2026-01-01 10:00:00,1", "2,2026-03-09 10:00:00,2")
    shop.run()
    shop.now = datetime(2026, 2, 1, tzinfo=UTC)
    shop.run(rebuild=True)
    assert exact(shop)
    assert len(shop.rows("daily")) == 1


@pytest.mark.parametrize(
    "sql",
    [
        SQL,
        SQL.replace("and e.at < :until", ""),
        SQL.replace("e.at >= :since and e.at < :until", "to_date(e.at) >= :since and to_date(e.at) < :until"),
        SQL.replace("from event e", "from (select *, cast(at as string) as text from event) e").replace(
            "e.at >= :since and e.at < :until", "cast(text as timestamp) >= :since and cast(text as timestamp) < :until"
        ),
    ],
    ids=["until", "since alone", "days", "text"],
)
def test_rows_of_the_future_come_when_their_time_has_come(shop: Shop, sql: str) -> None:
    shop.transform("daily", DAILY.replace("{late}\n", ""), sql)
    land(shop, "a", "1,2026-03-09 10:00:00,1", "2,2026-03-12 00:00:00,2")
    shop.run()
    assert states(shop.run())["daily"] == "nothing new"
    for day in (11, 12):
        shop.now = datetime(2026, 3, day, 12, tzinfo=UTC)
        assert states(shop.run())["daily"] == ("published" if day == 12 else "nothing new"), day
        assert exact(shop), day


def test_a_day_of_the_future_comes_when_it_begins(shop: Shop) -> None:
    shop.ingest("event", EVENT.replace("{write}", "append").replace("at: timestamp", "at: date"))
    shop.transform("daily", DAILY.replace("{late}\n", ""), SQL)
    land(shop, "a", "1,2026-03-09,1", "2,2026-03-12,2")
    shop.run()
    assert len(shop.rows("daily")) == 1
    shop.now = datetime(2026, 3, 11, 23, 50, tzinfo=UTC)
    assert states(shop.run())["daily"] == "nothing new"
    shop.now = datetime(2026, 3, 12, 0, 5, tzinfo=UTC)
    assert states(shop.run())["daily"] == "published"
    assert len(shop.rows("daily")) == 2
