"""Tables stay small: small files are joined, old versions go with their files, and no reader is ever broken."""

import os
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyiceberg.table.refs import SnapshotRef, SnapshotRefType

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake.lake import Lake
from lakemesh.lake.maintenance.retention import Retention
from lakemesh.lake.maintenance.tidy import waste
from lakemesh.steps.maintain import Kept, after, maintain
from lakemesh.steps.world import World
from steps_world import MESH, PRODUCT, Shop, states

ORDERS = TableName("shop", "orders")
YAML = """
description: Orders.
from: in/*.csv
write: append
columns:
  id: int
  amount: int
"""
TOTAL = "description: Total.\nwrite: replace\ncolumns:\n  n: bigint\n  total: bigint\n"
SQL = "select count(*) as n, sum(amount) as total from orders"
DAYS = timedelta(days=1)


def shop_of(root: Path, yaml: str = YAML) -> Shop:
    shop = Shop(root)
    shop.write("platform/mesh.yaml", MESH + "maintenance: {snapshots: 7 days, small_files: 3}\n")
    shop.ingest("orders", yaml)
    return shop


def load(shop: Shop, *numbers: int) -> None:
    for number in numbers:
        shop.land(f"shop/orders/in/{number:04}.csv", f"id,amount\n{number},{number * 10}\n")
        assert states(shop.run())["orders"] == "published"


def later(shop: Shop, days: float = 0.0, lake: Lake | None = None) -> World:
    """The world at a time that snapshots, which bear the machine's own, have seen or not."""
    at = datetime.now(UTC) + days * DAYS + timedelta(seconds=1)
    return replace(shop.world(lake), clock=lambda: at)


def of(done: tuple[Kept, ...], table: str = "orders") -> Kept:
    (found,) = [kept for kept in done if kept.table == f"shop.{table}"]
    return found


def on_disk(shop: Shop, ending: str) -> list[Path]:
    return sorted((shop.lake_root / "clean/shop/orders").rglob(f"*{ending}"))


def age(shop: Shop, days: float) -> None:
    """All files as if they had been written that long ago."""
    then = (datetime.now(UTC) - days * DAYS).timestamp()
    for path in shop.lake_root.rglob("*"):
        os.utime(path, (then, then))


def test_small_files_are_joined_and_the_rows_stay(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    before, ledger = shop.rows("orders"), shop.lake().ledger(shop.lake().head(ORDERS))  # type: ignore[arg-type]
    said = shop.lake().properties(ORDERS)
    done = maintain(later(shop), None, False, shop.told.append)
    lake = shop.lake()
    head = lake.head(ORDERS)
    assert head is not None
    assert (of(done).joined.before, of(done).joined.after) == (4, 1)
    assert len(lake.plan(head).files) == 1
    assert shop.rows("orders") == before
    assert lake.ledger(head) == ledger
    assert {k: v for k, v in lake.properties(ORDERS).items() if k != "lakemesh.ledger"} == {
        k: v for k, v in said.items() if k != "lakemesh.ledger"
    }
    assert maintain(later(shop), None, False, shop.told.append) == tuple(
        replace(kept, joined=replace(kept.joined, before=0, after=0), snapshots=0, files=0, bytes=0) for kept in done
    )


def test_few_files_are_left_alone(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1, 2, 3)
    head = shop.lake().head(ORDERS)
    maintain(later(shop), None, False, shop.told.append)
    assert shop.lake().head(ORDERS) == head


def test_only_partitions_that_need_it_are_joined_and_sorted(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, YAML + "  day: date\npartition:\n- day(day)\nsort: [id desc]\n")
    for number in range(1, 5):
        shop.land(f"shop/orders/in/{number}.csv", f"id,amount,day\n{number},1,2026-01-01\n")
        shop.run()
    shop.land("shop/orders/in/9.csv", "id,amount,day\n9,1,2026-01-02\n")
    shop.run()
    lake = shop.lake()
    head = lake.head(ORDERS)
    assert head is not None
    other = {file.file_path for file in lake.plan(head).files if str(file.partition).endswith("20455]")}
    done = maintain(later(shop), None, False, shop.told.append)
    assert of(done).joined.before == 4
    head = lake.head(ORDERS)
    assert head is not None
    files = {file.file_path for file in lake.plan(head).files}
    assert len(files) == 2
    assert other <= files
    import pyarrow.parquet as pq

    (joined,) = [path for path in files if pq.read_metadata(path).num_rows == 4]
    assert pq.read_table(joined).column("id").to_pylist() == [4, 3, 2, 1]


def test_what_reads_a_joined_table_has_nothing_new(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    shop.transform("total", TOTAL, SQL)
    load(shop, *range(1, 5))
    maintain(later(shop), None, False, shop.told.append)
    assert states(shop.run()) == {"orders": "nothing new", "total": "nothing new"}
    load(shop, 5)
    assert shop.rows("total", "n, total") == [(5, 150)]


def test_a_table_whose_contract_changed_waits_for_its_run(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    shop.ingest("orders", YAML + "  more: string\n")
    head = shop.lake().head(ORDERS)
    maintain(later(shop), None, False, shop.told.append)
    assert shop.lake().head(ORDERS) == head


def test_old_versions_go_with_the_files_that_nobody_reaches(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    rows = shop.rows("orders")
    maintain(later(shop), None, False, shop.told.append)
    assert len(on_disk(shop, ".parquet")) == 5
    done = maintain(later(shop, 8), None, False, shop.told.append)
    assert of(done).snapshots >= 4
    assert len(on_disk(shop, ".parquet")) == 1
    assert len(on_disk(shop, "avro")) <= 3
    assert shop.rows("orders") == rows
    load(shop, 5)
    assert len(shop.rows("orders")) == 5


def test_a_dry_run_says_what_would_go_and_touches_nothing(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    there = {path: path.stat().st_mtime_ns for path in shop.lake_root.rglob("*") if path.is_file()}
    said = maintain(later(shop, 8), None, True, shop.told.append)
    assert of(said).joined.before == 4
    assert of(said).snapshots > 0
    assert of(said).bytes > 0
    assert {path for path in there if path.suffix != ".db-shm"} <= set(shop.lake_root.rglob("*"))
    assert len(shop.lake().log(ORDERS)) == 5


def test_what_readers_saw_inside_the_retention_can_still_be_read(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1, 2)
    # The last state was published long before, and was what readers saw until a moment ago.
    seen = shop.lake().head(ORDERS)
    world = later(shop, 8)
    maintain(world, None, False, shop.told.append)
    assert shop.lake().head(ORDERS) == seen
    load(shop, 3)
    maintain(later(shop, 6.9), None, False, shop.told.append)
    assert seen is not None
    assert shop.lake().keeps(ORDERS, seen.id)


def test_a_reader_of_an_old_version_is_not_broken_by_maintenance(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    lake = shop.lake()
    old = [published.snapshot for published in lake.log(ORDERS) if published.rows == 3]
    failed: list[BaseException] = []
    over = threading.Event()

    def reads() -> None:
        from lakemesh.engine.duckdb.duckdb import DuckDB
        from lakemesh.sql.select import Select

        engine, mine = DuckDB(shop.lake(), 1 << 28), shop.lake()
        while not over.is_set():
            try:
                for at, expected in ((old[0], 3), (None, 4)):
                    head = mine.head(ORDERS, at)
                    assert head is not None
                    select = Select("select count(*) as n from shop.orders", (ORDERS,), "test")
                    (batch,) = list(engine.query(select, {ORDERS: head}))
                    assert batch.to_pylist() == [{"n": expected}]
            except BaseException as error:
                failed.append(error)
                return

    reader = threading.Thread(target=reads)
    reader.start()
    for _ in range(3):
        maintain(later(shop, 1), None, False, shop.told.append)
    over.set()
    reader.join()
    assert not failed


def test_a_tag_keeps_its_version(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    lake = shop.lake()
    old = next(published.snapshot for published in lake.log(ORDERS) if published.rows == 3)
    table = lake.catalog.load_table(("shop", "orders"))
    table.manage_snapshots().create_tag(old, "month_end").commit()
    maintain(later(shop, 30), None, False, shop.told.append)
    assert lake.keeps(ORDERS, old)
    at = lake.head(ORDERS, old)
    assert at is not None
    assert len(lake.plan(at).files) == 3
    assert all(Path(file.file_path).is_file() for file in lake.plan(at).files)
    assert isinstance(table.refresh().refs()["month_end"], SnapshotRef)
    assert table.refs()["month_end"].snapshot_ref_type == SnapshotRefType.TAG
    assert len(lake.ledger(at).files) == 3


def test_a_version_that_another_table_was_made_from_stays(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    shop.transform("total", TOTAL, SQL)
    load(shop, 1)
    pinned = shop.lake().head(ORDERS)
    assert pinned is not None
    shop.transform("total", TOTAL, SQL + " where 1 / 0 > 0 or cast('x' as date) is not null")
    shop.land("shop/orders/in/2.csv", "id,amount\n2,2\n")
    shop.run(tables=(ORDERS,))
    maintain(later(shop, 30), None, False, shop.told.append)
    assert shop.lake().keeps(ORDERS, pinned.id)


def test_files_that_nobody_reaches_go_after_three_days(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1)
    stray = shop.lake_root / "clean/shop/orders/data/stray.parquet"
    stray.write_bytes(b"x" * 100)
    maintain(later(shop), None, False, shop.told.append)
    assert stray.exists()
    age(shop, 4)
    done = maintain(later(shop), None, False, shop.told.append)
    assert not stray.exists()
    assert of(done).bytes >= 100
    assert len(shop.rows("orders")) == 1


def test_old_metadata_goes_and_what_the_table_names_stays(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 13))
    assert len(on_disk(shop, ".metadata.json")) > 24
    maintain(later(shop), None, False, shop.told.append)
    assert len(on_disk(shop, ".metadata.json")) <= 22
    assert len(shop.rows("orders")) == 12


def test_metadata_of_a_commit_that_died_goes_once_it_cannot_be_under_way(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1)
    newest = on_disk(shop, ".metadata.json")[-1]
    number = int(newest.name.split("-")[0]) + 1
    dead = newest.with_name(f"{number:05}-00000000-0000-4000-8000-000000000000.metadata.json")
    dead.write_bytes(newest.read_bytes())
    maintain(shop.world(), None, False, shop.told.append)
    assert dead.exists()
    age(shop, 4)
    maintain(later(shop), None, False, shop.told.append)
    assert not dead.exists()
    assert len(shop.rows("orders")) == 1


def test_ledger_files_that_no_version_leads_to_go_and_the_ledger_stays(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 24))
    before = len(list((shop.lake_root / "_ledger/shop/orders").iterdir()))
    age(shop, 4)
    maintain(later(shop, 8), None, False, shop.told.append)
    assert len(list((shop.lake_root / "_ledger/shop/orders").iterdir())) < before
    head = shop.lake().head(ORDERS)
    assert head is not None
    assert len(shop.lake().ledger(head).files) == 23
    assert states(shop.run()) == {"orders": "nothing new"}


def test_scratch_folders_of_dead_runs_go(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1)
    old, new = shop.lake_root / "_scratch/lakemesh-old", shop.lake_root / "_scratch/lakemesh-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "spill").write_bytes(b"x" * 10)
    then = (datetime.now(UTC) - 2 * DAYS).timestamp()
    for path in (old / "spill", old):
        os.utime(path, (then, then))
    maintain(later(shop), None, False, shop.told.append)
    assert not old.exists()
    assert new.exists()


def test_a_run_tidies_up_by_itself_when_it_is_time(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1, 2, 3)
    after(later(shop), [PRODUCT], shop.told.append)
    assert len(on_disk(shop, ".parquet")) == 3
    load(shop, 4)
    after(later(shop), [PRODUCT], shop.told.append)
    head = shop.lake().head(ORDERS)
    assert head is not None
    assert len(shop.lake().plan(head).files) == 1


def test_an_append_that_raced_a_compaction_attaches_again(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    shop.land("shop/orders/in/7.csv", "id,amount\n7,70\n")
    lake = shop.lake()
    publish, raced = lake.publish, []

    def late(*said: object) -> object:
        if not raced:
            raced.append(True)
            # Without the product's lock, which the run that is under way holds.
            from lakemesh.steps.compact import compact

            world = later(shop)
            assert compact(world, world.mesh.contracts[ORDERS], "other", shop.told.append).before == 4
        return publish(*said)  # type: ignore[arg-type]

    lake.publish = late  # type: ignore[method-assign, assignment]
    assert states(shop.run(shop.world(lake))) == {"orders": "published"}
    assert shop.rows("orders", "id") == [(number,) for number in (1, 2, 3, 4, 7)]
    head = lake.head(ORDERS)
    assert head is not None
    assert len(lake.plan(head).files) == 2
    assert lake.branches(ORDERS) == ()


def test_a_compaction_that_dies_is_put_right_by_the_next_run(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    lake = shop.lake()

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    lake.publish = dies  # type: ignore[method-assign, assignment]
    with pytest.raises(KeyboardInterrupt):
        maintain(later(shop, lake=lake), None, False, shop.told.append)
    assert len(shop.lake().branches(ORDERS)) == 1
    shop.run()
    assert shop.lake().branches(ORDERS) == ()
    assert len(shop.rows("orders")) == 4


def test_an_expiry_that_dies_leaves_files_for_the_next(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, *range(1, 5))
    maintain(later(shop), None, False, shop.told.append)
    lake = shop.lake()
    world = later(shop, 8)
    found = waste(lake, ORDERS, world.clock(), ())
    from lakemesh.lake import commit

    commit.expire(lake.catalog, lake.described(ORDERS), found.snapshots)
    assert len(on_disk(shop, ".parquet")) == 5
    age(shop, 4)
    maintain(later(shop), None, False, shop.told.append)
    assert len(on_disk(shop, ".parquet")) == 1
    assert len(shop.rows("orders")) == 4


def test_a_version_that_is_gone_is_told(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1, 2)
    old = shop.lake().log(ORDERS)[1].snapshot
    maintain(later(shop, 8), None, False, shop.told.append)
    with pytest.raises(Mistakes):
        shop.lake().head(ORDERS, old)


def test_the_least_wins_over_the_age() -> None:
    month = Retention(timedelta(days=31))
    assert month.snapshots(3) == 93
    assert month.words()["vacuum_max_snapshot_age_seconds"] == "2678400"
    assert Retention(timedelta(days=31), 100).snapshots(3) == 100
