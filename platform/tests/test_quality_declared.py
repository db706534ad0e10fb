"""Rules in quality/<table>.yaml: what they may ask, of which columns, and what is said of those that cannot be."""

from pathlib import Path
from textwrap import dedent

import pytest

from lakemesh.declare.expectations import EXPECTATIONS, REFUSED
from lakemesh.declare.names import TableName
from lakemesh.declare.pythonic import portable
from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.engine.portable import check as portable_sql
from lakemesh.errors import Mistakes
from lakemesh.mesh.check import check
from lakemesh.mesh.contract import contract_hash, promise_hash
from lakemesh.mesh.mesh import read
from lakemesh.quality.expectations.every import BY_ROW, WHOLE
from steps_world import Shop

SALE = """
from: sale/*.csv
write: append
key: [id]
columns:
  id: bigint
  title: string
  amount: decimal(10,2)
  sold: timestamp
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.ingest("sale", SALE)
    return shop


def told(shop: Shop, rules: str) -> list[str]:
    shop.write("domains/shop/orders/quality/sale.yaml", rules)
    return [str(mistake) for mistake in check(Tree(shop.root), describe, portable_sql)]


def test_every_name_that_may_be_written_is_asked_and_no_other() -> None:
    assert set(EXPECTATIONS) == set(BY_ROW) | set(WHOLE)
    assert {name for name, each in EXPECTATIONS.items() if each.rows} == set(BY_ROW)
    assert not set(REFUSED) & set(EXPECTATIONS)


def test_a_rule_of_a_column_that_is_not_there_is_told_with_the_one_that_was_meant(shop: Shop) -> None:
    assert told(shop, "- expect_column_values_to_not_be_null: {column: titel}\n") == [
        'domains/shop/orders/quality/sale.yaml:1:41: shop.sale has no column "titel"\n  → did you mean "title"?'
    ]


def test_a_question_that_does_not_fit_the_type_is_told(shop: Shop) -> None:
    (mistake,) = told(shop, "- expect_column_mean_to_be_between: {column: title, min_value: 1}\n")
    assert "title is string, of which expect_column_mean_to_be_between cannot be asked" in mistake
    assert "it is asked of int, bigint, float, double, decimal" in mistake
    (mistake,) = told(shop, "- expect_column_values_to_match_regex: {column: sold, regex: x}\n")
    assert "sold is timestamp" in mistake


def test_a_select_is_read_as_every_other_select_is(shop: Shop) -> None:
    rules = """
    - rule: Every sale has a customer.
      bad_rows: select s.id, s.customer from sale s
    - rule: Every sale is booked.
      bad_rows: select id from sale left anti join booking using (id)
    - rule: It is asked only now.
      expect_column_values_to_not_be_null: {column: title}
      where: amout > 1
    """
    found = "\n".join(told(shop, rules))
    assert "sale.yaml:2:3: " in found
    assert "customer" in found
    assert "sale.yaml:4:3: there is no table shop.booking" in found
    assert "sale.yaml:7:" in found
    assert "amout" in found
    assert "this starts with" in told(shop, "- {rule: It is well formed., bad_rows: selec 1}\n")[0]


def test_rules_of_a_table_that_the_product_does_not_have_are_told(shop: Shop) -> None:
    shop.write("domains/shop/orders/quality/sales.yaml", "- expect_table_row_count_to_equal: {value: 1}\n")
    (mistake,) = (str(each) for each in Tree(shop.root).mistakes())
    assert 'the product has no table "sales" that these rules could be of' in mistake
    assert 'did you mean "sale.yaml"?' in mistake


def test_a_rule_has_an_id_of_its_sentence_or_of_what_it_asks_and_no_two_have_the_same(shop: Shop) -> None:
    rules = """
    - rule: Titles are short.
      expect_column_value_lengths_to_be_between: {column: title, max_value: 20}
    - expect_column_values_to_not_be_null: {column: title}
    - expect_column_values_to_not_be_null: {column: title, mostly: 0.5}
    - id: mine
      expect_table_row_count_to_be_between: {min_value: 1}
    - expect_column_pair_values_to_be_equal: {column_A: id, column_B: amount}
    """
    assert told(shop, rules) == []
    tree = Tree(shop.root)
    contract = read(tree, describe, tree.tables(*tree.products())).contracts[TableName("shop", "sale")]
    assert [rule.id for rule in contract.rules] == [
        "titles_are_short",
        "title:values_to_not_be_null",
        "title:values_to_not_be_null:2",
        "mine",
        "id-amount:values_to_be_equal",
    ]
    assert [rule.over for rule in contract.rules] == ["new", "new", "new", "table", "new"]
    (mistake,) = told(shop, dedent(rules) + "- {id: mine, expect_table_row_count_to_equal: {value: 1}}\n")
    assert '"mine" is the id of a rule above' in mistake


def test_only_a_rule_that_sets_rows_aside_makes_a_table_again_and_every_rule_is_part_of_the_promise(shop: Shop) -> None:
    def hashes(rules: str) -> tuple[str, str]:
        assert told(shop, rules) == []
        tree = Tree(shop.root)
        contract = read(tree, describe, tree.tables(*tree.products())).contracts[TableName("shop", "sale")]
        return contract_hash(contract), promise_hash(contract)

    rule = "- expect_column_values_to_be_between: {column: amount, min_value: %d}\n  else: %s\n"
    warned, five = hashes(rule % (1, "warn")), hashes(rule % (5, "warn"))
    assert warned[0] == five[0]
    assert warned[1] != five[1]
    aside = hashes(rule % (5, "quarantine"))
    assert aside[0] != five[0]
    assert hashes(rule % (6, "quarantine"))[0] != aside[0]


def test_a_mistake_in_the_rules_is_told_before_anything_runs(shop: Shop) -> None:
    shop.write("domains/shop/orders/quality/sale.yaml", "- expect_column_values_to_not_be_null: {column: titel}\n")
    with pytest.raises(Mistakes, match="titel"):
        shop.world()


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (r"^[a-z]+$", r"^[a-z]+(?:\n?)\z"),
        (r"\d\w\s", r"[\p{Nd}][\p{L}\p{N}_][\t-\r\x1c-\x20\x85\xa0\p{Z}]"),
        (r"[^\d]{,2}.", r"[^\p{Nd}]{0,2}[^\n]"),
        (r"(?P<a>x)\Z", r"(x)\z"),
        ("(?s)a.", r"a(?:[^\n]|\n)"),
        ("[]a[]", r"[\]a\[]"),
        ("a{x}", r"a\{x\}"),
        (r"(?=a)b", None),
        (r"(a)\1", None),
        (r"\bword", None),
        ("(?i)x", None),
        ("a$b", None),
        ("a++", None),
        ("x{1001}", None),
    ],
)
def test_an_expression_is_the_same_for_every_engine_or_left_to_python(said: str, written: str | None) -> None:
    assert portable(said) == written
