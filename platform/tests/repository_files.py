"""Which files the repository holds: what git tracks, or, in a download without git, what lies there."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_BEHIND = {".git", ".lake", ".venv", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
BINARY = {".parquet", ".gz", ".png"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository that is there, those not yet committed among them."""
    # The clone may belong to another user than the one who tests it.
    asked = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists():
        told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        files = [ROOT / name for name in told.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not LEFT_BEHIND & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in set(files) if path.is_file()))


def texts(*endings: str) -> list[tuple[str, str]]:
    """Path and text of each file with one of these endings; of all text files where none is named."""
    chosen = (path for path in tracked() if path.suffix not in BINARY and (not endings or path.suffix in endings))
    return [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in chosen]
