"""Rules in a run: a stop leaves readers what they had, rows are set aside and counted, warnings are told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lakemesh.lake.runs import Run
from steps_world import Shop, counts, states

SALE = """
from: sale/*.csv
write: %s
max_bad: 100 %%
columns:
  id: bigint
  title: string
  amount: decimal(10,2)
  email: {type: string, classification: personal}
"""
GOOD = "id,title,amount,email\n1,Ant,10.00,a@b.c\n2,Bee,20.00,b@b.c\n3,Cat,30.00,c@b.c\n"
WORSE = "id,title,amount,email\n4,Dog,-1.00,d@b.c\n5,,99.00,e@b.c\n6,Fox,7.00,f@b.c\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.ingest("sale", SALE % "append")
    shop.land("shop/orders/sale/1.csv", GOOD)
    return shop


def rules(shop: Shop, text: str, table: str = "sale") -> None:
    shop.write(f"domains/shop/orders/quality/{table}.yaml", text)


def verdict(ran: Run, table: str = "sale") -> dict[str, object]:
    (turn,) = [turn for turn in ran.tables if turn.table.table == table]
    assert turn.verdict is not None
    return dict(turn.verdict)


def found(ran: Run, rule: str, table: str = "sale") -> dict[str, object]:
    (one,) = [each for each in verdict(ran, table)["findings"] if each["rule"] == rule]  # type: ignore[union-attr, index, call-overload]
    return dict(one)  # type: ignore[call-overload, arg-type]


def test_a_rule_that_stops_leaves_main_as_it_was_and_says_which_rows(shop: Shop) -> None:
    rules(shop, "- rule: Amounts are positive.\n  expect_column_values_to_be_between: {column: amount, min_value: 0}\n")
    assert states(shop.run()) == {"sale": "published"}
    shop.land("shop/orders/sale/2.csv", WORSE)
    ran = shop.run()
    assert states(ran) == {"sale": "stopped"}
    assert [row[0] for row in shop.rows("sale", "id")] == [1, 2, 3]
    told = found(ran, "amounts_are_positive")
    assert (told["bad"], told["of"], told["else"]) == (1, 3, "stop")
    (example,) = told["examples"]  # type: ignore[misc]
    assert json.loads(str(example))["id"] == 4
    assert json.loads(str(example))["email"] == "(hidden)"
    assert (
        told["query"] == "select * from `shop`.`sale` where `amount` is not null and not coalesce(`amount` >= 0, false)"
    )
    assert "Amounts are positive. 1 of 3 rows fails" in ran.tables[0].note


def test_rows_that_break_a_rule_are_set_aside_and_every_row_is_accounted_for(shop: Shop) -> None:
    rules(
        shop,
        """
        - rule: Amounts are positive.
          expect_column_values_to_be_between: {column: amount, min_value: 0}
          else: quarantine
        - expect_column_values_to_not_be_null: {column: title}
          where: amount > 50
          else: quarantine
        """,
    )
    shop.land("shop/orders/sale/2.csv", WORSE)
    ran = shop.run()
    assert states(ran) == {"sale": "published"}
    assert counts(ran, "sale") == {"read": 6, "inserted": 4, "quarantined": 2}
    assert [row[0] for row in shop.rows("sale", "id")] == [1, 2, 3, 6]
    aside = shop.rows("sale__quarantine", "_rule, _column, _reason")
    assert aside == [
        ("amounts_are_positive", "amount", "Amounts are positive."),
        ("title:values_to_not_be_null", "title", "Where amount > 50, title is not null."),
    ]


def test_a_rule_that_warns_is_published_and_told_and_one_that_notes_is_kept(shop: Shop) -> None:
    rules(
        shop,
        """
        - expect_column_mean_to_be_between: {column: amount, max_value: 5}
          else: warn
        - expect_column_values_to_be_in_set: {column: title, value_set: [Ant]}
          else: note
          why: Only ants were promised.
        """,
    )
    ran = shop.run()
    assert states(ran) == {"sale": "published"}
    assert verdict(ran)["verdict"] == "passed with warnings"
    assert "The mean of amount is at most 5. Observed 20.0" in ran.tables[0].note
    noted = found(ran, "title:values_to_be_in_set")
    assert (noted["bad"], noted["of"], noted["why"]) == (2, 3, "Only ants were promised.")
    assert "title" not in ran.tables[0].note


def test_a_share_that_is_enough_lets_the_others_pass(shop: Shop) -> None:
    rules(shop, "- expect_column_values_to_be_in_set: {column: title, value_set: [Ant, Bee], mostly: 0.6}\n")
    ran = shop.run()
    assert states(ran) == {"sale": "published"}
    assert verdict(ran)["findings"] == []


def test_single_rows_are_looked_at_when_they_come_and_totals_over_the_whole_table(shop: Shop) -> None:
    shop.run()
    rules(
        shop,
        """
        - expect_column_values_to_not_be_null: {column: title}
        - expect_table_row_count_to_be_between: {min_value: 6}
        - rule: No amount of this run is above 50.
          bad_rows: select id, amount from sale where amount > 50
          over: new
          else: warn
        """,
    )
    shop.land("shop/orders/sale/2.csv", WORSE)
    ran = shop.run()
    told = found(ran, "title:values_to_not_be_null")
    assert (told["bad"], told["of"]) == (1, 3)
    assert found(ran, "no_amount_of_this_run_is_above_50")["bad"] == 1
    assert len(verdict(ran)["findings"]) == 2  # type: ignore[arg-type]


def test_a_select_returns_the_bad_rows_and_shows_nothing_personal(shop: Shop) -> None:
    shop.ingest("title", "from: title/*.csv\nwrite: replace\ncolumns: {title: string, colour: string}\n")
    shop.land("shop/orders/title/1.csv", "title,colour\nAnt,red\nBee,yellow\n")
    rules(
        shop,
        """
        - rule: Every title is known.
          bad_rows: >
            select s.id, s.email as mail, upper(s.title) as title, t.colour
            from sale s left join title t on t.title = s.title where t.title is null
        """,
    )
    ran = shop.run()
    assert states(ran) == {"title": "published", "sale": "stopped"}
    told = found(ran, "every_title_is_known")
    assert told["bad"] == 1
    (example,) = told["examples"]  # type: ignore[misc]
    assert json.loads(str(example)) == {"id": 3, "mail": "(hidden)", "title": "CAT", "colour": "(hidden)"}


def test_of_personal_columns_counts_are_kept_and_no_value(shop: Shop) -> None:
    rules(shop, '- expect_column_values_to_match_regex: {column: email, regex: "^[ab]"}\n')
    ran = shop.run()
    told = json.dumps(verdict(ran))
    assert found(ran, "email:values_to_match_regex")["bad"] == 1
    assert "c@b.c" not in told


def test_a_rule_that_cannot_be_asked_fails_alone(shop: Shop) -> None:
    rules(
        shop,
        """
        - expect_column_values_to_be_in_set: {column: title, value_set: [Ant, Bee, Cat]}
        - expect_column_values_to_match_json_schema: {column: title, json_schema: {type: object}}
          else: warn
        """,
    )
    ran = shop.run()
    assert states(ran) == {"sale": "published"}
    assert "a value is not JSON" in str(found(ran, "title:values_to_match_json_schema")["observed"])


def test_a_transform_is_stopped_by_its_rules_as_well(shop: Shop) -> None:
    shop.transform(
        "total",
        "write: replace\ndescription: Sums.\ncolumns: {amount: {type: 'decimal(20,2)'}}\n",
        "select title, sum(amount) as amount from sale group by title",
    )
    rules(shop, "- expect_column_sum_to_be_between: {column: amount, min_value: 61}\n", "total")
    ran = shop.run()
    assert states(ran) == {"sale": "published", "total": "stopped"}
    assert "Observed 60.00" in ran.tables[1].note
    assert shop.rows("total") == []


def test_a_run_with_rules_imports_nothing_of_great_expectations(tmp_path: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from steps_world import Shop, states
shop = Shop(Path({str(tmp_path)!r}))
shop.ingest("sale", {SALE % "append"!r})
shop.land("shop/orders/sale/1.csv", {GOOD!r})
shop.write("domains/shop/orders/quality/sale.yaml", "- expect_column_values_to_be_unique: {{column: id}}\\n")
assert states(shop.run()) == {{"sale": "published"}}
print([name for name in sys.modules if name.split(".")[0] in ("great_expectations", "posthog")])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
