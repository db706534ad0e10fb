"""A small repository with the real templates, in which products are made."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MESH = """\
lakemesh: 1
name: acme
timezone: UTC
memory: 1 GB
zones: {landing: landing, clean: clean, curated: curated}
environments:
  dev: {account: "111111111111", region: eu-west-1}
defaults: {keep: 3 years, max_bad: 5 %}
"""


def repository(folder: Path) -> Path:
    """An empty mesh in `folder`: mesh.yaml, the templates, and git."""
    (folder / "platform").mkdir(parents=True)
    (folder / "platform/mesh.yaml").write_text(MESH)
    (folder / "domains").mkdir()
    shutil.copytree(ROOT / "templates", folder / "templates")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Begin")
    return folder


def commit(folder: Path, why: str) -> None:
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", why)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True)
    return done.stdout


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder but git's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
