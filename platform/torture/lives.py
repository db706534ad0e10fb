"""What happens in a child process: the acts of a scene, in a folder, told through a pipe. It may end at any moment."""

import pickle
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from looks import ORDERS, PRODUCT, look
from scenes import Act, Scene
from stages import Stages, watch

from lakemesh.engine.duckdb.duckdb import DuckDB
from lakemesh.errors import Mistakes
from lakemesh.events import Event
from lakemesh.lake.folder import Folder
from lakemesh.lake.local import local
from lakemesh.lake.place import Place
from lakemesh.mesh.mesh import Mesh
from lakemesh.steps.replay import replay
from lakemesh.steps.rollback import rollback
from lakemesh.steps.run import run
from lakemesh.steps.world import Ask, World

ZONES = {"landing": "landing", "clean": "clean", "curated": "curated"}
MEMORY = 1 << 30
RESULT = "result"
FIRST = "first"


def life(root: Path, mesh: Mesh, scene: Scene, acts: Sequence[Act], pipe: Connection, last: bool) -> None:
    """The acts; and, of the last life, what is there then, and that there is nothing more to do."""
    stages = Stages(pipe.fileno())
    stages.tell()
    try:
        world = opened(root, mesh)
        watch(stages, world)
        for act in acts:
            do(root, world, act)
        if last:
            seen = dict(look(world, scene))
            if not scene.stopped:
                again = run(world, PRODUCT, Ask(), _quiet)
                seen["again"] = sorted({turn.state for turn in again.tables})
            _write(root, seen)
    except Exception:
        _write(root, {"error": traceback.format_exc()})


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
        case "run" | "run held" | "run replace file":
            run(world, PRODUCT, Ask(held=act == "run held", replace_file=act == "run replace file"), _quiet)
        case "replay":
            # Quarantine may hold nothing yet but rows of a run that died: it says so, and that a run is what helps.
            with suppress(Mistakes):
                replay(world, ORDERS, _quiet)
        case "rollback":
            with world.lake.store.hold(f"{PRODUCT.domain}.{PRODUCT.product}", "rollback", _quiet):
                rollback(world.lake, ORDERS, int(first.read_text()))
    if not first.exists() and (head := world.lake.head(ORDERS)):
        first.write_text(str(head.id))


def _write(root: Path, value: dict[str, object]) -> None:
    (root / RESULT).write_bytes(pickle.dumps(value))


def _quiet(event: Event) -> None:
    """Nobody listens."""
