"""Every kind of write, by one engine, by the other, and by both in turns on one table: what is left is the same."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.lake import runs
from lakemesh.mesh.mesh import read
from lakemesh.steps.world import World
from repository_files import ROOT
from steps_world import PRODUCT, Opens, on_duckdb

sys.path.insert(0, str(ROOT / "platform/torture"))
from lives import LATER, do, opened
from looks import MUST_BE_EMPTY, differences, look
from scenes import Act, Scene, scenes

KINDS = {scene.name: scene for scene in scenes(7)}


class Life:
    """A scene that is lived through, each act on the engine whose turn it is."""

    def __init__(self, root: Path, scene: Scene, engines: tuple[Opens, ...]) -> None:
        self.root, self.scene, self.engines = root, scene, engines
        self.acts = 0

    def write(self, below: str, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            file = self.root / below / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def world(self, opens: Opens) -> World:
        tree = Tree(self.root / "repository")
        world = opened(self.root, read(tree, describe, tree.tables(PRODUCT)))
        return replace(world, engine=opens(world.lake))

    def act(self, *acts: Act) -> None:
        for act in acts:
            do(self.root, self.world(self.engines[self.acts % len(self.engines)]), act)
            self.acts += 1

    def lived(self) -> dict[str, object]:
        """What there is in the end, and what each run said of it."""
        scene = self.scene
        self.write("repository", scene.declared)
        self.write("lake/landing", scene.landed)
        self.act(scene.first)
        self.write("repository", scene.later)
        self.write("lake/landing", scene.there)
        self.act(*scene.acts)
        self.write("lake/landing", scene.more)
        self.act(*scene.acts)
        world = self.world(on_duckdb)
        seen = dict(look(world, scene, world.clock() + LATER))
        records = sorted(runs.runs(world.lake.store, PRODUCT), key=lambda run: run.started)
        seen["runs"] = [
            [(str(turn.table), turn.state, turn.accounts.as_json(), findings(turn.verdict)) for turn in run.tables]
            for run in records
        ]
        return seen


def findings(verdict: object) -> list[tuple[object, ...]]:
    found = verdict["findings"] if isinstance(verdict, dict) else []
    return [(one["rule"], one["bad"], one["of"], one["else"]) for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_write_leaves_the_same_on_both_engines_and_in_turns(
    kind: str, tmp_path: Path, on_spark: Opens
) -> None:
    scene = KINDS[kind]
    orders: dict[str, tuple[Opens, ...]] = {
        "duckdb": (on_duckdb,),
        "spark": (on_spark,),
        "in turns": (on_spark, on_duckdb),
    }
    expected: dict[str, object] = {}
    for name, engines in orders.items():
        found = Life(tmp_path / name, scene, engines).lived()
        expected = expected or found
        assert not [word for word in MUST_BE_EMPTY if found.get(word)], name
        assert differences(expected, found) == [], name
