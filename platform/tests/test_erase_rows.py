"""A person asks to be forgotten: the rows go, from quarantine and every older version too, and the disk shows it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lake_processes import Killed
from lakemesh.declare.names import ProductName, TableName
from lakemesh.errors import Mistakes
from lakemesh.lake import runs
from lakemesh.lake.maintenance import erasures, search
from lakemesh.quality.results import kept
from lakemesh.steps.erase import Erased, erase
from steps_world import Shop, states
from test_steps_crash import Mortal

ORDERS = TableName("shop", "orders")
YAML = """
description: Orders.
from: in/*.csv
write: append
max_bad: 90 %
columns:
  id: int
  email: {type: string, classification: personal}
  amount: int
"""
WHERE = "email = 'anna@example.org'"
CSV = (
    "id,email,amount\n1,anna@example.org,1\n2,bob@example.org,2\nx,anna@example.org,3\n",
    "id,email,amount\n4,carl@example.org,4\ny,dora@example.org,5\n",
    "id,email,amount\n6,anna@example.org,6\nbroken anna@example.org,a,b,c\nbroken bob@example.org,a,b,c\n",
)


def shop_of(root: Path, yaml: str = YAML) -> Shop:
    shop = Shop(root)
    shop.ingest("orders", yaml)
    for number, text in enumerate(CSV):
        shop.land(f"shop/orders/in/{number}.csv", text)
        assert states(shop.run())["orders"] == "published"
    return shop


def erased(shop: Shop, where: str = WHERE) -> Erased:
    return erase(shop.world(), ORDERS, where, "a letter of 3 March", "steward", shop.told.append)


def holding(shop: Shop, text: str) -> list[str]:
    files = [path for path in shop.lake_root.rglob("*") if path.is_file() and "landing" not in path.parts]
    looked_for = search.pattern([text])
    assert looked_for
    return [str(path) for path in search.holding(files, looked_for)]


def test_the_rows_are_gone_from_the_table_its_quarantine_and_the_disk(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    assert holding(shop, "anna@example.org")
    done = erased(shop)
    assert (done.rows, done.set_aside) == (2, 2)
    assert shop.rows("orders", "id, email") == [(2, "bob@example.org"), (4, "carl@example.org")]
    raws = [str(raw) for (raw,) in shop.rows("orders__quarantine", "_raw")]
    assert len(raws) == 2
    assert not [raw for raw in raws if "anna" in raw]
    assert holding(shop, "anna@example.org") == []
    assert holding(shop, "bob@example.org")
    assert all(path.startswith("landing/") for path in done.holding)
    assert len(done.holding) == 2


def test_examples_in_verdicts_and_run_records_are_gone_and_counts_stay(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.ingest("orders", YAML.replace("{type: string, classification: personal}", "string"))
    rule = "- expect_column_values_to_not_match_regex: {column: email, regex: anna}\n  else: warn\n"
    shop.write("domains/shop/orders/quality/orders.yaml", rule)
    for number, text in enumerate(CSV):
        shop.land(f"shop/orders/in/{number}.csv", text)
        shop.run()
    found = holding(shop, "anna@example.org")
    assert [path for path in found if "/_verdicts/" in path]
    assert [path for path in found if "/_runs/" in path]
    verdicts = kept.history(shop.lake().store, ORDERS)
    erased(shop)
    assert holding(shop, "anna@example.org") == []
    bare = kept.history(shop.lake().store, ORDERS)
    told = [[(one.rule, one.bad, one.of) for one in verdict.rules] for verdict in verdicts]
    assert [[(one.rule, one.bad, one.of) for one in verdict.rules] for verdict in bare] == told
    assert not [one for verdict in bare for one in verdict.rules if one.examples]
    assert [run.state for run in runs.runs(shop.lake().store, ProductName("shop", "orders"))] == ["done"] * 3


def test_only_todays_version_is_left(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    erased(shop)
    assert len(shop.lake().log(ORDERS)) == 1
    assert len(shop.lake().described(ORDERS).metadata.snapshots) == 1


def test_a_row_that_only_an_older_version_had_is_gone_too(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    log = shop.lake().log(ORDERS)
    lake = shop.lake()
    then = lake.head(ORDERS, log[-1].snapshot)
    assert then is not None
    lake.rollback(ORDERS, then)
    assert erased(shop).rows == 0
    assert holding(shop, "anna@example.org") == []


def test_it_is_recorded_who_asked_and_why_but_not_whom_it_was_about(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    done = erased(shop)
    record = json.loads((shop.lake_root / done.record).read_text())
    assert (record["who"], record["why"], record["where"]) == ("steward", "a letter of 3 March", None)
    assert record["rows"] == {"table": 2, "quarantine": 2}
    assert "anna" not in (shop.lake_root / done.record).read_text()


def test_the_next_run_neither_brings_the_rows_back_nor_loses_others(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    erased(shop)
    assert states(shop.run()) == {"orders": "nothing new"}
    shop.land("shop/orders/in/9.csv", "id,email,amount\n9,eve@example.org,9\n")
    assert states(shop.run()) == {"orders": "published"}
    assert [row[0] for row in shop.rows("orders", "id")] == [2, 4, 9]


def test_a_column_can_be_asked_by_its_type(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    assert erased(shop, "amount between 5 and 6 or amount = 3").rows == 1
    assert shop.rows("orders", "id") == [(1,), (2,), (4,)]
    # Of the rows set aside, two could be read well enough to be judged.
    assert len(shop.rows("orders__quarantine")) == 2


@pytest.mark.parametrize("where", ["emial = 'x'", "email in (select email from shop.other)", "email = ", "1=1; drop"])
def test_what_cannot_be_asked_changes_nothing(tmp_path: Path, where: str) -> None:
    shop = shop_of(tmp_path)
    before = shop.lake().head(ORDERS)
    with pytest.raises(Mistakes):
        erased(shop, where)
    assert shop.lake().head(ORDERS) == before
    assert erasures.unfinished(shop.lake().store) == []


def test_an_erasure_that_dies_anywhere_is_finished_by_asking_again(tmp_path: Path) -> None:
    counted = Mortal(0)
    shop = shop_of(tmp_path / "undisturbed")
    erase(shop.world(counted.lake(shop.lake())), ORDERS, WHERE, "w", "who", shop.told.append)
    assert counted.effects > 15
    for fatal in range(1, counted.effects + 1, 9):
        shop = shop_of(tmp_path / str(fatal))
        with pytest.raises(Killed):
            erase(shop.world(Mortal(fatal).lake(shop.lake())), ORDERS, WHERE, "w", "who", shop.told.append)
        erased(shop)
        assert shop.rows("orders", "id") == [(2,), (4,)], fatal
        assert holding(shop, "anna@example.org") == [], fatal
        assert erasures.unfinished(shop.lake().store) == [], fatal
        assert shop.lake().branches(ORDERS) == (), fatal


def test_texts_of_a_condition_are_those_that_mean_somebody() -> None:
    assert search.texts("name = 'O''Neil' and id = 123456 and n = 5 and c = 'NL'") == ("O'Neil", "123456")


def test_the_clock_of_the_record_is_the_runs(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    record = json.loads((shop.lake_root / erased(shop).record).read_text())
    assert datetime.fromisoformat(record["began"]) == shop.now.astimezone(UTC)
