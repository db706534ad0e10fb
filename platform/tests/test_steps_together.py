"""Several runs at once: of one product, one after the other; of two writers, both."""

import threading
from pathlib import Path

from steps_world import Shop, counts

from lakemesh.events import Event, Waiting
from lakemesh.lake.runs import Run

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
    assert waits and all("run 2026" in event.holder for event in waits)


def test_another_writer_that_publishes_meanwhile_costs_neither_of_them_a_row(tmp_path: Path) -> None:
    for key in ("", "key: [id]\n"):
        shop = Shop(tmp_path / (key[:3] or "none"))
        shop.ingest("orders", ORDER.replace("{key}", key))
        shop.land("shop/orders/in/0.csv", "id\n0\n")
        shop.run()
        shop.land("shop/orders/in/1.csv", "id\n1\n")
        world = shop.world()
        publish = world.lake.publish
        met: list[str] = []

        def slow(branch, audited, note):  # type: ignore[no-untyped-def]
            # Just before this run publishes, somebody without our lock does.
            if not met and branch.table.table == "orders":
                met.append(branch.name)
                shop.land("shop/orders/in/2.csv", "id\n2\n")
                _beside(shop)
            return publish(branch, audited, note)

        world.lake.publish = slow  # type: ignore[method-assign]
        ran = shop.run(world)
        assert met and ran.state == "done", ran.tables[0].note
        shop.run()
        assert shop.rows("orders", "id") == [(0,), (1,), (2,)]
        assert counts(shop.run(), "orders") == {"read": 0}


def _beside(shop: Shop) -> None:
    """A run of the same product elsewhere, whose lock this place does not see."""
    world = shop.world()
    for name in ("1.csv",):
        hidden = shop.lake_root / "landing/shop/orders/in" / name
        hidden.rename(hidden.with_suffix(".away"))
    from contextlib import nullcontext

    world.lake.store.hold = lambda *said: nullcontext()  # type: ignore[method-assign, assignment]
    shop.run(world)
    away = shop.lake_root / "landing/shop/orders/in/1.away"
    away.rename(away.with_suffix(".csv"))
