"""Three sides of one file -> what it becomes: the template as it was, as it is now, and the file as it lies there."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from lakemesh.scaffold.making.template import Owner

Fate: TypeAlias = Literal["same", "changed", "added", "removed", "stays", "conflict", "edited"]
"""same: nothing to do. stays: it differs from the template, and it is the product's own. conflict: both sides changed
the same lines. edited: the template owns it, and it was changed by hand."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What one file becomes; None: it is not there."""

    path: str
    fate: Fate
    data: bytes | None


def merged(path: str, owner: Owner, was: bytes | None, now: bytes | None, here: bytes | None) -> Merged:
    """`was`, `now`: what the template made and makes; `here`: what lies there. Each None where there is no file."""
    if owner == "seeded" or was == now:
        return Merged(path, "same", here)
    if here == now:
        return Merged(path, "same", here)
    if owner == "managed" and here is not None and here != was:
        return Merged(path, "edited", here)
    if here == was:
        return Merged(path, "changed" if was is not None and now is not None else "added" if now else "removed", now)
    if here is None:
        # Whoever took it away meant it: a template does not bring it back.
        return Merged(path, "stays", None)
    if now is None:
        # It was changed here, and the template has it no more: that is for a person.
        return Merged(path, "stays", here)
    return _three(path, was or b"", now, here)


def _three(path: str, was: bytes, now: bytes, here: bytes) -> Merged:
    with tempfile.TemporaryDirectory(prefix="lakemesh-merge-") as aside:
        sides = [Path(aside) / name for name in ("here", "was", "now")]
        for side, data in zip(sides, (here, was, now), strict=True):
            side.write_bytes(data)
        labels = ["-L", "this product", "-L", "the template as it was", "-L", "the template as it is"]
        done = subprocess.run(
            ["git", "merge-file", "--stdout", *labels, *map(str, sides)], capture_output=True, check=False
        )
    # Its exit code is the number of conflicts, or an error from 128 on.
    if done.returncode < 0 or done.returncode > 127:
        return Merged(path, "conflict", here)
    return Merged(path, "conflict" if done.returncode else "changed", done.stdout)
