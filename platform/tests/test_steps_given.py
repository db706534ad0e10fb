"""The rows of a product's tests: what cannot be read is told, and not left out."""

from datetime import datetime
from pathlib import Path

import pytest

from lakemesh.declare.names import ProductName
from lakemesh.declare.tree import Tree
from lakemesh.steps import test as product_tests
from lakemesh.steps.case import Case
from lakemesh.steps.world import World
from steps_world import PRODUCT, Shop

ORDER = "description: Orders.\nfrom: in/*.csv\nwrite: append\ncolumns:\n  id: int\n  state: string\n"
FOLDER = "domains/shop/orders/tests/an_order_is_taken"


def tried(root: Path, **rows: str) -> Case:
    """One test, whose folders hold these rows of orders."""
    shop = Shop(root)
    shop.ingest("orders", ORDER)
    for folder, text in rows.items():
        shop.write(f"{FOLDER}/{folder}/shop.orders.csv", text)

    def world(tree: Tree, product: ProductName, scratch: Path, now: datetime | None) -> World:
        other = Shop(scratch)
        other.root = shop.root
        return other.world()

    return product_tests.test(Tree(shop.root), PRODUCT, world, shop.told.append)[0]


def test_rows_that_come_out_as_expected_pass_and_others_are_shown(tmp_path: Path) -> None:
    good = tried(tmp_path / "good", given="id,state\n1,new\n", expect="id,state\n1,new\n")
    assert (good.passed, good.error) == (True, "")
    bad = tried(tmp_path / "bad", given="id,state\n1,new\n", expect="id,state\n1,new\n2,new\n")
    assert (bad.passed, [one.expected for one in bad.differences]) == (False, [(2, "new")])


@pytest.mark.parametrize("line", ["2", "2,new,more"])
def test_a_line_that_is_no_row_fails_instead_of_being_left_out(tmp_path: Path, line: str) -> None:
    case = tried(tmp_path, given="id,state\n1,new\n", expect=f"id,state\n1,new\n{line}\n")
    assert not case.passed
    assert f"expect/shop.orders.csv:3: the line has {len(line.split(','))} values, and its header 2" in case.error


@pytest.mark.parametrize("folder", ["before", "expect"])
def test_a_value_that_is_none_of_its_columns_type_is_told_at_its_line(tmp_path: Path, folder: str) -> None:
    rows = {"given": "id,state\n1,new\n", "before": "id,state\n", "expect": "id,state\n1,new\n"}
    case = tried(tmp_path, **{**rows, folder: "id,state\n,old\nx1,new\n"})
    assert not case.passed
    assert f"{folder}/shop.orders.csv:3: id is int, and 'x1' is not" in case.error
    assert "nothing between the commas for null" in case.error
