"""How each table is, as its own metadata tells it, whatever became of the records of runs."""

import shutil
from datetime import timedelta
from pathlib import Path

from lakemesh.catalog.status import Row, status
from steps_world import Shop

ORDER = "description: Orders.\nfrom: in/*.csv\nwrite: append\nfresh: 2 hours\ncolumns:\n  id: int\n"


def told(shop: Shop) -> Row:
    world = shop.world()
    (row,) = status(world.mesh, world.lake, world.engine, shop.now)
    return row


def test_a_table_is_never_then_fresh_then_late(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDER)
    assert (told(shop).state, told(shop).fresh) == ("never run", "never")
    shop.land("shop/orders/in/a.csv", "id\n1\n2\n")
    shop.run()
    assert (told(shop).state, told(shop).fresh, told(shop).rows) == ("published", "fresh", 2)
    shop.now += timedelta(hours=3)
    assert told(shop).fresh == "late"
    shop.run()
    assert (told(shop).state, told(shop).fresh) == ("nothing new", "fresh")


def test_what_was_published_is_fresh_though_no_record_of_the_run_is_left(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", ORDER)
    shop.land("shop/orders/in/a.csv", "id\n1\n")
    shop.run()
    shutil.rmtree(shop.lake_root / "_runs")
    assert (told(shop).state, told(shop).fresh, told(shop).age) == ("never run", "fresh", timedelta())
