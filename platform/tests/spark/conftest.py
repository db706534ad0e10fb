"""One Spark for all of these tests: it starts in seconds, and is the same for every lake."""

import os
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from lakemesh.cli.engines import opened
from repository_files import ROOT
from steps_world import Opens, Shop, on_duckdb

SUITES = "suites.txt"
# Thousands of small statements: what the better of Java's compilers gains, it never earns back here.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@pytest.fixture(scope="session")
def on_spark(tmp_path_factory: pytest.TempPathFactory) -> Opens:
    """Spark over a lake."""
    scratch = tmp_path_factory.mktemp("spark")
    return lambda lake: opened("spark", lake, ROOT, scratch)


@pytest.fixture
def in_turns(on_spark: Opens) -> Opens:
    """DuckDB and Spark in turns, each time that the lake is opened."""
    turn = cycle((on_duckdb, on_spark))
    return lambda lake: next(turn)(lake)


@pytest.fixture(autouse=True)
def shops_run_on_spark(on_spark: Opens, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if f"/{SUITES}::" in request.node.nodeid:
        monkeypatch.setattr(Shop, "engine", staticmethod(on_spark))


class Suite(pytest.Module):
    """A module of tests without those that a word is in."""

    without: tuple[str, ...] = ()

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        return (one for one in super().collect() if not any(word in one.name for word in self.without))


class Suites(pytest.File):
    """Modules of tests that are named in a file, below this folder and so with what is said here."""

    def collect(self) -> Iterator[pytest.Module]:
        lines = self.path.read_text("utf-8").splitlines()
        for name, *without in (line.split() for line in lines if not line.startswith("#")):
            path = ROOT / "platform/tests" / f"{name}.py"
            suite = Suite.from_parent(self, path=path, nodeid=f"{self.nodeid}::{name}")
            suite.without = tuple(word.removeprefix("-") for word in without)
            yield suite


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Suites | None:
    return Suites.from_parent(parent, path=file_path) if file_path.name == SUITES else None
