"""A run that dies under one engine is taken up by the other: no row is lost or doubled, whatever it was doing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from demo_world import Demo
from lake_processes import Killed
from repository_files import ROOT
from steps_world import Opens, Shop, on_duckdb, states
from test_steps_crash import Mortal, land, shop_of, tables

EVERY = 7


def lived(root: Path, kind: str, fatal: int, dies: Opens, takes_up: Opens) -> tuple[Shop, int]:
    """One file run through, the next one killed, and one more landed before the other engine begins."""
    shop = shop_of(root, kind)
    land(shop, kind, 0)
    shop.engine = on_duckdb  # type: ignore[method-assign]
    shop.run()
    land(shop, kind, 1)
    mortal = Mortal(fatal)
    shop.engine = dies  # type: ignore[method-assign]
    try:
        shop.run(shop.world(mortal.lake(shop.lake())))
    except Killed:
        assert fatal
    land(shop, kind, 2)
    shop.engine = takes_up  # type: ignore[method-assign]
    shop.run()
    return shop, mortal.effects


@pytest.mark.parametrize("dies_on", ["spark", "duckdb"])
@pytest.mark.parametrize("kind", ["append", "merge", "cdc", "window"])
def test_what_dies_under_one_is_taken_up_by_the_other(kind: str, dies_on: str, tmp_path: Path, on_spark: Opens) -> None:
    dies, takes_up = (on_spark, on_duckdb) if dies_on == "spark" else (on_duckdb, on_spark)
    undisturbed, effects = lived(tmp_path / "undisturbed", kind, 0, dies, takes_up)
    expected = tables(undisturbed, kind)
    assert effects > 10
    assert (expected["branches"], expected["running"]) == ([], [])
    for fatal in range(2, effects + 1, EVERY):
        shop, _ = lived(tmp_path / f"killed at {fatal}", kind, fatal, dies, takes_up)
        found = tables(shop, kind)
        # A batch that was taken together settles its keys together; which file a row is counted to may differ.
        assert {**found, "ledger": set(found["ledger"])} == {**expected, "ledger": set(expected["ledger"])}, fatal  # type: ignore[call-overload]
        shop.engine = on_duckdb  # type: ignore[method-assign]
        assert set(states(shop.run()).values()) == {"nothing new"}, fatal


def test_a_process_of_spark_that_is_killed_leaves_nothing_that_duckdb_does_not_put_right(tmp_path: Path) -> None:
    product, lake = "fleet/aircraft", tmp_path / "lake"
    sources = {**os.environ, "PYTHONPATH": str(ROOT / "platform/src")}
    word = [sys.executable, "-m", "lakemesh.cli", "run", "--lake", str(lake), "--plain", "--product", product]
    subprocess.run([sys.executable, ROOT / "platform/example", lake, "--zone", "landing"], check=True, cwd=ROOT)
    dying = subprocess.Popen([*word, "--engine", "spark"], cwd=ROOT, env=sources, stdout=subprocess.DEVNULL)
    # Whatever it wrote of the first table's data is on the disk, and not yet published.
    until = time.monotonic() + 600
    while not list((lake / "clean/fleet").rglob("*.parquet")) and time.monotonic() < until:
        time.sleep(0.05)
    dying.send_signal(signal.SIGKILL)
    assert dying.wait() == -signal.SIGKILL
    said = subprocess.run(word, cwd=ROOT, env=sources, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
    made = Demo(lake)
    assert made.table("fleet.plane").num_rows == made.expected["fleet.plane"]
    assert len(made.runs) == 2
    assert "running" not in {run["state"] for run in made.runs}
