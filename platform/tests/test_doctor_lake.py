"""The doctor names what is wrong with a lake and what to do, and mends what needs no guess."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake.doctor import Report, doctor
from lakemesh.lake.ledger import Ledger, read_chain, write_link
from lakemesh.lake.maintenance import avro, erasures
from lakemesh.lake.place import Place
from lakemesh.lake.version import FILE
from steps_world import ZONES, Shop, states

ORDERS = TableName("shop", "orders")
YAML = """
description: Orders.
from: in/*.csv
write: append
max_bad: 90 %
columns:
  id: int
  name: string
"""


def shop_of(root: Path) -> Shop:
    shop = Shop(root)
    shop.ingest("orders", YAML)
    for number in range(2):
        shop.land(f"shop/orders/in/{number}.csv", f"id,name\n{number},n{number}\nx,y\n")
        assert states(shop.run())["orders"] == "published"
    return shop


def looked_at(shop: Shop, repair: bool = False) -> Report:
    return doctor(Place("local", str(shop.lake_root), ZONES, 1 << 30), repair, {ORDERS})


def told(report: Report) -> str:
    return "\n".join(map(str, report.problems))


def one(shop: Shop, pattern: str) -> Path:
    return max((shop.lake_root / "clean/shop/orders").rglob(pattern))


def manifest(shop: Shop) -> Path:
    head = shop.lake().described(ORDERS).current_snapshot()
    assert head is not None
    return Path(head.manifests(shop.lake().described(ORDERS).io)[0].manifest_path)


def test_a_lake_that_is_well_is_told_so(tmp_path: Path) -> None:
    report = looked_at(shop_of(tmp_path))
    assert report.problems == ()
    assert report.healthy
    assert report.tables == 2
    assert report.files > 6


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def turned(path: Path) -> None:
    """One byte in the middle is another."""
    data = bytearray(path.read_bytes())
    data[12] ^= 0xFF
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "wound, says",
    [
        (lambda shop: one(shop, "*.parquet").unlink(), "the data file is missing"),
        (lambda shop: cut(one(shop, "*.parquet")), "the data file has"),
        (lambda shop: turned(one(shop, "*.parquet")), "the data file cannot be read"),
        (lambda shop: manifest(shop).unlink(), "the manifest is missing"),
        (lambda shop: cut(manifest(shop)), "the manifest has"),
        (lambda shop: turned(manifest(shop)), "the manifest cannot be read"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_named(tmp_path: Path, wound: Callable[[Shop], None], says: str) -> None:
    shop = shop_of(tmp_path)
    wound(shop)
    report = looked_at(shop, repair=True)
    assert not report.healthy
    assert says in told(report)
    assert "make rebuild TABLE=shop.orders" in told(report)


def test_a_list_of_manifests_that_is_gone_is_named(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    head = shop.lake().described(ORDERS).current_snapshot()
    assert head is not None
    Path(head.manifest_list).unlink()
    assert "the list of its manifests is missing" in told(looked_at(shop))


def test_metadata_that_is_gone_or_torn_is_named(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    path = Path(shop.lake().described(ORDERS).metadata_location)
    path.write_bytes(path.read_bytes()[:-5])
    assert "its metadata cannot be read" in told(looked_at(shop))
    path.unlink()
    assert "its metadata cannot be read" in told(looked_at(shop))


def test_a_ledger_that_does_not_know_a_file_of_the_table_is_named(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    lake = shop.lake()
    path = lake.properties(ORDERS)["lakemesh.ledger"]
    link = read_chain(lake.store, path)
    assert link is not None
    first, *_ = link.ledger.files
    less = Ledger({name: entry for name, entry in link.ledger.files.items() if name != first})
    write_link(lake.store, path, None, less, link.run, link.said)
    assert "of which its ledger knows nothing" in told(looked_at(shop))
    more = Ledger({**link.ledger.files, "shop/orders/in/never.csv": link.ledger.files[first]})
    write_link(lake.store, path, None, more, link.run, link.said)
    assert "of which none is in it" in told(looked_at(shop))
    (shop.lake_root / path).unlink()
    assert "the ledger cannot be read" in told(looked_at(shop))


@pytest.mark.parametrize(
    "wound", [lambda db: db.unlink(), lambda db: db.write_bytes(b""), lambda db: db.write_bytes(db.read_bytes()[:5000])]
)
def test_a_catalogue_that_is_lost_is_made_again_from_the_tables(tmp_path: Path, wound: Callable[[Path], None]) -> None:
    shop = shop_of(tmp_path)
    rows, head = shop.rows("orders"), shop.lake().head(ORDERS)
    wound(shop.lake_root / "catalog.db")
    for ending in ("-wal", "-shm"):
        (shop.lake_root / f"catalog.db{ending}").unlink(missing_ok=True)
    with pytest.raises(Mistakes, match="make doctor REPAIR=1"):
        shop.lake().tables()
    report = looked_at(shop)
    assert not report.healthy
    assert "make doctor REPAIR=1" in told(report)
    assert looked_at(shop, repair=True).healthy
    assert shop.rows("orders") == rows
    assert shop.lake().head(ORDERS) == head
    assert looked_at(shop).problems == ()
    assert states(shop.run()) == {"orders": "nothing new"}


def test_a_catalogue_is_not_guessed(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    newest = Path(shop.lake().described(ORDERS).metadata_location)
    shutil.copy(newest, newest.with_name(f"{newest.name[:5]}-other.metadata.json"))
    (shop.lake_root / "catalog.db").unlink()
    report = looked_at(shop, repair=True)
    assert "would be a guess" in told(report)
    assert not report.healthy
    assert not (shop.lake_root / "catalog.db").exists()


@pytest.mark.parametrize("copied", [False, True])
def test_a_lake_that_was_moved_says_so_and_can_be_told_where_it_is(tmp_path: Path, copied: bool) -> None:
    shop = shop_of(tmp_path)
    rows, old, log = shop.rows("orders"), shop.lake_root, shop.lake().log(ORDERS)
    shop.lake_root = tmp_path / "another place"
    (shutil.copytree if copied else shutil.move)(old, shop.lake_root)
    with pytest.raises(Mistakes, match=f"was made in {old}"):
        shop.lake()
    report = looked_at(shop)
    assert f"it was made in {old}" in told(report)
    assert not report.healthy
    assert looked_at(shop, repair=True).healthy
    assert looked_at(shop).problems == ()
    shutil.rmtree(old, ignore_errors=True)
    assert shop.rows("orders") == rows
    lake = shop.lake()
    assert [entry.snapshot for entry in lake.log(ORDERS)] == [entry.snapshot for entry in log]
    assert states(shop.run()) == {"orders": "nothing new"}
    shop.land("shop/orders/in/9.csv", "id,name\n9,n9\n")
    assert states(shop.run()) == {"orders": "published"}
    assert len(shop.rows("orders")) == 3
    text = b"".join(p.read_bytes() for p in (shop.lake_root / "clean").rglob("*.metadata.json") if "9" in p.name[:5])
    assert str(old).encode() not in text


def test_a_lake_of_which_only_a_part_was_moved_is_left_as_it_is(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    old = shop.lake_root
    one(shop, "*.parquet").unlink()
    shop.lake_root = tmp_path / "another"
    shutil.move(old, shop.lake_root)
    report = looked_at(shop, repair=True)
    assert "1 files are not here" in told(report)
    assert not report.healthy


def test_a_lake_of_a_newer_lakemesh_is_refused_in_a_sentence(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    mark = shop.lake_root / FILE
    mark.write_text(json.dumps({**json.loads(mark.read_text()), "version": 2}))
    for asked in (shop.lake, lambda: looked_at(shop, repair=True)):
        with pytest.raises(Mistakes, match="made by a newer Lakemesh"):
            asked()


def test_a_torn_mark_is_written_again(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    (shop.lake_root / FILE).write_text("{")
    with pytest.raises(Mistakes, match="make doctor REPAIR=1"):
        shop.lake()
    assert looked_at(shop, repair=True).healthy
    assert len(shop.rows("orders")) == 2


def test_an_erasure_that_died_is_named(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    erasures.write(shop.lake().store, erasures.begun("e1", ORDERS, "id = 1", "w", "who", shop.now))
    assert "an erasure of shop.orders died on the way" in told(looked_at(shop))


def test_there_has_to_be_a_lake(tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match="there is no lake"):
        doctor(Place("local", str(tmp_path / "none"), ZONES, 1 << 30), True)


def test_what_is_read_of_avro_is_written_back_the_same(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    for path in (shop.lake_root / "clean").rglob("*.avro"):
        data = path.read_bytes()
        again = avro.changed(data, lambda name, value: value)
        assert avro.read(again) == avro.read(data)
        for length in range(0, len(data) - 1, 97):
            with pytest.raises(ValueError):
                avro.read(data[:length] + b"\x01")
