"""Writers in processes of their own, at one table: every publish of each is there."""

import os
from pathlib import Path

import pytest

from lake_processes import publish_many
from lake_world import TABLE, ids, open_lake
from lakemesh.declare.names import TableName
from lakemesh.lake import runs
from steps_processes import CONTEXT, maintain_many, run_in_step, run_many, until
from steps_world import MESH, PRODUCT, Shop

ORDER = "description: Orders.\nfrom: in/*.csv\nwrite: append\n{key}columns:\n  id: int\n"
WRITERS = 4
# `make torture` takes fifty.
TURNS = int(os.environ.get("TURNS", "10"))


def together(target, root: Path) -> None:  # type: ignore[no-untyped-def]
    workers = [CONTEXT.Process(target=target, args=(str(root), number, TURNS)) for number in range(WRITERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(300)
    assert [worker.exitcode for worker in workers] == [0] * WRITERS


def test_four_writers_without_a_lock_lose_none_of_their_publishes(tmp_path: Path) -> None:
    together(publish_many, tmp_path)
    lake = open_lake(tmp_path)
    head = lake.head(TABLE)
    assert head is not None
    names = sorted(worker * 100 + turn for worker in range(WRITERS) for turn in range(TURNS))
    assert ids(lake, head) == names
    assert set(lake.ledger(head).files) == {f"{name}.csv" for name in names}
    assert lake.branches(TABLE) == ()


def test_four_runs_at_once_of_one_product_again_and_again_take_every_file_once(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDER.replace("{key}", ""))
    together(run_many, tmp_path)
    names = sorted(worker * 1000 + turn for worker in range(WRITERS) for turn in range(TURNS))
    lake = shop.lake()
    assert shop.rows("orders", "id", lake) == [(name,) for name in sorted(names, key=str)]
    head = lake.head(TableName("shop", "orders"))
    assert head is not None
    ledger = lake.ledger(head).files
    assert [entry.accounts.inserted for entry in ledger.values()] == [1] * WRITERS * TURNS
    assert lake.branches(TableName("shop", "orders")) == ()
    assert [run.state for run in runs.runs(lake.store, PRODUCT)] == ["done"] * WRITERS * TURNS


def test_writers_and_maintenance_at_once_lose_no_row_and_keep_few_files(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.write("platform/mesh.yaml", MESH + "maintenance: {small_files: 1}\n")
    shop.ingest("orders", ORDER.replace("{key}", ""))
    shop.land("shop/orders/in/first.csv", "id\n-1\n")
    shop.run()
    turns = max(2, TURNS // 3)
    workers = [CONTEXT.Process(target=run_many, args=(str(tmp_path), number, turns)) for number in range(2)]
    workers += [CONTEXT.Process(target=maintain_many, args=(str(tmp_path), turns))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(300)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    maintain_many(str(tmp_path), 1)
    names = [-1, *(worker * 1000 + turn for worker in range(2) for turn in range(turns))]
    table, lake = TableName("shop", "orders"), shop.lake()
    assert shop.rows("orders", "id", lake) == [(name,) for name in sorted(names, key=str)]
    head = lake.head(table)
    assert head is not None
    assert len(lake.ledger(head).files) == len(names)
    assert (len(lake.plan(head).files), len(lake.log(table)), lake.branches(table)) == (1, 1, ())


@pytest.mark.parametrize("key", ["", "key: [id]\n"])
def test_a_second_run_in_another_process_waits_and_names_the_first(tmp_path: Path, key: str) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDER.replace("{key}", key))
    shop.land("shop/orders/in/0.csv", "id\n0\n")
    first = CONTEXT.Process(target=run_in_step, args=(str(tmp_path), "first", True))
    second = CONTEXT.Process(target=run_in_step, args=(str(tmp_path), "second", False))
    first.start()
    until(tmp_path / "first writes")
    second.start()
    until(tmp_path / "second waits")
    shop.land("shop/orders/in/1.csv", "id\n1\n")
    (tmp_path / "go on").touch()
    first.join(60)
    second.join(60)
    assert (first.exitcode, second.exitcode) == (0, 0)
    run, *ended = (tmp_path / "first ran").read_text().split()
    assert ended == ["done", "1"]
    assert run in (tmp_path / "second waits").read_text()
    assert (tmp_path / "second ran").read_text().split()[1:] == ["done", "1"]
    assert shop.rows("orders", "id") == [(0,), (1,)]
