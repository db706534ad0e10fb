"""Every declaration of a large repository read, and every SELECT."""

import shutil
import subprocess
import sys

from benchmarks import thousand
from benchmarks.work import Side, Where, Work


def _prepare(where: Where) -> None:
    thousand.write(where.data / "repository", where.rows)


def _forgotten(where: Where) -> None:
    shutil.rmtree(where.data / "repository/.cache", ignore_errors=True)


def _known(where: Where) -> None:
    if not (where.data / "repository/.cache").exists():
        subprocess.run(_check(where), check=True, capture_output=True)


def _check(where: Where) -> list[str]:
    said = ["--root", str(where.data / "repository"), "--lake", str(where.data / "lake")]
    return [sys.executable, "-m", "lakemesh.cli", "check", *said]


WORK = Work(
    "check of 1,000 generated products",
    _prepare,
    (
        Side("Lakemesh, for the first time", command=_check, before=_forgotten, seconds=20),
        Side("Lakemesh, nothing changed", command=_check, before=_known, seconds=3, ours=True),
    ),
    rows=1_000,
    noun="products",
)
