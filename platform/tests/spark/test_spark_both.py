"""Every kind of write, by one engine, by the other, and by both in turns on one table: what is left is the same."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import Opens

from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.lake import runs
from lakemesh.mesh.mesh import read
from lakemesh.steps.world import World
from repository_files import ROOT
from steps_world import PRODUCT, on_duckdb

sys.path.insert(0, str(ROOT / "platform/torture"))
from lives import do, opened
from looks import MUST_BE_EMPTY, differences, look
from scenes import PRODUCT as FOLDER
from scenes import Scene, scenes

ORDERS = f"{FOLDER}/ingest/orders.yaml"
HISTORY = """\
description: Orders, as they were.
from: in/*.csv
write: history
key: [id]
newest: at
max_bad: 90 %
columns:
  id: int
  amount: int
  at: timestamp
"""
REPEATS = """\
description: Orders; some come twice.
from: in/*.csv
write: append
key: [id]
time: at
repeats: 10 days
max_bad: 90 %
columns:
  id: int
  amount: int
  at: timestamp
"""
COPY = """\
description: Every day's orders.
write: daily_copy
columns:
  id: int
  amount: int
"""


def kinds() -> tuple[Scene, ...]:
    """Those that are tortured, and those that keep what was."""
    tortured = scenes(7)
    plain = tortured[0]
    history = replace(plain, name="history", declared={**plain.declared, ORDERS: HISTORY}, settles=True)
    repeats = replace(plain, name="repeats", declared={**plain.declared, ORDERS: REPEATS}, settles=True)
    copied = {
        f"{FOLDER}/transform/daily.yaml": COPY,
        f"{FOLDER}/transform/daily.sql": "select id, amount from orders\n",
    }
    copy = replace(plain, name="daily copy", declared={**plain.declared, **copied})
    return (*tortured, history, repeats, copy)


KINDS = {scene.name: scene for scene in kinds()}


class Life:
    """A scene that is lived through, each act on the engine whose turn it is. A minute goes by between them."""

    def __init__(self, root: Path, scene: Scene, engines: tuple[Opens, ...]) -> None:
        self.root, self.scene, self.engines = root, scene, engines
        self.now = datetime.fromisoformat("2024-02-01T12:00:00+00:00")
        self.acts = 0
        self.write("repository", scene.declared)

    def write(self, below: str, files: object) -> None:
        for path, text in dict(files).items():  # type: ignore[call-overload]
            file = self.root / below / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def world(self, opens: Opens) -> World:
        tree = Tree(self.root / "repository")
        world = opened(self.root, read(tree, describe, tree.tables(PRODUCT)))
        return replace(world, engine=opens(world.lake), clock=lambda: self.now)

    def act(self, *acts: str) -> None:
        for act in acts:
            self.now += timedelta(minutes=1)
            do(self.root, self.world(self.engines[self.acts % len(self.engines)]), act)  # type: ignore[arg-type]
            self.acts += 1

    def lived(self) -> dict[str, object]:
        """What there is in the end, and what each run said of it."""
        scene = self.scene
        self.write("lake/landing", scene.landed)
        self.act("run")
        self.write("repository", scene.later)
        self.write("lake/landing", scene.there)
        self.act(*scene.acts)
        self.write("lake/landing", scene.more)
        self.act(*scene.acts)
        seen = dict(look(self.world(on_duckdb), scene))
        records = sorted(runs.runs(self.world(on_duckdb).lake.store, PRODUCT), key=lambda run: run.id)
        seen["runs"] = [
            [(str(turn.table), turn.state, turn.accounts.as_json(), findings(turn.verdict)) for turn in run.tables]
            for run in records
        ]
        return seen


def findings(verdict: object) -> list[tuple[object, ...]]:
    found = verdict["findings"] if isinstance(verdict, dict) else []
    return [(one["rule"], one["bad"], one["of"], one["else"], sorted(one["examples"])) for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_write_leaves_the_same_on_both_engines_and_in_turns(
    kind: str, tmp_path: Path, on_spark: Opens
) -> None:
    scene = KINDS[kind]
    tables = (*scene.tables, "daily") if kind == "daily copy" else scene.tables
    assert tables
    orders: dict[str, tuple[Callable[..., object], ...]] = {
        "duckdb": (on_duckdb,),
        "spark": (on_spark,),
        "duckdb first": (on_duckdb, on_spark),
        "spark first": (on_spark, on_duckdb),
    }
    expected: dict[str, object] = {}
    for name, engines in orders.items():
        found = Life(tmp_path / name, scene, engines).lived()  # type: ignore[arg-type]
        expected = expected or found
        assert not [word for word in MUST_BE_EMPTY if found[word]], name
        assert differences(expected, found) == [], name
