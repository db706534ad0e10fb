"""More than one publish takes at most: a log and added rows come in several, each whole; what is made anew in one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lake_processes import Killed
from lakemesh.declare.names import TableName
from lakemesh.events import TableBegan
from steps_world import MESH, Shop, counts, states
from test_steps_crash import Mortal

SMALL = "batch: 1 kB\n"
NOTE = "n" * 300
COLUMNS = "columns:\n  id: int\n  amount: int\n  at: date\n  note: string\nmax_bad: 50 %\n"
FILES = "description: Orders.\nfrom: in/*.csv\n"
KEY = "key: [id]\n"
MERGE = "write: merge\nnewest: at\n"
KINDS = {
    "append": FILES + "write: append\n" + COLUMNS,
    "append with a key": FILES + "write: append\n" + KEY + COLUMNS,
    "merge": FILES + MERGE + KEY + COLUMNS,
    "cdc": "description: Orders.\nfrom: {source: crm, table: sales.orders}\n" + KEY + COLUMNS,
}
WHOLE = {
    "replace": FILES + "write: replace\n" + COLUMNS,
    "daily copy": FILES + "write: daily_copy\n" + COLUMNS,
    "history": FILES + "write: history\nnewest: at\n" + KEY + COLUMNS.replace("  at: date", "  at: timestamp"),
}
# Each of the files by itself is more than half of what one publish takes, and key 1 is in all of them.
ROWS = [[f"U,1,{n},2026-01-{n:02},{NOTE}", f"I,{n}0,{n},2026-01-{n:02},{NOTE}"] for n in range(1, 4)]


def land(shop: Shop, kind: str, numbers: range = range(1, 4)) -> None:
    for n in numbers:
        if kind == "cdc":
            shop.land(
                f"shop/crm/sales/orders/202601{n:02}-000000001.csv", "\n".join(["Op,id,amount,at,note", *ROWS[n - 1]])
            )
        else:
            shop.land(f"shop/orders/in/{n}.csv", "\n".join(["id,amount,at,note", *(row[2:] for row in ROWS[n - 1])]))


def shop_of(root: Path, kind: str, batch: str = SMALL) -> Shop:
    shop = Shop(root)
    shop.write("platform/mesh.yaml", MESH + batch)
    shop.write("domains/shop/sources.yaml", "crm: {by: dms, engine: postgres, secret: crm/reader}\n")
    shop.ingest("orders", {**KINDS, **WHOLE}[kind])
    return shop


def publishes(shop: Shop) -> int:
    return sum(not state.created for state in shop.lake().log(TableName("shop", "orders")))


def seen(shop: Shop) -> list[tuple[object, ...]]:
    return shop.rows("orders", "id, amount, _source_file")


def undisturbed(root: Path, kind: str) -> list[tuple[object, ...]]:
    """What one publish of everything leaves."""
    shop = shop_of(root, kind, "")
    land(shop, kind)
    shop.run()
    assert publishes(shop) == 1
    return seen(shop)


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_input_comes_in_several_publishes_and_ends_as_one_would(tmp_path: Path, kind: str) -> None:
    shop = shop_of(tmp_path / "several", kind)
    land(shop, kind)
    ran = shop.run()
    assert publishes(shop) == 3
    assert counts(ran, "orders")["read"] == 6
    assert seen(shop) == undisturbed(tmp_path / "one", kind)
    assert states(shop.run()) == {"orders": "nothing new"}


def test_each_publish_is_judged_by_its_own_rows(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "append", "batch: 1 B\n")
    for n, bad in enumerate((4, 3, 2)):
        rows = [f"{'x' if row < bad else row},{row},2026-01-01,a" for row in range(10)]
        shop.land(f"shop/orders/in/{n}.csv", "\n".join(["id,amount,at,note", *rows]))
    ran = shop.run()
    assert publishes(shop) == 3
    (turn,) = ran.tables
    assert turn.verdict is not None
    (found,) = turn.verdict["findings"]  # type: ignore[misc, union-attr]
    assert (found["bad"], found["of"], len(found["examples"])) == (2, 10, 2)  # type: ignore[index, call-overload, arg-type]


@pytest.mark.parametrize("kind", ["append with a key", "cdc"])
def test_each_publish_is_whole_by_itself_and_a_run_killed_between_them_goes_on(tmp_path: Path, kind: str) -> None:
    shop = shop_of(tmp_path / "killed", kind)
    land(shop, kind)
    stages: list[list[tuple[object, ...]]] = []

    def looking(publish: Callable[..., object]) -> Callable[..., object]:
        def look(*given: object) -> object:
            if len(stages) == 2:
                raise Killed
            done = publish(*given)
            if given[0].table.table == "orders":  # type: ignore[attr-defined]
                stages.append(seen(shop))
            return done

        return look

    lake = shop.lake()
    lake.publish = looking(lake.publish)  # type: ignore[method-assign, assignment]
    with pytest.raises(Killed):
        shop.run(shop.world(lake))
    for taken, rows in enumerate(stages, 1):
        files = {str(row[2]) for row in rows}
        alone = shop_of(tmp_path / f"stage-{taken}", kind)
        land(alone, kind, range(1, taken + 1))
        alone.run()
        assert rows == seen(alone), files
    shop.run()
    assert seen(shop) == undisturbed(tmp_path / "one", kind)


@pytest.mark.parametrize("kind", ["merge"])
def test_a_rebuild_shows_all_or_nothing_of_it_wherever_it_is_killed(tmp_path: Path, kind: str) -> None:
    shop = shop_of(tmp_path / "shop", kind)
    land(shop, kind)
    shop.run()
    before = seen(shop)
    deaths, done = 0, False
    while not done:
        try:
            shop.run(shop.world(Mortal(2 * deaths + 1).lake(shop.lake())), rebuild=True)
            done = True
        except Killed:
            deaths += 1
        assert seen(shop) == before, deaths
    # Every other effect of it, from the first to the last, was the last thing that it did not do.
    assert deaths >= 6
    held = publishes(shop)
    shop.run(rebuild=True)
    assert (publishes(shop), seen(shop)) == (held + 1, before)


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_the_whole_of_its_files_is_one_publish_whatever_its_size(tmp_path: Path, kind: str) -> None:
    shop = shop_of(tmp_path / "small", kind)
    land(shop, kind)
    ran = shop.run()
    assert publishes(shop) == 1
    assert counts(ran, "orders")["read"] == 6
    assert seen(shop) == undisturbed(tmp_path / "large", kind)


def test_a_full_load_is_one_publish_with_the_changes_after_it(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "cdc")
    for n in range(1, 4):
        shop.land(
            f"shop/crm/sales/orders/LOAD0000000{n}.csv",
            f"id,amount,at,note\n{n},{n},2026-01-01,{NOTE}\n7{n},0,2026-01-01,{NOTE}\n",
        )
    land(shop, "cdc")
    shop.run()
    assert publishes(shop) == 1
    assert len(seen(shop)) == 9


def test_files_of_one_delivery_are_never_parted(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "append")
    shop.ingest("orders", KINDS["append"].replace("in/*.csv", "in/*/*.csv\ndelivery: folder"))
    for folder in ("a", "b"):
        for n in range(1, 4):
            shop.land(
                f"shop/orders/in/{folder}/{n}.csv",
                f"id,amount,at,note\n{n},{n},2026-01-01,{NOTE}\n{n}0,0,2026-01-01,{NOTE}\n",
            )
        shop.land(f"shop/orders/in/{folder}/_SUCCESS", "")
    shop.run()
    assert publishes(shop) == 2
    (began,) = [event for event in shop.told if isinstance(event, TableBegan)]
    assert began.size is not None
    assert began.size > 1000
