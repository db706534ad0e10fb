"""Several runs at once: of one product, one after the other; of two writers, both."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from lakemesh.events import Event, Waiting
from lakemesh.lake.publication import Publication
from lakemesh.lake.runs import Run
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.steps.replay import replay
from lakemesh.steps.world import World
from steps_world import Shop, counts

ORDER = "description: Orders.\nfrom: in/*.csv\nwrite: append\n{key}columns:\n  id: int\n"


def test_two_runs_of_one_product_take_every_file_once_and_the_second_names_the_first(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDER.replace("{key}", ""))
    for n in range(6):
        shop.land(f"shop/orders/in/{n}.csv", f"id\n{n}\n")
    told: list[Event] = []
    done: list[Run] = []

    def go() -> None:
        done.append(shop.run(tell=told.append))

    threads = [threading.Thread(target=go) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(sum(turn.accounts.inserted for turn in run.tables) for run in done) == [0, 0, 6]
    assert shop.rows("orders", "id") == [(n,) for n in range(6)]
    waits = [event for event in told if isinstance(event, Waiting)]
    assert waits
    assert all("run 2026" in event.holder for event in waits)


@pytest.mark.parametrize("key", ["", "key: [id]\n"], ids=["without a key", "with a key"])
def test_another_writer_that_publishes_meanwhile_costs_neither_of_them_a_row(tmp_path: Path, key: str) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDER.replace("{key}", key))
    shop.land("shop/orders/in/0.csv", "id\n0\n")
    shop.run()
    shop.land("shop/orders/in/1.csv", "id\n1\n")

    def other() -> None:
        mine = shop.lake_root / "landing/shop/orders/in/1.csv"
        mine.rename(mine.with_suffix(".away"))
        shop.land("shop/orders/in/2.csv", "id\n2\n")
        shop.run(elsewhere(shop))
        mine.with_suffix(".away").rename(mine)

    ran = shop.run(overtaken(shop, other))
    assert ran.state == "done", ran.tables[0].note
    shop.run()
    assert shop.rows("orders", "id") == [(0,), (1,), (2,)]
    assert counts(shop.run(), "orders") == {"read": 0}


def test_a_replay_that_meets_another_replay_takes_no_row_twice(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    narrow = ORDER.replace("{key}", "max_bad: 90 %\n").replace("id: int", "id:\n    type: int\n    range: ..1")
    shop.ingest("orders", narrow)
    shop.land("shop/orders/in/0.csv", "id\n1\n2\n")
    shop.run()
    shop.ingest("orders", narrow.replace("..1", "..2"))
    table = TableName("shop", "orders")

    def other() -> None:
        replay(elsewhere(shop), table, shop.told.append)

    replay(overtaken(shop, other), table, shop.told.append)
    assert shop.rows("orders", "id") == [(1,), (2,)]
    assert shop.rows("orders__quarantine") == []


def elsewhere(shop: Shop) -> World:
    """Another place, that does not see the locks of this one."""
    world = shop.world()
    world.lake.store.hold = lambda *said: nullcontext()  # type: ignore[method-assign]
    return world


def overtaken(shop: Shop, other: Callable[[], None]) -> World:
    """A world in which, just before `orders` is published for the first time, somebody else does `other`."""
    world = shop.world()
    publish = world.lake.publish
    others = [other]

    def slow(branch: Branch, audited: Snapshot, note: Publication) -> Snapshot:
        if others and branch.table.table == "orders":
            others.pop()()
        return publish(branch, audited, note)

    world.lake.publish = slow  # type: ignore[method-assign]
    return world
