"""Files get to where they belong all at once, or not at all; nothing is ever written over."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from lakemesh.errors import Mistakes


def folder(root: Path, path: str, files: Mapping[str, bytes]) -> None:
    """A new folder with these files, by one rename. Raises Mistakes where there is one already."""
    target = root / path
    if target.exists() or target.is_symlink():
        raise Mistakes.of(f"{path} is there already", "give it another name; nothing was changed")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Hidden, so that no command takes it for a product; beside, so that a rename moves it.
    aside = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
    try:
        for name, data in files.items():
            _write(aside / name, data)
        aside.chmod(0o755)
        os.rename(aside, target)
    except OSError as error:
        raise Mistakes.of(f"{path} cannot be made: {error.strerror}", "nothing was changed") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def beside(root: Path, files: Mapping[str, bytes]) -> None:
    """New files in folders that are there. Raises Mistakes where one is there already, and then none is left."""
    if there := sorted(path for path in files if (root / path).exists()):
        raise Mistakes.of(f"{there[0]} is there already", "give it another name; nothing was changed")
    done: list[Path] = []
    finished = False
    try:
        for path, data in files.items():
            target = root / path
            new = [folder for folder in (target, *target.parents) if not folder.exists()]
            done += reversed(new)
            _write(target, data)
        finished = True
    finally:
        if not finished:
            _take_away(done)


def replace(path: Path, data: bytes) -> None:
    """One file anew, by one rename."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)


def _take_away(paths: list[Path]) -> None:
    for path in reversed(paths):
        if path.is_dir():
            try:
                path.rmdir()
            except OSError:
                # Somebody put something into it meanwhile.
                continue
        else:
            path.unlink(missing_ok=True)
