"""One worker's folder: scenes are prepared in it once, and then lived through again and again."""

import pickle
import shutil
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import monotonic

from forks import OVER, Child
from lives import FIRST, RESULT, life, meshed
from looks import MUST_BE_EMPTY, Difference, Seen, differences, rows_in
from scenes import Act, Scene

from lakemesh.mesh.mesh import Mesh


@dataclass(slots=True)
class Lived:
    """What one life came to. `hit`: the stage of each kill; `moments`: when it came; `compared`: rows that were, with
    those of the undisturbed life; `wrong`: what is not as it must be; `kept`: where it is."""

    scene: str
    number: int
    hit: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    processes: int = 0
    seconds: float = 0.0
    compared: int = 0
    wrong: list[Difference] = field(default_factory=list)
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A scene that stands ready: what it must come to, how long its acts took the last times that they were let live,
    and of how many stages they are made."""

    scene: Scene
    mesh: Mesh
    root: Path
    expected: Seen
    stages: int
    lengths: deque[float]


class Trial:
    """Lives of one worker, one after the other."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._seed = folder, seed
        self._ready: dict[str, Prepared] = {}

    def live(self, scene: Scene, number: int, kills: int) -> Lived:
        """One life with up to so many kills, at moments that the seed and the number choose. The process that was
        over before its moment came is the last."""
        began = monotonic()
        ready = self._ready.get(scene.name) or self._prepare(scene)
        random = Random(f"{self._seed} {number}")
        lived = Lived(scene.name, number)
        found: Seen = {}
        _restore(ready.root)
        while True:
            child = self._child(ready.root, ready.mesh, scene, scene.acts)
            lived.processes += 1
            if len(lived.hit) < kills:
                child.live(*_moment(random, ready))
                if child.over_at is None:
                    at = monotonic() - child.began
                    child.kill()
                    if child.killed:
                        lived.hit.append((child.stages or ["begin"])[-1])
                        lived.moments.append(at)
            if not child.killed:
                found = _outcome(ready.root, child)
                if child.over_at is not None:
                    ready.lengths.append(child.over_at - child.began)
            if lived.processes == 1:
                # Whoever was over at once has another act to follow: the file that lands meanwhile.
                _land(ready.root, scene.more)
            elif not child.killed:
                break
        lived.compared = rows_in(ready.expected)
        lived.wrong = differences(ready.expected, found)
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
        begun = self._must(root, _mesh(root), scene, (scene.first,))
        assert (root / FIRST).is_file(), f"{scene.name} did not begin: {begun}"
        _declare(root, scene.later)
        mesh = _mesh(root)
        _land(root, scene.there)
        shutil.copytree(root, _pristine(root))
        # The undisturbed life, whose first half also tells how long there is to kill it in.
        undisturbed = self._child(root, mesh, scene, scene.acts)
        _outcome(root, undisturbed)
        assert undisturbed.over_at is not None, f"{scene.name}, undisturbed, was not over"
        length = undisturbed.over_at - undisturbed.began
        _land(root, scene.more)
        expected = self._must(root, mesh, scene, scene.acts)
        for name in MUST_BE_EMPTY:
            assert not expected.get(name), f"{scene.name}, undisturbed: {name}: {expected.get(name)}"
        assert scene.stopped or expected["again"] == ["nothing new"], f"{scene.name}, undisturbed: {expected['again']}"
        assert expected["branch of a failed audit"] == scene.stopped, f"{scene.name}, undisturbed: its branches"
        ready = Prepared(scene, mesh, root, expected, len(undisturbed.stages), deque([length], maxlen=5))
        self._ready[scene.name] = ready
        return ready

    def _must(self, root: Path, mesh: Mesh, scene: Scene, acts: Sequence[Act]) -> Seen:
        found = _outcome(root, self._child(root, mesh, scene, acts))
        assert "error" not in found, f"{scene.name}, undisturbed: {found['error']}"
        return found

    def _child(self, root: Path, mesh: Mesh, scene: Scene, acts: Sequence[Act]) -> Child:
        return Child(partial(life, root, mesh, scene, acts))


def _moment(random: Random, ready: Prepared) -> tuple[int, float]:
    """When to kill: so long after so many stages were told. Half of them anywhere in time, half just after something
    happened: most commits are over in a blink."""
    if random.random() < 0.5:
        return 1, random.random() * median(ready.lengths)
    return random.randint(1, ready.stages), random.uniform(0, 0.004)


def _outcome(root: Path, child: Child) -> Seen:
    child.end()
    result = root / RESULT
    if not result.exists():
        return {"error": f"it ended with {child.code} at {child.stages[-1:]}"}
    found: Mapping[str, object] = pickle.loads(result.read_bytes())
    result.unlink()
    return found


def _mesh(root: Path) -> Mesh:
    reader = Child(lambda _: meshed(root))
    reader.end()
    assert reader.code == 0, f"the repository in {root} could not be read"
    mesh: Mesh = pickle.loads((root / RESULT).read_bytes())
    (root / RESULT).unlink()
    return mesh


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
    """How often each stage was hit; what came when all was done and only looked at, is no stage."""
    return Counter(stage for lived in lives for stage in lived.hit if stage != OVER)
