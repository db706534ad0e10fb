"""A real cluster: a master and two workers in processes of their own, one of which is killed while it works."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from lakemesh.cli.engines import pinned
from repository_files import ROOT
from steps_world import Shop

FILES, ROWS, DAYS = 24, 10_000, 28
WAIT = 900
SURROUNDINGS = {
    **os.environ,
    "PYTHONPATH": f"{ROOT}/platform/src:{ROOT}/platform/tests",
    "PYSPARK_PYTHON": sys.executable,
    "SPARK_LOCAL_IP": "127.0.0.1",
    # What a daemon takes for itself.
    "SPARK_DAEMON_MEMORY": "128m",
}


class Cluster:
    """Its parts are groups of processes: what a worker started dies with it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self._start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0")
        self.address = self._said("master", r"Starting Spark master at (spark://\S+)")
        for name in ("one", "two"):
            folder = ("--work-dir", str(root / name))
            words = ("--host", "127.0.0.1", "--cores", "1", "--memory", "1g", *folder, self.address)
            self._start(name, "org.apache.spark.deploy.worker.Worker", *words)
            self._said(name, "Successfully registered with master")

    def _start(self, name: str, what: str, *words: str) -> None:
        import pyspark

        program = Path(pyspark.__file__).parent / "bin/spark-class"
        told = (self.root / f"{name}.log").open("wb")
        command = [program, what, "--webui-port", "0", *words]
        self.parts[name] = subprocess.Popen(
            command, env=SURROUNDINGS, cwd=self.root, stdout=told, stderr=told, start_new_session=True
        )

    def _said(self, name: str, words: str) -> str:
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            if found := re.search(words, (self.root / f"{name}.log").read_text()):
                return found[found.lastindex or 0]
            time.sleep(0.2)
        raise AssertionError((self.root / f"{name}.log").read_text())

    def kill(self, name: str) -> None:
        os.killpg(self.parts.pop(name).pid, signal.SIGKILL)

    def end(self) -> None:
        for name in list(self.parts):
            self.kill(name)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    assert pinned(ROOT)
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    made.end()


def row(n: int) -> tuple[int, str, Decimal]:
    return n, f"2024-01-{1 + n % DAYS:02}", Decimal(n * 7919 % 100_000) / 100


def test_a_worker_that_dies_in_the_middle_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    landing = root / "lake/landing/shop/orders/in"
    landing.mkdir(parents=True)
    for number in range(FILES):
        lines = (f"{a},{b},{c}\n" for a, b, c in map(row, range(number * ROWS, (number + 1) * ROWS)))
        (landing / f"{number:03}.csv").write_text("id,day,amount\n" + "".join(lines) + f"x{number},2024-01-01,1\n")
    program = Path(__file__).with_name("cluster_run.py")
    with subprocess.Popen(
        [sys.executable, str(program), cluster.address, str(root)], env=SURROUNDINGS, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        assert run.stdout.readline() == "begins\n"
        # It writes what it has read and kept on both.
        until = time.monotonic() + WAIT
        while not list((root / "lake/clean/shop/orders").rglob("*.parquet")) and time.monotonic() < until:
            time.sleep(0.02)
        cluster.kill("one")
        told = run.stdout.read()
    assert run.returncode == 0, told
    (orders, accounts, _), (daily, _, why) = json.loads(told.splitlines()[-1]).values()
    rows = FILES * ROWS
    assert (orders, daily) == ("published", "published"), why
    assert accounts == {"read": rows + FILES, "inserted": rows, "quarantined": FILES}
    shop = Shop(root)
    found = shop.rows("orders", "count(*), count(distinct id), sum(amount), count(distinct _source_file)")
    assert found == [(rows, rows, sum(row(n)[2] for n in range(rows)), FILES)]
    assert sum(int(str(n)) for _, n in shop.rows("daily", "day, rows")) == rows
    assert len(shop.rows("orders__quarantine")) == FILES
