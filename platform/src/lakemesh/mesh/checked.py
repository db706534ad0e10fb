"""What a check of the tree said, kept under the content of all that it depends on: nothing changed, nothing read again.

A verdict is only ever found under the very bytes it was given for. What cannot be told for sure is not kept."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import lakemesh
from lakemesh.errors import Mistake

LOOKED_AT = ("platform/mesh.yaml", "domains", "quality")
"""What of a repository a check may open or list."""
KEPT = 16
"""Verdicts that stay: one for each branch that somebody goes back and forth between."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check said, and of how many products."""

    products: int
    mistakes: tuple[Mistake, ...]


class _Unsure(Exception):
    """Something that has no content of its own, such as a link out of the tree, or that cannot be read."""


def kept(folder: Path, root: Path, today: date, check: Callable[[], Verdict]) -> Verdict:
    """What `check` says, or said of the same content on the same day by the same program. `folder` keeps it; where that
    cannot be written, nothing is kept."""
    before = _key(root, today)
    if before and (known := _read(folder / before)):
        return known
    verdict = check()
    # What was changed meanwhile may have been read before or after.
    if before and before == _key(root, today):
        with suppress(OSError):
            _write(folder / before, verdict)
    return verdict


def _key(root: Path, today: date) -> str | None:
    """One word for all that a verdict depends on; None where that cannot be said."""
    parts = [str(root), today.isoformat(), sys.version, *_installed()]
    try:
        parts += (part for place in LOOKED_AT for part in _content(root / place))
        parts += _content(Path(lakemesh.__file__).parent)
    except (OSError, _Unsure):
        return None
    return sha256(json.dumps(parts).encode()).hexdigest()


def _installed() -> Iterator[str]:
    """Each library with its version, as the folders say in which they are noted."""
    for place in sys.path:
        with suppress(OSError):
            yield from sorted(name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info")))


def _content(place: Path) -> Iterator[str]:
    """Every folder, and every file with the hash of its bytes."""
    if not os.path.lexists(place):
        return
    if place.is_symlink():
        raise _Unsure
    if place.is_file():
        yield from (str(place), sha256(place.read_bytes()).hexdigest())
        return
    yield f"{place}/"
    todo = [str(place)]
    while todo:
        with os.scandir(todo.pop()) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield f"{entry.path}/"
                    todo.append(entry.path)
            elif entry.is_file(follow_symlinks=False):
                with open(entry.path, "rb") as file:
                    yield from (entry.path, sha256(file.read()).hexdigest())
            else:
                raise _Unsure


def _read(path: Path) -> Verdict | None:
    """What stands there, if it is whole and was written for this name."""
    try:
        said, _, text = path.read_text("utf-8").partition("\n")
        if said != _sum(path.name, text):
            return None
        products, mistakes = json.loads(text)
        return Verdict(products, tuple(Mistake(*mistake) for mistake in mistakes))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, verdict: Verdict) -> None:
    """Whole, or not at all; then the oldest go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([verdict.products, [astuple(mistake) for mistake in verdict.mistakes]])
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(f"{_sum(path.name, text)}\n{text}")
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise
    aged = sorted(((each.stat().st_mtime_ns, each) for each in path.parent.iterdir()), reverse=True)
    for _, old in aged[KEPT:]:
        old.unlink(missing_ok=True)


def _sum(name: str, text: str) -> str:
    return sha256(f"{name}\n{text}".encode()).hexdigest()
