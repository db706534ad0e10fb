"""A run is killed at each thing it does outside, and started again with one more file: no row is lost or doubled."""

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from lake_processes import Killed
from lakemesh.declare.names import TableName
from lakemesh.lake import runs
from lakemesh.lake.lake import Lake
from lakemesh.steps.replay import replay
from steps_world import PRODUCT, Shop, states

P = ParamSpec("P")
T = TypeVar("T")
COLUMNS = "key: [id]\ncolumns:\n  id: int\n  amount: int\n  at: timestamp\nmax_bad: 90 %\n"
FILES = "description: Orders.\nfrom: in/*.csv\n"
DAILY = """
description: Orders per day.
write: window
time: day
lookback: 1 days
key: [day]
partition:
- day(day)
columns:
  day: date
  amount: bigint
"""
SQL = """
select to_date(at) as day, sum(amount) as amount
from orders
where at >= :since and at < :until
group by to_date(at)
"""
ROWS = (
    ("I,1,1,2026-01-01", "I,2,2,2026-01-01", "I,x,0,2026-01-01"),
    ("U,1,5,2026-01-05", "I,3,3,2026-01-05", "I,y,0,2026-01-01", "D,2,0,2026-01-05"),
    ("I,4,4,2026-01-06", "U,3,9,2026-01-06", "I,z,0,2026-01-01"),
)
CHANGES = tuple("Op,id,amount,at\n" + "".join(f"{row} 00:00:00\n" for row in rows) for rows in ROWS)
CSV = tuple("id,amount,at\n" + "".join(f"{row[2:]} 00:00:00\n" for row in rows) for rows in ROWS)
KINDS = {
    "append": FILES + "write: append\n" + COLUMNS,
    "append without a key": FILES + "write: append\n" + COLUMNS.replace("key: [id]\n", ""),
    "replace": FILES + "write: replace\n" + COLUMNS.replace("key: [id]\n", ""),
    "merge": FILES + 'write: merge\nnewest: at\ndeletes: {when: "amount = 0"}\n' + COLUMNS,
    "cdc": "description: Orders.\nfrom: {source: crm, table: sales.orders}\n" + COLUMNS,
    "window": FILES + "write: append\n" + COLUMNS.replace("key: [id]\n", ""),
}


class Mortal:
    """Counts what is done to the outside; from the fatal one on, nothing is done any more."""

    def __init__(self, fatal: int) -> None:
        self.effects, self._fatal = 0, fatal

    def watch(self, act: Callable[P, T]) -> Callable[P, T]:
        def watched(*args: P.args, **words: P.kwargs) -> T:
            self.effects += 1
            if self._fatal and self.effects >= self._fatal:
                raise Killed
            return act(*args, **words)

        return watched

    def lake(self, lake: Lake) -> Lake:
        for holder, names in (
            (lake._catalog, ("commit_table", "create_namespace_if_not_exists", "_write_metadata")),
            (lake.store, ("write", "remove")),
            (lake, ("_settle", "writer")),
        ):
            for name in names:
                setattr(holder, name, self.watch(getattr(holder, name)))
        return lake


def shop_of(root: Path, kind: str) -> Shop:
    shop = Shop(root)
    shop.write("domains/shop/sources.yaml", "crm: {by: dms, engine: postgres, secret: crm/reader}\n")
    shop.ingest("orders", KINDS[kind])
    if kind == "window":
        shop.transform("daily", DAILY, SQL)
    return shop


def land(shop: Shop, kind: str, number: int) -> None:
    if kind == "cdc":
        shop.land(f"shop/crm/sales/orders/2026010{number + 1}-000000000.csv", CHANGES[number])
    else:
        shop.land(f"shop/orders/in/{number}.csv", CSV[number])


def tables(shop: Shop, kind: str) -> dict[str, object]:
    """All that stays, without what tells one run from another."""
    found: dict[str, object] = {
        "orders": shop.rows("orders", "id, amount, at, _source_file"),
        "set aside": shop.rows("orders__quarantine", "_rule, _column, _raw, _source_file, _source_line"),
    }
    if kind == "window":
        found["daily"] = shop.rows("daily", "day, amount")
    lake = shop.lake()
    found["branches"] = [(str(table), lake.branches(table)) for table in lake.tables() if lake.branches(table)]
    found["running"] = [run.id for run in runs.runs(lake.store, PRODUCT) if run.state == "running"]
    head = lake.head(TableName("shop", "orders"))
    found["ledger"] = {path: entry.accounts for path, entry in lake.ledger(head).files.items()} if head else {}
    return found


def lived(root: Path, kind: str, fatal: int) -> tuple[Shop, int]:
    """One file run through, the next one killed, and one more landed before the restart."""
    shop = shop_of(root, kind)
    land(shop, kind, 0)
    shop.run()
    land(shop, kind, 1)
    mortal = Mortal(fatal)
    try:
        shop.run(shop.world(mortal.lake(shop.lake())))
    except Killed:
        assert fatal
    land(shop, kind, 2)
    shop.run()
    return shop, mortal.effects


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_killed_at_any_side_effect_is_put_right_by_the_next(tmp_path: Path, kind: str) -> None:
    undisturbed, effects = lived(tmp_path / "undisturbed", kind, 0)
    expected = tables(undisturbed, kind)
    assert effects > 15
    assert (expected["branches"], expected["running"]) == ([], [])
    for fatal in range(1, effects + 1):
        shop, _ = lived(tmp_path / f"killed at {fatal}", kind, fatal)
        found = tables(shop, kind)
        case = f"{kind}, killed at {fatal} of {effects}"
        if kind in ("append", "merge", "cdc"):
            # A batch that was taken together settles its keys together; which file a row is counted to may differ.
            found["ledger"], wanted = _names(found["ledger"]), {**expected, "ledger": _names(expected["ledger"])}
        else:
            wanted = expected
        assert found == wanted, case
        assert set(states(shop.run()).values()) == {"nothing new"}, case


def _names(ledger: object) -> set[str]:
    assert isinstance(ledger, dict)
    return set(ledger)


def test_a_run_killed_while_it_replays_takes_no_row_twice(tmp_path: Path) -> None:
    def life(root: Path, fatal: int) -> tuple[Shop, int]:
        shop = Shop(root)
        orders = KINDS["append without a key"]
        shop.ingest("orders", orders.replace("amount: int", "amount:\n    type: int\n    range: 1..4"))
        land(shop, "append", 0)
        land(shop, "append", 1)
        shop.run()
        shop.ingest("orders", orders)
        mortal = Mortal(fatal)
        try:
            replay(shop.world(mortal.lake(shop.lake())), TableName("shop", "orders"), shop.told.append)
        except Killed:
            assert fatal
        shop.replay("orders")
        return shop, mortal.effects

    undisturbed, effects = life(tmp_path / "undisturbed", 0)
    expected = tables(undisturbed, "append")
    assert len(undisturbed.rows("orders")) == 5
    for fatal in range(1, effects + 1):
        shop, _ = life(tmp_path / f"killed at {fatal}", fatal)
        assert tables(shop, "append") == expected, f"killed at {fatal} of {effects}"
