"""The page that teaches how to write a product is followed to the letter: it checks, tests and runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from repository_files import ROOT

PAGE = (ROOT / "docs/how-to/write-a-product.md").read_text("utf-8")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only what the page writes, and the organisation's own file."""
    root = tmp_path_factory.mktemp("a clone")
    (root / "platform").mkdir()
    shutil.copy(ROOT / "platform/mesh.yaml", root / "platform")
    for path, text in written():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def written() -> list[tuple[str, str]]:
    """The files of the page: a path on a line of its own, and what stands in it."""
    files = re.findall(r"^`(domains/[^`]+)`\n\n```\w+\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert len(files) > 5
    return files


def lakemesh(root: Path, *words: str) -> str:
    ours = {**os.environ, "PYTHONPATH": str(ROOT / "platform/src")}
    asked = [sys.executable, "-m", "lakemesh.cli", *words, "--root", str(root)]
    told = subprocess.run(asked, cwd=root, env=ours, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def test_what_it_writes_has_no_mistake(repository: Path) -> None:
    assert "no errors" in lakemesh(repository, "check")


def test_its_test_passes(repository: Path) -> None:
    told = lakemesh(repository, "test", "bikes/trips")
    assert "trips are counted on the day they begin" in told
    assert ", 0 failed" in told


def test_its_files_run_end_to_end(repository: Path) -> None:
    landing = repository / ".lake/landing/bikes/trips/trip"
    landing.mkdir(parents=True)
    shutil.copy(repository / "domains/bikes/trips/sample/trip.csv", landing / "may.csv")
    lakemesh(repository, "run", "bikes/trips")
    assert "2026-05-01,2,14.75" in lakemesh(repository, "query", "select * from bikes.trips_daily", "--format", "csv")


def test_every_file_names_the_schema_of_its_kind() -> None:
    first = r"^`(domains/[^`]+\.yaml)`\n\n```yaml\n# yaml-language-server: \$schema=(\S+)\n"
    named = re.findall(first, PAGE, re.MULTILINE)
    assert len(named) == PAGE.count("```yaml")
    assert not [path for path, schema in named if not Path(os.path.normpath(ROOT / path / ".." / schema)).is_file()]


def test_what_runs_leaves_nothing_beside_what_people_wrote(repository: Path) -> None:
    lakemesh(repository, "test", "bikes/trips")
    lakemesh(repository, "run", "bikes/trips", "--sample")
    files = {path.relative_to(repository).as_posix() for path in repository.rglob("*") if path.is_file()}
    kept = {path for path in files if not path.startswith((".lake/", ".cache/"))}
    assert kept == {"platform/mesh.yaml", *dict(written())}
