"""Templates in git: the id of a template's folder as it lies, and what it was at an earlier id."""

import io
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

from lakemesh.errors import Mistakes
from lakemesh.scaffold.making.template import FOLDER


def tree(root: Path, name: str) -> str:
    """Git's id of a template's folder, changes that are not committed included; empty where there is no git.
    Its objects are kept by git, so that the same folder can be had again."""
    folder = f"{FOLDER}/{name}"
    try:
        listed = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder)
        paths = sorted(path for path in listed.decode().split("\0") if path and (root / path).is_file())
        blobs = _git(root, "hash-object", "-w", "--stdin-paths", said="\n".join(paths)).decode().split()
        return _tree(
            root, {path.removeprefix(f"{folder}/"): blob for path, blob in zip(paths, blobs, strict=True)}, folder
        )
    except (OSError, subprocess.CalledProcessError):
        return ""


def _tree(root: Path, blobs: Mapping[str, str], folder: str) -> str:
    """The id of a folder with these files, written."""
    below: dict[str, dict[str, str]] = {}
    lines = []
    for path, blob in blobs.items():
        first, slash, rest = path.partition("/")
        if slash:
            below.setdefault(first, {})[rest] = blob
            continue
        mode = "100755" if (root / folder / path).stat().st_mode & 0o100 else "100644"
        lines.append(f"{mode} blob {blob}\t{path}")
    lines += [f"040000 tree {_tree(root, files, f'{folder}/{name}')}\t{name}" for name, files in below.items()]
    return _git(root, "mktree", "-z", said="\0".join(lines)).decode().strip()


def restore(root: Path, tree: str, target: Path) -> None:
    """The template's folder as it was, into `target`. Raises Mistakes where this clone does not hold it."""
    try:
        packed = _git(root, "archive", "--format=tar", tree)
    except (OSError, subprocess.CalledProcessError):
        raise Mistakes.of(
            f"git does not hold the template as it was ({tree[:12]})",
            "in a shallow clone: git fetch --unshallow; a template that was never committed is lost",
        ) from None
    with tarfile.open(fileobj=io.BytesIO(packed)) as members:
        members.extractall(target, filter="data")


def changed(root: Path, folder: str) -> bool:
    """Whether something in the folder is not committed; False where there is no git."""
    try:
        return bool(_git(root, "status", "--porcelain", "--untracked-files=all", "--", folder).strip())
    except (OSError, subprocess.CalledProcessError):
        return False


def _git(root: Path, *words: str, said: str | None = None) -> bytes:
    given = said.encode() if said is not None else None
    return subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True, input=given).stdout
