"""`lakemesh demo`, over an outside world of its own."""

from pathlib import Path

import pytest

from cli_shop import shop, write
from lakemesh.cli.app import outcome

LANDS = """\
import pathlib, sys
assert sys.argv[2] == "--zone"
file = pathlib.Path(sys.argv[1], sys.argv[3], "shop/orders/daily/1.csv")
file.parent.mkdir(parents=True, exist_ok=True)
file.write_text("id,item,amount\\n1,tea,2.50\\n2,cake,4.00\\n3,cake,4.00\\n")
print("orders: 3 rows in 1 file")
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LAKEMESH_ROOT", "LAKEMESH_LAKE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(shop(tmp_path))
    write(tmp_path, "platform/example/__main__.py", LANDS)
    question = "-- What sells best?\nselect item, sold from shop.item_sales order by sold desc"
    write(tmp_path, "platform/example/questions/1_best.sql", question)
    return tmp_path


def test_the_demo_lands_runs_and_answers_and_then_finds_nothing_new(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(["demo"]) == 0
    told = capsys.readouterr().out
    assert "  orders: 3 rows in 1 file" in told
    assert "2 tables published" in told
    assert "  What sells best?\n    item  sold\n    ────  ────\n    cake     2\n    tea      1\n" in told
    assert ".lake/landing" in told
    assert max(map(len, told.splitlines())) < 80
    assert outcome(["demo"]) == 0
    assert "Nothing new: 2 tables stand as they were." in capsys.readouterr().out


def test_a_source_that_cannot_land_ends_the_demo_with_1(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(root, "platform/example/__main__.py", "import sys; sys.exit('no network, and nothing was kept')")
    assert outcome(["demo"]) == 1
    told = capfd.readouterr().err
    assert told.startswith("no network, and nothing was kept\nthe example could not land its files")


def test_a_run_that_fails_ends_the_demo_and_says_why(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "platform/example/__main__.py", LANDS.replace("2.50", "x").replace("4.00", "y"))
    assert outcome(["demo"]) == 3
    told = capsys.readouterr().out
    assert "shop/orders: stopped" in told
    assert "questions" not in told


def test_without_the_example_the_demo_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "platform/example/__main__.py").unlink()
    assert outcome(["demo"]) == 1
    assert "platform/example/__main__.py" in capsys.readouterr().err
