"""The words at work, on a small repository and a real lake."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cli_says import Enter, Say
from cli_shop import land, shop, write


@pytest.fixture(autouse=True)
def root(tmp_path: Path, enter: Enter) -> Path:
    return enter(shop(tmp_path))


ONE, TWO = "id,item,amount\n1,tea,2.50\n2,tea,3.00\n", "id,item,amount\n3,cake,4.00\n4,cake,much\n"


def test_a_product_runs_and_is_asked_and_runs_again_to_nothing_new(root: Path, say: Say) -> None:
    land(root, "1.csv", ONE)
    ran = say("run", "--all")
    assert ran.code == 0, ran
    assert "shop.order_line  published     2         2" in ran.out
    assert ran.out.index("shop/orders: done") < ran.out.index("shop/sales: done")
    asked = say("query", "--sql", "select item, sold, amount from shop.item_sales")
    assert asked.out == "item  sold  amount\n────  ────  ──────\ntea      2    5.50\n(1 row)\n"
    again = say("run", "--all")
    assert again.code == 0
    assert "shop.order_line  nothing new" in again.out
    assert "shop.item_sales  nothing new" in again.out


def test_rows_that_do_not_fit_are_asked_for_in_quarantine(root: Path, say: Say) -> None:
    land(root, "2.csv", TWO)
    ran = say("run", "shop/orders")
    assert ran.code == 0, ran
    question = "select _reason, _raw from shop.order_line__quarantine"
    assert f'make query SQL="{question}"' in ran.out
    found = say("query", question, "--format", "json")
    assert len(found.out.splitlines()) == 1
    assert "much" in found.out


def test_too_many_bad_rows_stop_with_3_and_readers_see_what_they_saw(root: Path, say: Say) -> None:
    land(root, "1.csv", ONE)
    say("run", "shop/orders")
    land(root, "2.csv", "id,item,amount\n3,cake,much\n4,cake,more\n")
    ran = say("run", "shop/orders")
    assert ran.code == 3, ran
    assert "shop/orders: stopped" in ran.out
    assert say("query", "select count(*) as n from shop.order_line", "--format", "csv").out == "n\n2\n"


def test_every_event_is_json_where_a_program_asks(root: Path, say: Say) -> None:
    land(root, "1.csv", ONE)
    events = [json.loads(line) for line in say("run", "shop/orders", "--json").out.splitlines()]
    assert events[0]["event"] == "run_began"
    assert events[-1] == {**events[-1], "event": "run_ended", "state": "done"}


def test_a_sample_runs_in_a_lake_of_its_own(root: Path, say: Say) -> None:
    ran = say("run", "shop/sales", "--sample")
    assert ran.code == 0, ran
    assert "shop.item_sales  published" in ran.out
    assert say("query", "select 1 from shop.item_sales").code == 1
    (root / "domains/shop/orders/sample/order_line.csv").unlink()
    assert "domains/shop/orders/sample/order_line.csv" in say("run", "shop/sales", "--sample").err


def test_results_in_every_format_hold_the_same_rows(root: Path, say: Say) -> None:
    land(root, "1.csv", ONE)
    say("run", "shop/orders")
    sql = "select id, item, amount from shop.order_line order by id"
    rows = list(csv.reader(io.StringIO(say("query", sql, "--format", "csv").out, newline="")))
    assert rows == [["id", "item", "amount"], ["1", "tea", "2.50"], ["2", "tea", "3.00"]]
    assert [json.loads(line)["id"] for line in say("query", sql, "--format", "json").out.splitlines()] == [1, 2]
    told = say("query", sql, "--output", str(root / "answer.parquet"))
    assert told.err == f"2 rows in {root / 'answer.parquet'}\n"
    assert pq.read_table(root / "answer.parquet").column("item").to_pylist() == ["tea", "tea"]
    assert say("query", sql, "--format", "csv", "--limit", "1").out.splitlines() == ["id,item,amount", "1,tea,2.50"]
    assert say("query", f"select * from ({sql}) where id > 7", "--format", "csv").out == "id,item,amount\n"
    assert "id  item  amount" in say("query", f"select * from ({sql}) where id > 7").out


def test_a_failing_question_leaves_no_file(root: Path, say: Say) -> None:
    assert say("query", "select * from shop.nothing", "--output", "answer.csv").code == 1
    assert not list(root.glob("*answer.csv*"))


def test_parquet_is_not_thrown_at_a_pipe_half(root: Path, say: Say) -> None:
    land(root, "1.csv", ONE)
    say("run", "shop/orders")
    code = [sys.executable, "-m", "lakemesh.cli", "query", "select id from shop.order_line", "--format", "parquet"]
    told = subprocess.run(code, cwd=root, capture_output=True, check=True)
    assert pq.read_table(io.BytesIO(told.stdout)).num_rows == 2


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "select * from shop.order_lin",
            'SQL:1:15: there is no table shop.order_lin\n  → did you mean "shop.order_line"?',
        ),
        ("select *\nfrom order_line", 'SQL:2:6: "order_line" is named without its domain\n  → say shop.order_line'),
        ("select itm from shop.order_line", "SQL:1:8: "),
        ("select 1 from", "SQL:1:"),
        ("drop table shop.order_line", "SQL:1:1: "),
        ("select id from shop.order_line where :since is null", "SQL:1:38: :since belongs to transforms"),
        ("select current_date", "SQL:1:8: current_date is refused\n  → use :now"),
        ("select * from shop.item_sales", "SQL:1:15: there is no table shop.item_sales"),
    ],
)
def test_a_wrong_question_is_told_where_and_what(root: Path, say: Say, sql: str, told: str) -> None:
    land(root, "1.csv", ONE)
    say("run", "shop/orders")
    asked = say("query", sql)
    assert asked.code == 1
    assert asked.err.startswith(told)


def test_now_is_when_one_asks_or_as_of(root: Path, say: Say) -> None:
    year = "select year(:now) as y, to_date(:now) as d"
    assert say("query", year, "--format", "csv").out.splitlines()[1].startswith("20")
    assert say("query", year, "--format", "csv", "--as-of", "2013-02-01").out == "y,d\n2013,2013-02-01\n"


def test_a_number_that_is_no_snapshot_is_told_what_one_is(root: Path, say: Say) -> None:
    told = say("rollback", "shop.order_line", "--to", "12345")
    assert told.code == 2
    assert '"12345" is neither a snapshot nor a time: say the whole number' in told.err
    assert say("query", "select 1 as a", "--as-of", "20130201").code == 0


def test_what_was_published_is_listed_put_back_and_released(root: Path, say: Say) -> None:
    land(root, "1.csv", ONE)
    say("run", "shop/orders")
    land(root, "2.csv", "id,item,amount\n3,cake,4.00\n")
    say("run", "shop/orders")
    log = [json.loads(line) for line in say("history", "shop.order_line", "--json").out.splitlines()]
    assert [(one["rows"], one["current"]) for one in log][:2] == [(3, True), (2, False)]
    first = str(log[1]["snapshot"])
    count = ("query", "select count(*) as n from shop.order_line", "--format", "csv")
    assert say(*count, "--as-of", first).out == "n\n2\n"
    assert say(*count, "--as-of", log[1]["at"]).out == "n\n2\n"
    back = say("rollback", "shop.order_line", "--to", first)
    assert back.code == 0
    assert f"shop.order_line is back at snapshot {first}: 2 rows." in back.out
    assert "make run PRODUCT=shop/orders HELD=1" in back.out
    assert "rolled back" in say("history", "--table", "shop.order_line").out
    assert say(*count).out == "n\n2\n"
    assert "nothing new" in say("run", "shop/orders").out
    assert say("run", "shop/orders", "--held").code == 0
    assert say(*count).out == "n\n3\n"


def test_a_version_is_tagged_listed_read_and_let_go(root: Path, say: Say) -> None:
    land(root, "1.csv", ONE)
    say("run", "shop/orders")
    tagged = say("tag", "shop.order_line", "--name", "year_end")
    assert tagged.code == 0
    snapshot = json.loads(say("tag", "shop.order_line", "--json").out)["snapshot"]
    assert tagged.out.startswith(f"year_end keeps snapshot {snapshot} of shop.order_line: 2 rows, as published 20")
    assert f'make query AS_OF={snapshot} SQL="select * from shop.order_line"' in tagged.out
    assert say("query", "select id from shop.order_line", "--as-of", str(snapshot), "--format", "csv").code == 0
    assert "year_end" in say("tag", "shop.order_line").out
    assert say("tag", "shop.order_line", "--name", "year_end", "--delete").out.startswith("year_end keeps nothing any")
    assert say("tag", "shop.order_line", "--json").out == ""
    assert say("tag", "shop.order_line", "--delete").code == 2
    assert say("tag", "shop.item_sales").code == 0


def test_status_tells_what_is_there_what_is_late_and_what_never_ran(root: Path, say: Say) -> None:
    land(root, "2.csv", TWO)
    say("run", "shop/orders")
    lines = say("status").out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["shop.order_line", "shop.item_sales"]
    assert lines[2].split()[-5:] == ["26", "h", "yes", "passed", "1"]
    assert "never" in lines[3]
    rows = [json.loads(line) for line in say("status", "--product", "shop/orders", "--json").out.splitlines()]
    assert [(row["table"], row["rows"], row["quarantined"]) for row in rows] == [("shop.order_line", 1, 1)]


def test_a_quarantined_row_is_taken_again_after_the_fix(root: Path, say: Say) -> None:
    file = root / "domains/shop/orders/ingest/order_line.yaml"
    good = file.read_text()
    file.write_text(
        good.replace("item:\n    type: string not null", "item:\n    type: string not null\n    one_of: [tea]")
    )
    land(root, "1.csv", "id,item,amount\n1,tea,2.50\n2,cake,4.00\n")
    assert say("run", "shop/orders").code == 0
    file.write_text(good)
    assert say("replay", "--product", "shop/orders").code == 0
    assert say("query", "select id from shop.order_line order by id", "--format", "csv").out == "id\n1\n2\n"


def test_a_table_is_rebuilt_from_what_landed(root: Path, say: Say) -> None:
    land(root, "1.csv", ONE)
    say("run", "shop/orders")
    ran = say("rebuild", "shop.order_line")
    assert ran.code == 0, ran
    assert "shop.order_line  published" in ran.out
    assert say("query", "select count(*) as n from shop.order_line", "--format", "csv").out == "n\n2\n"


def test_tests_of_products_pass_and_a_failing_one_shows_both_sides(root: Path, say: Say) -> None:
    told = say("test", "shop/orders")
    assert told.code == 0, told
    assert told.out.splitlines()[-1] == "2 passed, 0 failed"
    write(
        root, "domains/shop/orders/tests/a_line_is_kept/expect/shop.order_line.csv", "id,item,amount\n1,coffee,2.50\n"
    )
    told = say("test", "--product", "shop/orders")
    assert told.code == 1
    assert "✗  item    coffee    tea" in told.out
    assert told.out.splitlines()[-1] == "1 passed, 1 failed"


def test_a_product_without_a_test_fails_the_tests(say: Say) -> None:
    told = say("test")
    assert told.code == 1
    assert "shop/sales has no test" in told.out


def test_check_says_that_all_is_well_or_every_mistake(root: Path, say: Say) -> None:
    told = say("check")
    assert told.code == 0, told
    assert told.out.splitlines()[-1].startswith("2 products checked: no errors")
    file = root / "domains/shop/orders/ingest/order_line.yaml"
    file.write_text(file.read_text().replace("write: append", "wriet: append"))
    told = say("check")
    assert told.code == 1
    assert "domains/shop/orders/ingest/order_line.yaml:3:1" in told.out
    assert 'did you mean "write"' in told.out
    assert say("run", "shop/orders").code == 1


def test_a_contract_is_shown_with_where_each_line_is_from(root: Path, say: Say) -> None:
    told = say("contract", "shop.item_sales")
    assert told.code == 0
    assert "domains/shop/sales/transform/item_sales.yaml:" in told.out
    assert json.loads(say("contract", "shop.item_sales", "--json").out)["description"] == "One row per item."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "shop/order"], 'did you mean "shop/orders"?'),
        (["run", "orders"], "say domain/product"),
        (["history", "shop.order_lines"], 'did you mean "shop.order_line"?'),
        (["history", "shop.order_line"], "make run PRODUCT=shop/orders"),
        (["contract", "shop.nothing"], "there is no table shop.nothing"),
        (["rollback", "shop.order_line", "--to", "2013-01-31"], "shop.order_line"),
        (["rebuild", "order_line"], "say domain.table"),
    ],
)
def test_a_wrong_name_is_met_with_the_right_one(say: Say, arguments: list[str], told: str) -> None:
    ended = say(*arguments)
    assert ended.code == 1
    assert told in ended.err


def test_who_reviews_what_is_shown_and_written(root: Path, say: Say) -> None:
    assert "/domains/shop/ @acme/shop" in say("codeowners").out
    assert say("codeowners", "--write").code == 0
    assert "@acme/shop" in (root / "CODEOWNERS").read_text()


def test_the_lake_may_lie_elsewhere(root: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "else where/landing/shop/orders/daily/1.csv", ONE)
    assert say("run", "shop/orders", "--lake", "else where").code == 0
    assert (root / "else where/catalog.db").is_file()
    assert not (root / ".lake").exists()
    monkeypatch.setenv("LAKEMESH_LAKE", str(root / "else where"))
    monkeypatch.setenv("LAKEMESH_ROOT", str(root))
    monkeypatch.chdir(os.sep)
    assert "1 row" in say("query", "select count(*) as n from shop.order_line").out


def test_a_span_is_made_again_only_of_tables_that_are_made_by_spans(root: Path, say: Say) -> None:
    span = ("--since", "2013-02-01", "--until", "2013-03-01")
    told = say("backfill", "shop/sales", *span)
    assert (told.code, told.err.splitlines()[0]) == (1, "no table of shop/sales is made by spans of time")
    write(root, "domains/shop/clock/product.yaml", CLOCK)
    write(root, "domains/shop/clock/ingest/tick.yaml", TICK)
    write(root, "domains/shop/clock/transform/tick_daily.yaml", DAILY)
    write(root, "domains/shop/clock/transform/tick_daily.sql", SQL)
    write(
        root,
        ".lake/landing/shop/clock/ticks.csv",
        "at\n2013-02-01 10:00:00\n2013-02-01 11:00:00\n2013-03-05 09:00:00\n",
    )
    assert say("run", "shop/clock").code == 0
    told = say("backfill", "shop/clock", *span)
    assert told.code == 0, told
    assert "shop.tick_daily  published     1         1" in told.out
    assert "shop.tick " not in told.out
    assert say("query", "select ticks from shop.tick_daily order by day", "--format", "csv").out == "ticks\n2\n1\n"


CLOCK = "description: Ticks of a clock.\npublishes: [tick]\nstatus: published\nstart: by hand\n"
TICK = """\
description: One row per tick.
from: ticks.csv
write: append
columns:
  at:
    type: timestamp
    description: When it ticked.
"""
DAILY = """\
description: Ticks of a day.
write: window
time: day
lookback: 1 days
key: [day]
partition:
- day(day)
columns:
  day: date
  ticks: bigint
"""
SQL = """\
select to_date(at) as day, count(*) as ticks
from tick
where at >= :since and at < :until
group by to_date(at)
"""
