"""maintain, erase and doctor as words of the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli_shop import land, shop
from lakemesh.cli.app import outcome

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    for name in ("LAKEMESH_ROOT", "LAKEMESH_LAKE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(shop(tmp_path))

    def lakemesh(*arguments: str) -> tuple[int, str, str]:
        code = outcome(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return lakemesh


def test_a_lake_is_kept_in_order_a_person_is_forgotten_and_all_is_well(tmp_path: Path, say: Say) -> None:
    land(tmp_path, "1.csv", "id,item,amount\n1,green tea,2.50\n2,cake,4.00\n3,green tea,much\n")
    assert say("run", "--all")[0] == 0
    assert say("maintain", "--dry-run") == (0, "All in good order: nothing to do.\n", "")
    code, out, _ = say("doctor")
    assert (code, out.splitlines()[-1].split(": ")[1]) == (0, "all is well.")
    code, out, _ = say("erase", "shop.order_line", "--where", "item = 'green tea'", "--why", "a letter")
    assert code == 0
    assert "1 row left shop.order_line, and 1 row its quarantine." in out
    assert "  landing/shop/orders/daily/1.csv" in out
    assert "Made from shop.item_sales" not in out
    assert "Made from shop.order_line: shop.item_sales." in out
    assert "Recorded in _erasures/shop/order_line/" in out
    code, out, _ = say("maintain", "--table", "shop.order_line")
    assert code == 0
    assert say("doctor")[0] == 0


def test_what_is_wrong_ends_with_one_and_is_mended_where_it_can_be(tmp_path: Path, say: Say) -> None:
    land(tmp_path, "1.csv", "id,item,amount\n1,tea,2.50\n")
    assert say("run", "--all")[0] == 0
    (tmp_path / ".lake/catalog.db").unlink()
    code, out, _ = say("doctor")
    assert code == 1
    assert "catalog.db: it is missing; the newest metadata of all" in out
    code, out, _ = say("doctor", "--repair")
    assert code == 0
    assert "→ mended" in out
    assert say("query", "--sql", "select id from shop.order_line")[0] == 0


def test_an_erasure_wants_to_know_whom_and_why(say: Say) -> None:
    assert say("erase", "shop.order_line", "--where", "id = 1")[0] == 2
