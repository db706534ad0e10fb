"""A tag keeps a version for good; what was expired beside it is told, and never taken for something else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lakemesh.errors import Mistakes
from lakemesh.lake.tags import tag, tags, untag
from lakemesh.steps.maintain import maintain
from test_maintain_tables import ORDERS, later, load, shop_of


def test_a_tag_keeps_its_version_until_it_is_deleted(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1, 2, 3)
    lake = shop.lake()
    then = next(published for published in lake.log(ORDERS) if published.rows == 2)
    made = tag(lake, ORDERS, "month_end", then.snapshot)
    assert (made.snapshot, made.rows, made.at) == (then.snapshot, 2, then.at)
    assert tag(lake, ORDERS, "month_end", then.snapshot) == made
    assert [each.name for each in (*tags(lake, ORDERS), tag(lake, ORDERS, "now"))] == ["month_end", "now"]
    load(shop, 4)
    maintain(later(shop, 30), None, False, shop.told.append)
    assert lake.keeps(ORDERS, then.snapshot)
    assert [each.name for each in tags(lake, ORDERS)] == ["month_end", "now"]
    assert untag(lake, ORDERS, "month_end") == made
    maintain(later(shop, 31), None, False, shop.told.append)
    assert not lake.keeps(ORDERS, then.snapshot)
    assert len(shop.rows("orders")) == 4


def test_a_time_of_which_nothing_is_kept_is_told_though_a_tag_keeps_what_came_before(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1)
    lake = shop.lake()
    first = tag(lake, ORDERS, "first")
    load(shop, 2, 3)
    second, third = (published.at for published in reversed(lake.log(ORDERS)) if published.rows in (2, 3))
    maintain(later(shop, 30), None, False, shop.told.append)
    assert lake.head(ORDERS, first.snapshot) is not None
    for time in (first.at, second, third - timedelta(milliseconds=1), datetime(2020, 1, 1, tzinfo=UTC)):
        with pytest.raises(Mistakes, match="no longer keeps what readers saw at"):
            lake.head(ORDERS, time)
    now = lake.head(ORDERS, third)
    assert now is not None
    assert lake.rows(now) == 3


@pytest.mark.parametrize("name", ["main", "audit_x", "", "a b", "../x", "-x", "x" * 101])
def test_a_name_that_could_be_taken_for_something_else_is_refused(tmp_path: Path, name: str) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1)
    with pytest.raises(Mistakes, match="cannot name a state"):
        tag(shop.lake(), ORDERS, name)


def test_a_name_stays_where_it_is(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    load(shop, 1)
    tag(shop.lake(), ORDERS, "a")
    load(shop, 2)
    with pytest.raises(Mistakes, match=r"make tag TABLE=shop\.orders NAME=a DELETE=1"):
        tag(shop.lake(), ORDERS, "a")
    with pytest.raises(Mistakes, match=r"has no tag b\n  → it has a"):
        untag(shop.lake(), ORDERS, "b")
