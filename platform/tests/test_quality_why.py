"""`rules` says all that holds, `why` what did not: with rows, a query that can be pasted, and what can be done."""

import json
from pathlib import Path

import pytest

from cli_says import Enter, Say
from cli_shop import land, shop, write

RULES = """\
- rule: Nobody buys for more than 100.
  expect_column_values_to_be_between: {column: amount, max_value: 100}
  why: The till takes no more.
- expect_column_values_to_be_in_set: {column: item, value_set: [tea, cake], mostly: 0.5}
  else: warn
- rule: No line is sold twice.
  bad_rows: select id, count(*) as n from order_line group by id having count(*) > 1
- expect_table_row_count_to_be_between: {min_value: 1}
  else: note
"""
QUALITY = "domains/shop/orders/quality/order_line.yaml"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, enter: Enter) -> Path:
    enter(shop(tmp_path))
    write(tmp_path, QUALITY, RULES)
    return tmp_path


def test_all_that_holds_is_told_in_sentences(say: Say) -> None:
    told = say("rules", "shop.order_line")
    assert told.code == 0
    assert "There is one row per id.  else stop" in told.out
    assert "Nobody buys for more than 100.  else stop\n    because: The till takes no more.\n" in told.out
    assert f"# {QUALITY}:1  nobody_buys_for_more_than_100" in told.out
    assert "In at least 50 % of the rows item is one of tea, cake.  else warn" in told.out
    assert "The number of rows is at least 1.  else note" in told.out
    rules = [json.loads(line) for line in say("rules", "shop.order_line", "--json").out.splitlines()]
    assert all(rule["sentence"] and rule["origin"] for rule in rules)
    assert [rule["rule"] for rule in rules if not rule["query"]] == [
        "max_bad",
        "fresh",
        "table_row_count_to_be_between",
    ]


def test_a_stop_is_explained_and_its_query_returns_the_rows(say: Say, tmp_path: Path) -> None:
    assert "no run has looked at shop.order_line yet" in say("why", "shop.order_line").err
    land(tmp_path, "1.csv", "id,item,amount\n1,tea,2.50\n2,tea,3.00\n")
    assert say("run", "shop/orders").code == 0
    assert "rules hold" in say("why", "shop.order_line").out
    land(tmp_path, "2.csv", "id,item,amount\n3,gold,400.00\n4,tea,4.00\n5,lead,900.00\n6,tin,1.00\n")
    assert say("run", "shop/orders").code == 3
    told = say("why", "shop.order_line").out
    assert "[stop] Nobody buys for more than 100: 2 of 4 rows fail" in told
    assert "because: The till takes no more." in told
    assert '"item": "gold"' in told
    assert "In at least 50 % of the rows item is one of tea, cake: 3 of 4 rows fail" in told
    assert "steward steward@example.org" in told
    assert "The choices:" in told
    (pasted,) = [line.strip() for line in told.splitlines() if "make query" in line and "<= 100" in line]
    sql, _, version = pasted.removeprefix('make query SQL="').rpartition('" AS_OF=')
    rows = say("query", sql, "--as-of", version, "--format", "csv").out
    assert [line.split(",")[:2] for line in rows.splitlines()[1:]] == [["3", "gold"], ["5", "lead"]]
    assert "gold" not in say("query", "select * from shop.order_line").out
    stopped = say("rollback", "shop.order_line", "--to", version)
    assert stopped.code == 1
    assert "never published a snapshot" in stopped.err


def test_a_first_run_that_was_stopped_can_be_looked_at_too(say: Say, tmp_path: Path) -> None:
    land(tmp_path, "1.csv", "id,item,amount\n1,gold,400.00\n")
    assert say("run", "shop/orders").code == 3
    (pasted,) = [line.strip() for line in say("why", "shop.order_line").out.splitlines() if "<= 100" in line]
    sql, _, version = pasted.removeprefix('make query SQL="').rpartition('" AS_OF=')
    assert "gold" in say("query", sql, "--as-of", version).out
