"""Every test folder of the example mesh holds on Spark too: rows in, rows out, and the run on each product's sample."""

from dataclasses import replace
from pathlib import Path

import pytest

from lakemesh.cli.open import Here
from lakemesh.declare.names import ProductName
from lakemesh.declare.tree import Tree
from lakemesh.steps.test import test as tried
from repository_files import ROOT
from steps_world import Opens

PRODUCTS = Tree(ROOT).products()


@pytest.mark.parametrize("product", PRODUCTS, ids=str)
def test_the_folders_of_a_product_hold(product: ProductName, on_spark: Opens, tmp_path: Path) -> None:
    here = replace(Here.at(str(ROOT), str(tmp_path)), engine_name="spark")
    cases = tried(here.tree, product, here.scratch_world, lambda event: None)
    assert cases
    assert not [(case.name, case.error, case.differences) for case in cases if not case.passed]
