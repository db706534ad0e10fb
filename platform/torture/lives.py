"""What happens in a child process: the acts of a scene, in a folder, told through a pipe. It may end at any moment."""

import pickle
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from looks import ORDERS, PRODUCT, look
from scenes import ERASED, Act, Scene
from stages import Stages, watch

from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.engine.duckdb.duckdb import DuckDB
from lakemesh.errors import Mistakes
from lakemesh.events import Event
from lakemesh.lake.folder import Folder
from lakemesh.lake.local import local
from lakemesh.lake.place import Place
from lakemesh.mesh.mesh import Mesh, read
from lakemesh.steps.erase import erase
from lakemesh.steps.maintain import maintain
from lakemesh.steps.replay import replay
from lakemesh.steps.rollback import rollback
from lakemesh.steps.run import run
from lakemesh.steps.world import Ask, World

ZONES = {"landing": "landing", "clean": "clean", "curated": "curated"}
MEMORY = 1 << 30
RESULT = "result"
FIRST = "first"
DAY = datetime(2024, 2, 1, 12, tzinfo=UTC)
ASKED: dict[Act, Ask] = {
    "run": Ask(),
    "run held": Ask(held=True),
    "run replace file": Ask(replace_file=True),
    "first copy": Ask(now=DAY),
    "copy": Ask(now=DAY + timedelta(days=1)),
    "rebuild": Ask(rebuild=True, tables=(ORDERS,)),
    "backfill": Ask(since=datetime(2024, 1, 2, tzinfo=UTC), until=datetime(2024, 1, 5, tzinfo=UTC)),
}
LATER = timedelta(days=10)
"""By then nothing is kept but what readers see, and what nobody reaches has been lying there for long enough."""


def life(root: Path, mesh: Mesh, scene: Scene, acts: Sequence[Act], pipe: int) -> None:
    """The acts; then what is there, and that there is nothing more to do."""
    stages = Stages(pipe)
    stages.tell()
    try:
        world = opened(root, mesh)
        watch(stages, world)
        for act in acts:
            do(root, world, act)
        stages.over()
        seen = dict(look(world, scene, world.clock() + LATER))
        if not scene.stopped:
            asked = ASKED["copy"] if "copy" in acts else Ask()
            seen["again"] = sorted({turn.state for turn in run(world, PRODUCT, asked, _quiet).tables})
        _write(root, seen)
    except Exception:
        _write(root, {"error": traceback.format_exc()})


def meshed(root: Path) -> None:
    """The mesh that a repository declares, for those who may not open an engine themselves."""
    tree = Tree(root / "repository")
    (root / RESULT).write_bytes(pickle.dumps(read(tree, describe, tree.tables(PRODUCT))))


def opened(root: Path, mesh: Mesh) -> World:
    """The world in that folder."""
    lake = local(Place("local", str(root / "lake"), ZONES, MEMORY))
    landing = Folder(root / "lake/landing", versions=root / "lake/_versions")
    engine = DuckDB(lake, MEMORY, threads=1, scratch=root / "lake/_scratch")
    return World(mesh, lake, engine, landing, Folder(root / "repository"), lambda: datetime.now(UTC), "here", 1)


def do(root: Path, world: World, act: Act) -> None:
    """One act, as the command line does it."""
    first = root / FIRST
    match act:
        case "replay":
            # Quarantine may hold nothing yet but rows of a run that died: it says so, and that a run is what helps.
            with suppress(Mistakes):
                replay(world, ORDERS, _quiet)
        case "rollback":
            with world.lake.store.hold(f"{PRODUCT.domain}.{PRODUCT.product}", "rollback", _quiet):
                rollback(world.lake, ORDERS, int(first.read_text()))
        case "maintain":
            maintain(replace(world, clock=lambda: datetime.now(UTC) + LATER), None, False, _quiet)
        case "erase":
            erase(world, ORDERS, ERASED, "a letter", "steward", _quiet)
        case "backfill":
            made = tuple(contract.table for contract in world.mesh.of(PRODUCT) if contract.table != ORDERS)
            run(world, PRODUCT, replace(ASKED[act], tables=made), _quiet)
        case _:
            run(world, PRODUCT, ASKED[act], _quiet)
    if not first.exists() and (head := world.lake.head(ORDERS)):
        first.write_text(str(head.id))


def _write(root: Path, value: dict[str, object]) -> None:
    (root / RESULT).write_bytes(pickle.dumps(value))


def _quiet(event: Event) -> None:
    """Nobody listens."""
