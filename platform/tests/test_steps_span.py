"""What a stream delivers again within a span is dropped; older files of the table are not even opened for it."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakemesh.declare.names import TableName
from steps_world import Shop, counts, states

CLICKS = """
description: Clicks, each once.
from: {source: web, table: click}
write: append
key: [id]
repeats: {drop: 3 days, by: at}
partition:
- day(at)
columns:
  id: int
  page: string
  at: timestamp
max_bad: 90 %
"""
SEEN = "id, page, day(at)"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return opened(tmp_path)


def opened(root: Path) -> Shop:
    made = Shop(root)
    made.write("domains/shop/sources.yaml", "web: {by: stream, flush: 60 seconds}\n")
    made.ingest("click", CLICKS)
    return made


def land(shop: Shop, name: str, *rows: tuple[int, str, int]) -> None:
    lines = "".join(f'{{"id":{key},"page":"{page}","at":"2026-01-{day:02d}T10:00:00Z"}}\n' for key, page, day in rows)
    shop.land(f"shop/web/click/2026/01/01/00/{name}", lines)


def test_a_key_that_comes_again_within_the_span_is_dropped_and_counted(shop: Shop) -> None:
    land(shop, "1", (1, "a", 1), (1, "a", 1), (1, "b", 2), (2, "a", 1))
    assert counts(shop.run(), "click") == {"read": 4, "inserted": 2, "repeated": 2}
    land(shop, "2", (1, "a", 3), (2, "a", 4), (3, "a", 3))
    assert counts(shop.run(), "click") == {"read": 3, "inserted": 2, "repeated": 1}
    assert shop.rows("click", SEEN) == [(1, "a", 1), (2, "a", 1), (2, "a", 4), (3, "a", 3)]


def test_the_same_batch_twice_changes_nothing(shop: Shop) -> None:
    rows = [(1, "a", 1), (2, "a", 5), (1, "b", 9)]
    land(shop, "1", *rows)
    shop.run()
    before = shop.rows("click")
    land(shop, "2", *rows)
    assert counts(shop.run(), "click") == {"read": 3, "repeated": 3}
    assert shop.rows("click") == before


def test_a_key_that_comes_late_is_dropped_on_either_side(shop: Shop) -> None:
    land(shop, "1", (1, "a", 10))
    shop.run()
    land(shop, "2", (1, "early", 8), (1, "earlier", 5))
    assert counts(shop.run(), "click") == {"read": 2, "inserted": 1, "repeated": 1}
    assert shop.rows("click", SEEN) == [(1, "a", 10), (1, "earlier", 5)]


def test_a_row_without_a_time_is_set_aside(shop: Shop) -> None:
    shop.land("shop/web/click/2026/01/01/00/1", '{"id":1,"page":"a"}\n{"id":2,"page":"a","at":"never"}\n')
    assert counts(shop.run(), "click") == {"read": 2, "quarantined": 2}
    assert shop.rows("click__quarantine", "_rule") == [("at:not_null",), ("at:type",)]


def spoil(shop: Shop, *days: int) -> None:
    """Whoever opens the file of one of these days, fails."""
    lake = shop.lake()
    head = lake.head(TableName("shop", "click"))
    assert head is not None
    paths = [Path(file.file_path.removeprefix("file://")) for file in lake.plan(head).files]
    found = {pq.ParquetFile(path).read(["at"])["at"][0].as_py().day: path for path in paths}
    for day in days:
        found[day].write_bytes(b"")


def test_files_outside_the_span_are_not_opened(shop: Shop) -> None:
    land(shop, "1", (1, "a", 1), (2, "a", 2), (3, "a", 20), (4, "a", 28))
    shop.run()
    spoil(shop, 1, 2, 28)
    land(shop, "2", (3, "a", 21), (1, "a", 23))
    assert counts(shop.run(), "click") == {"read": 2, "inserted": 1, "repeated": 1}


def test_files_inside_the_span_are(shop: Shop) -> None:
    land(shop, "1", (3, "a", 20), (4, "a", 28))
    shop.run()
    spoil(shop, 28)
    land(shop, "2", (3, "a", 27))
    ran = shop.run()
    assert ran.state == "failed"
    assert "parquet" in ran.tables[0].note


def test_days_apart_do_not_open_what_lies_between(shop: Shop) -> None:
    land(shop, "1", (1, "a", 1), (2, "a", 14), (3, "a", 28))
    shop.run()
    spoil(shop, 14)
    land(shop, "2", (1, "a", 1), (3, "a", 28))
    assert counts(shop.run(), "click") == {"read": 2, "repeated": 2}


@pytest.mark.parametrize(("kind", "hour"), [("date", ""), ("timestamp_ntz", " 23:00:00")])
def test_a_span_is_measured_in_days_and_in_local_times_too(tmp_path: Path, kind: str, hour: str) -> None:
    shop = Shop(tmp_path)
    words = CLICKS.replace("{source: web, table: click}", "in/*.csv").replace("timestamp", kind)
    shop.ingest("click", words.replace("day(at)", "month(at)"))
    shop.land("shop/orders/in/1.csv", f"id,page,at\n1,a,2026-01-05{hour}\n")
    shop.run()
    shop.land("shop/orders/in/2.csv", f"id,page,at\n1,a,2026-01-07{hour}\n1,a,2026-01-12{hour}\n")
    assert counts(shop.run(), "click") == {"read": 2, "inserted": 1, "repeated": 1}


def test_a_span_holds_after_a_rebuild_as_well(shop: Shop) -> None:
    land(shop, "1", (1, "a", 1), (1, "b", 2))
    shop.run()
    land(shop, "2", (1, "a", 1), (2, "a", 1))
    shop.run()
    shop.run(rebuild=True)
    assert shop.rows("click", SEEN) == [(1, "a", 1), (2, "a", 1)]
    assert states(shop.run()) == {"click": "nothing new"}


clicks = st.lists(st.tuples(st.integers(1, 2), st.just("a"), st.integers(1, 12)), min_size=1, max_size=12)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(clicks, st.integers(1, 3), st.randoms(use_true_random=False))
def test_no_two_rows_of_a_key_are_nearer_than_the_span_and_nothing_is_lost_without_a_reason(
    come: list[tuple[int, str, int]], runs: int, chance: random.Random
) -> None:
    chance.shuffle(come)
    with TemporaryDirectory() as folder:
        shop = opened(Path(folder))
        for number in range(runs):
            land(shop, str(number), *come[number::runs])
            ran = shop.run()
            assert ran.state in ("done", "nothing new")
            assert all(turn.accounts.balanced for turn in ran.tables)
        kept = [(row[0], row[2]) for row in shop.rows("click", "id, page, day(at)")]
    assert len(set(kept)) == len(kept)
    for key, day in kept:
        assert not any(key == other and at != day and abs(day - at) < 3 for other, at in kept)
    for key, _, day in come:
        assert (key, day) in kept or any(key == other and at != day and abs(day - at) < 3 for other, _, at in come)
