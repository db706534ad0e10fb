"""A lake whose files are gone, torn or out of reach: what is wrong is named, with what to do, and nothing is lost."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lakemesh.cli.app import outcome
from lakemesh.lake.runs import runs
from steps_processes import CONTEXT, ended
from steps_world import PRODUCT, Shop

ORDERS = "description: Orders.\nfrom: in/*.csv\nwrite: {write}\n{key}columns:\n  id: int\n"
MERGE = ORDERS.format(write="merge", key="key: [id]\n")
APPEND = ORDERS.format(write="append", key="")


def a_shop(root: Path, orders: str = MERGE) -> Shop:
    """One file is published, one more waits."""
    shop = Shop(root)
    shop.ingest("orders", orders)
    shop.land("shop/orders/in/0.csv", "id\n1\n2\n")
    shop.run()
    shop.land("shop/orders/in/1.csv", "id\n3\n")
    return shop


def newest(shop: Shop, pattern: str) -> Path:
    return max((shop.lake_root / "clean/shop/orders").rglob(pattern), key=lambda path: path.stat().st_mtime_ns)


def tear(pattern: str, keep: int) -> Callable[[Shop], Path]:
    def act(shop: Shop) -> Path:
        path = newest(shop, pattern)
        path.write_bytes(path.read_bytes()[:keep])
        return path

    return act


def take_away(pattern: str) -> Callable[[Shop], Path]:
    def act(shop: Shop) -> Path:
        path = newest(shop, pattern)
        path.rename(path.with_suffix(".away"))
        return path

    return act


def turn_over(shop: Shop) -> Path:
    path = newest(shop, "*.parquet")
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(data[:4] + bytes(byte ^ 0x55 for byte in data[4:half]) + data[half:])
    return path


def catalogue(data: bytes | None, keep: int = 0) -> Callable[[Shop], Path]:
    def act(shop: Shop) -> Path:
        path = shop.lake_root / "catalog.db"
        path.write_bytes(path.read_bytes()[:keep] if data is None else data)
        return path

    return act


DAMAGE = {
    "the bytes of a data file are others": turn_over,
    "a data file is torn": tear("*.parquet", 300),
    "a data file is gone": take_away("*.parquet"),
    "a manifest is gone": take_away("*-m0.avro"),
    "a manifest is torn": tear("*-m0.avro", 900),
    "a list of manifests is gone": take_away("snap-*.avro"),
    "a list of manifests is torn": tear("snap-*.avro", 100),
    "the metadata is gone": take_away("*.metadata.json"),
    "the metadata is torn": tear("*.metadata.json", 200),
    "the catalogue is torn": catalogue(None, 6000),
    "the catalogue is empty": catalogue(b""),
    "the catalogue is rubbish": catalogue(b"hello" * 3000),
}


def run(shop: Shop, *words: str) -> int:
    return outcome([*words, "--root", str(shop.root), "--lake", str(shop.lake_root)])


def query(shop: Shop) -> int:
    return run(shop, "query", "--sql", "select max(id) as last from shop.orders")


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_named_with_what_to_do_and_put_right_by_a_backup(
    tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    shop = a_shop(tmp_path)
    backup = tmp_path / "backup"
    shutil.copytree(shop.lake_root, backup)
    path = DAMAGE[name](shop)
    for asked in (lambda: run(shop, "run", "shop/orders", "--plain"), lambda: query(shop)):
        assert asked() == 1
        said = capfd.readouterr()
        told = said.out + said.err
        assert str(path) in told
        assert re.search("→ .*restore ", told)
        assert "Traceback" not in told
    shutil.rmtree(shop.lake_root)
    shutil.copytree(backup, shop.lake_root)
    assert run(shop, "run", "shop/orders", "--plain") == 0
    assert shop.rows("orders", "id") == [(1,), (2,), (3,)]


def test_a_table_with_a_lost_data_file_is_made_again_from_landing(tmp_path: Path) -> None:
    shop = a_shop(tmp_path)
    take_away("*.parquet")(shop)
    assert run(shop, "rebuild", "shop.orders", "--plain") == 0
    assert shop.rows("orders", "id") == [(1,), (2,), (3,)]


def test_a_torn_ledger_is_named_and_its_table_still_answers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shop = a_shop(tmp_path)
    (path,) = (shop.lake_root / "_ledger/shop/orders").glob("*.json")
    whole = path.read_bytes()
    path.write_bytes(whole[:20])
    assert run(shop, "run", "shop/orders", "--plain") == 1
    told = capfd.readouterr().out
    assert f"{path.relative_to(shop.lake_root)}: the ledger cannot be read" in told
    assert "→ restore that file from a backup" in told
    assert query(shop) == 0
    path.write_bytes(whole)
    assert run(shop, "run", "shop/orders", "--plain") == 0
    assert shop.rows("orders", "id") == [(1,), (2,), (3,)]


@pytest.mark.parametrize("kept", [None, 0, 100, 900], ids=["gone", "empty", "torn early", "torn late"])
def test_a_run_into_a_damaged_list_takes_nothing_in_and_says_so_in_its_record(
    tmp_path: Path, kept: int | None, capfd: pytest.CaptureFixture[str]
) -> None:
    shop = a_shop(tmp_path, APPEND)
    path = newest(shop, "snap-*.avro")
    whole = path.read_bytes()
    path.unlink()
    if kept is not None:
        path.write_bytes(whole[:kept])
    assert run(shop, "run", "shop/orders", "--plain") == 1
    told = capfd.readouterr()
    assert "Traceback" not in told.out + told.err
    assert re.search("→ .*restore ", told.out + told.err)
    ran = runs(shop.lake().store, PRODUCT)[0]
    assert ran.state == "failed"
    assert str(path) in ran.tables[0].note
    path.write_bytes(whole)
    assert shop.run().state == "done"
    assert shop.rows("orders", "id") == [(1,), (2,), (3,)]


def without_leave(shop: Shop, *words: str) -> tuple[int, str]:
    """As a user for whom doors can be closed, which they are not for root: exit code, and what was printed."""
    arguments = [*words, "--root", str(shop.root), "--lake", str(shop.lake_root)]
    told = shop.root.parent / "told"
    child = CONTEXT.Process(target=ended, args=(arguments, str(told)))
    child.start()
    child.join(60)
    assert child.exitcode is not None
    return child.exitcode, told.read_text()


def test_a_landing_file_that_may_not_be_read_is_named_and_taken_once_it_may(tmp_path: Path) -> None:
    shop = a_shop(tmp_path)
    closed = shop.lake_root / "landing/shop/orders/in/1.csv"
    closed.chmod(0)
    code, told = without_leave(shop, "run", "shop/orders", "--plain")
    assert code == 1
    assert f"{closed}: this user may not read or write it" in told
    assert "leave to, and run it again" in told
    assert "Traceback" not in told
    closed.chmod(0o644)
    assert without_leave(shop, "run", "shop/orders", "--plain")[0] == 0
    assert shop.rows("orders", "id") == [(1,), (2,), (3,)]


@pytest.mark.parametrize("words", [("run", "shop/orders", "--plain"), ("query", "--sql", "select id from shop.orders")])
def test_a_lake_that_can_only_be_read_is_named(tmp_path: Path, words: tuple[str, ...]) -> None:
    shop = a_shop(tmp_path)
    inside = [shop.lake_root, *shop.lake_root.rglob("*")]
    for path in reversed(inside):
        path.chmod(0o555 if path.is_dir() else 0o444)
    code, told = without_leave(shop, *words)
    assert code == 1
    assert str(shop.lake_root) in told
    assert "this user may not read or write it" in told
    assert "Traceback" not in told
    for path in inside:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert without_leave(shop, "run", "shop/orders", "--plain")[0] == 0
    assert shop.rows("orders", "id") == [(1,), (2,), (3,)]
