"""What is kept of a run: Great Expectations loads it and writes it again unchanged, and it sends nothing anywhere."""

import json
import subprocess
import sys
from pathlib import Path

from lakemesh.declare.names import TableName
from lakemesh.quality.results.kept import history, last
from lakemesh.quality.results.score import scores
from steps_world import Shop

RULES = """
- rule: Amounts are small.
  expect_column_values_to_be_between: {column: amount, max_value: 15}
  else: warn
- expect_column_values_to_match_regex: {column: email, regex: "^a"}
  else: note
- expect_column_values_to_be_unique: {column: id}
- expect_column_mean_to_be_between: {column: amount, min_value: 1}
- expect_column_quantile_values_to_be_between:
    column: amount
    quantile_ranges: {quantiles: [0.5], value_ranges: [[1, null]]}
- expect_column_distinct_values_to_be_in_set: {column: title, value_set: [Ant, Bee]}
  else: warn
- expect_column_values_to_match_json_schema: {column: title, json_schema: {type: object}}
  else: note
- rule: Nobody is called Cat.
  bad_rows: select id, title from sale where title = 'Cat'
  else: warn
  dimension: accuracy
"""
SALE = """
from: sale/*.csv
write: append
key: [id]
columns:
  id: bigint
  title: {type: string, one_of: [Ant, Bee, Cat]}
  amount: {type: "decimal(10,2)", range: 0..}
  email: {type: string, classification: personal}
"""
PROGRAM = """
import json, os, socket, sys
from pathlib import Path

def refuse(*given, **named):
    raise SystemExit("a socket was opened")

socket.socket.connect = refuse
os.environ["LAKEMESH_ROOT"], os.environ["LAKEMESH_LAKE"] = sys.argv[1], sys.argv[2]
from lakemesh.cli.app import outcome
assert outcome(["quality-docs"]) == 0
from great_expectations.core import ExpectationSuiteValidationResultSchema
from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
for file in Path(sys.argv[2]).glob("_verdicts/*/*/*.json"):
    ours = json.loads(file.read_text())
    loaded = ExpectationSuiteValidationResultSchema().load(json.loads(file.read_text()))
    made = ExpectationSuiteValidationResult(**loaded) if isinstance(loaded, dict) else loaded
    theirs = made.to_json_dict()
    print(json.dumps({"same": theirs == ours, "missing": [key for key in ours if ours[key] != theirs.get(key)]}))
"""


def run(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.ingest("sale", SALE)
    shop.write("domains/shop/orders/quality/sale.yaml", RULES)
    shop.land(
        "shop/orders/sale/1.csv", "id,title,amount,email\n1,Ant,10.00,a@b.c\n2,Bee,20.00,b@b.c\n3,Cat,30.00,c@b.c\n"
    )
    shop.run()
    return shop


def test_every_verdict_is_kept_with_what_was_asked_and_nothing_personal(tmp_path: Path) -> None:
    shop = run(tmp_path)
    shop.land("shop/orders/sale/2.csv", "id,title,amount,email\n4,Ant,1.00,d@b.c\n")
    shop.run()
    kept = history(shop.lake().store, TableName("shop", "sale"))
    assert [one.verdict for one in kept] == ["passed with warnings", "passed with warnings"]
    assert kept[0] == last(shop.lake().store, TableName("shop", "sale"))
    first = {told.rule: told for told in kept[1].rules}
    assert (first["amounts_are_small"].bad, first["amounts_are_small"].of) == (2, 3)
    assert first["title:one_of"].success
    assert first["nobody_is_called_cat"].examples == ('{"id": 3, "title": "Cat"}',)
    assert "@b.c" not in json.dumps(kept[1].document)
    found = scores(kept[1])
    assert found["uniqueness"] == 1
    assert found["accuracy"] == 0
    assert round(found["validity"], 3) < 1
    assert set(found) == {"completeness", "uniqueness", "validity", "accuracy", "all"}


def test_great_expectations_loads_it_and_makes_its_pages_and_sends_nothing(tmp_path: Path) -> None:
    shop = run(tmp_path)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, str(shop.root), str(shop.lake_root)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    index, *loaded = [line for line in done.stdout.splitlines() if line]
    assert Path(index).is_file()
    pages = list(Path(index).parent.rglob("*.html"))
    assert any("Nobody is called Cat" in page.read_text() for page in pages)
    assert [json.loads(line) for line in loaded] == [{"same": True, "missing": []}]
