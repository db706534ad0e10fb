"""One worker's folder: scenes are prepared in it once, and then lived through again and again."""

import os
import pickle
import select
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from time import monotonic, sleep

from lives import FIRST, RESULT, life
from looks import MUST_BE_EMPTY, PRODUCT, Seen, differences
from scenes import Act, Scene

from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.mesh.mesh import Mesh, read

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["lives", "trial"])
PATIENCE = 120.0


@dataclass(slots=True)
class Lived:
    """What one life came to. `hit`: the stage of each kill; `wrong`: what is not as it must be; `kept`: where it is."""

    scene: str
    number: int
    hit: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    restarts: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A scene that stands ready: what it must come to, how long its acts take, and of how many stages they are made."""

    scene: Scene
    mesh: Mesh
    root: Path
    expected: Seen
    seconds: float
    stages: int


class Trial:
    """Lives of one worker, one after the other."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._seed = folder, seed
        self._ready: dict[str, Prepared] = {}

    def live(self, scene: Scene, number: int, kills: int) -> Lived:
        """One life with up to so many kills, at moments that the seed and the number choose."""
        began = monotonic()
        ready = self._ready.get(scene.name) or self._prepare(scene)
        random = Random(f"{self._seed} {number}")
        lived = Lived(scene.name, number)
        _restore(ready.root)
        for kill in range(kills):
            moment = _moment(random, ready)
            at = monotonic()
            stage = _killed(self._child(ready, scene.acts, last=False), moment)
            if stage:
                lived.hit.append(stage)
                lived.moments.append(monotonic() - at)
            if not kill:
                _land(ready.root, scene.more)
        lived.restarts = len(lived.hit)
        child = self._child(ready, scene.acts, last=True)
        found = _outcome(ready.root, child)
        lived.wrong = [str(found["error"])] if "error" in found else differences(ready.expected, found)
        if lived.wrong:
            # Its paths are absolute, so it stays where it is, and the scene gets another folder.
            lived.kept = ready.root
            del self._ready[scene.name]
        lived.seconds = monotonic() - began
        return lived

    def _prepare(self, scene: Scene) -> Prepared:
        root = self._folder / f"{scene.name.replace(' ', '-')}-{len(list(self._folder.glob('*')))}"
        _declare(root, scene.declared)
        _land(root, scene.landed)
        begun = _outcome(root, self._start(root, _mesh(root), scene, ("run",), True))
        assert (root / FIRST).is_file(), f"{scene.name} did not begin: {begun}"
        _declare(root, scene.later)
        mesh = _mesh(root)
        _land(root, scene.there)
        shutil.copytree(root, _pristine(root))
        bare = Prepared(scene, mesh, root, {}, 0, 0)
        # The undisturbed life, whose first half also tells how long there is to kill it in.
        at = monotonic()
        counted = _watched(self._child(bare, scene.acts, last=False))
        seconds = monotonic() - at
        _land(root, scene.more)
        expected = _outcome(root, self._child(bare, scene.acts, last=True))
        assert "error" not in expected, f"{scene.name}, undisturbed: {expected['error']}"
        for name in MUST_BE_EMPTY:
            assert not expected.get(name), f"{scene.name}, undisturbed: {name}: {expected.get(name)}"
        assert scene.stopped or expected["again"] == ["nothing new"], f"{scene.name}, undisturbed: {expected['again']}"
        assert expected["branch of a failed audit"] == scene.stopped, f"{scene.name}, undisturbed: its branches"
        self._ready[scene.name] = Prepared(scene, mesh, root, expected, seconds, counted)
        return self._ready[scene.name]

    def _child(self, ready: Prepared, acts: Sequence[Act], last: bool) -> "Child":
        return self._start(ready.root, ready.mesh, ready.scene, acts, last)

    def _start(self, root: Path, mesh: Mesh, scene: Scene, acts: Sequence[Act], last: bool) -> "Child":
        told, tells = CONTEXT.Pipe(duplex=False)
        process = CONTEXT.Process(target=life, args=(root, mesh, scene, acts, tells, last), daemon=True)
        process.start()
        tells.close()
        return Child(process, told)


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: so long after its begin, or so long after so many stages."""

    stages: int
    wait: float


@dataclass(slots=True)
class Child:
    """A life that runs, and what it has told so far."""

    process: ForkServerProcess
    pipe: Connection
    told: bytes = b""

    def hear(self, patience: float) -> bool:
        """Waits for more to be told; False where there is nothing any more."""
        if not select.select([self.pipe], [], [], max(0.0, patience))[0]:
            return True
        more = os.read(self.pipe.fileno(), 65536)
        self.told += more
        return bool(more)

    @property
    def stages(self) -> list[str]:
        return self.told.decode().split("\n")[:-1]

    def end(self) -> None:
        """All is told and it is gone."""
        until = monotonic() + PATIENCE
        while self.hear(1) and monotonic() < until:
            pass
        self.process.join(PATIENCE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        self.pipe.close()


def _moment(random: Random, ready: Prepared) -> Moment:
    # Half of them anywhere in time, half just after something happened: most commits are over in a blink.
    if random.random() < 0.5:
        return Moment(1, random.uniform(0, ready.seconds))
    return Moment(random.randint(1, ready.stages), random.uniform(0, 0.004))


def _killed(child: Child, moment: Moment) -> str | None:
    """Where it was when it was killed; None where it was over before."""
    until = monotonic() + PATIENCE
    while len(child.stages) < moment.stages and monotonic() < until and child.hear(0.5):
        pass
    after = monotonic() + moment.wait
    while monotonic() < after and wait([child.process.sentinel], 0) == []:
        sleep(min(0.001, max(0.0, after - monotonic())))
    child.process.kill()
    child.end()
    return (child.stages or ["begin"])[-1] if child.process.exitcode == -9 else None


def _watched(child: Child) -> int:
    child.end()
    return len(child.stages)


def _outcome(root: Path, child: Child) -> Seen:
    child.end()
    result = root / RESULT
    if not result.exists():
        return {"error": f"it ended with {child.process.exitcode} at {child.stages[-1:]}"}
    found: Mapping[str, object] = pickle.loads(result.read_bytes())
    result.unlink()
    return found


def _mesh(root: Path) -> Mesh:
    tree = Tree(root / "repository")
    return read(tree, describe, tree.tables(PRODUCT))


def _declare(root: Path, files: Mapping[str, str]) -> None:
    _write(root / "repository", files)


def _land(root: Path, files: Mapping[str, str]) -> None:
    _write(root / "lake/landing", files)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def _pristine(root: Path) -> Path:
    return root.with_name(f"{root.name}.pristine")


def _restore(root: Path) -> None:
    shutil.rmtree(root)
    shutil.copytree(_pristine(root), root)


def hits(lives: Sequence[Lived]) -> Counter[str]:
    """How often each stage was hit."""
    return Counter(stage for lived in lives for stage in lived.hit)
