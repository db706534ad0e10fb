"""The set-up says in one sentence what is missing, and does nothing where nothing is to do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from repository_files import ROOT

SHELL = shutil.which("sh") or "/bin/sh"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clone in a path with spaces, with no more programs than a bare machine has."""
    place = tmp_path / "my clone"
    (place / "platform").mkdir(parents=True)
    (place / "bin").mkdir()
    shutil.copy(ROOT / "platform/setup.sh", place / "platform")
    shutil.copytree(ROOT / "requirements", place / "requirements")
    shutil.copy(ROOT / "pyproject.toml", place)
    for program in ("cat", "rm", "git"):
        (place / "bin" / program).symlink_to(shutil.which(program) or "missing")
    return place


def program(folder: Path, name: str, text: str) -> None:
    (folder / "bin" / name).unlink(missing_ok=True)
    (folder / "bin" / name).write_text(f"#!{SHELL}\n{text}\n")
    (folder / "bin" / name).chmod(0o755)


def setup(folder: Path, kind: str = "run", **said: str) -> subprocess.CompletedProcess[str]:
    world = {"PATH": str(folder / "bin"), "HOME": str(folder), "LANG": os.environ.get("LANG", "C"), **said}
    return subprocess.run([SHELL, "platform/setup.sh", kind], cwd=folder, env=world, capture_output=True, text=True)


def ready(folder: Path, kind: str = "run") -> None:
    """As if it had been set up: the stamp that the set-up itself would leave."""
    venv = folder / ".venv/bin"
    venv.mkdir(parents=True)
    program(folder, "python3.12", f"case $* in *venv*) {shutil.which('mkdir')} -p .venv/bin;; esac")
    (venv / "python").symlink_to(folder / "bin/python3.12")
    assert setup(folder, kind).returncode == 0


def one_sentence(run: subprocess.CompletedProcess[str]) -> str:
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "install" in run.stderr
    return run.stderr


def test_no_python_is_said(folder: Path) -> None:
    assert "Python 3.11 or later is needed and none was found" in one_sentence(setup(folder))


def test_a_python_that_is_too_old_or_does_not_start_is_passed_over(folder: Path) -> None:
    program(folder, "python3.13", "echo 'shim: command not found' >&2; exit 127")
    program(folder, "python3", "exit 1")
    assert "Python 3.11 or later is needed" in one_sentence(setup(folder))


def test_the_python_that_was_named_must_do(folder: Path) -> None:
    program(folder, "python3.12", "exit 0")
    assert "PYTHON=python2 is not a Python 3.11" in one_sentence(setup(folder, PYTHON="python2"))


def test_no_git_is_said(folder: Path) -> None:
    (folder / "bin/git").unlink()
    assert "git is needed and was not found" in one_sentence(setup(folder))


def test_a_git_that_is_too_old_is_said(folder: Path) -> None:
    program(folder, "git", "echo git version 2.7.4")
    assert "git 2.25 or later is needed and this is git version 2.7.4" in one_sentence(setup(folder))


def test_a_python_without_venv_says_which_package_has_it(folder: Path) -> None:
    program(folder, "python3.12", "case $* in *ensurepip*) exit 1;; esac")
    assert "python3-venv" in one_sentence(setup(folder))


def test_the_second_time_nothing_is_started_and_nothing_is_said(folder: Path) -> None:
    ready(folder)
    program(folder, "python3.12", "echo started >&2; exit 1")
    again = setup(folder)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_a_file_that_was_only_touched_changes_nothing(folder: Path) -> None:
    ready(folder)
    (folder / "requirements/run.txt").touch()
    assert setup(folder).stderr == ""


def test_other_pins_are_installed(folder: Path) -> None:
    ready(folder)
    with (folder / "requirements/run.txt").open("a") as pins:
        pins.write("# changed\n")
    assert "Installing what requirements/run.txt pins" in setup(folder).stderr


def test_a_clone_that_was_moved_is_set_up_again(folder: Path) -> None:
    ready(folder)
    moved = folder.rename(folder.parent / "moved here")
    (moved / ".venv/bin/python").unlink()
    (moved / ".venv/bin/python").symlink_to(moved / "bin/python3.12")
    assert "Installing" in setup(moved).stderr


def test_an_installation_that_fails_is_tried_again_the_next_time(folder: Path) -> None:
    program(folder, "python3.12", "case $* in *'-m pip'*) exit 1;; esac")
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/python").symlink_to(folder / "bin/python3.12")
    failed = setup(folder)
    assert failed.returncode == 1
    assert "run the same make again" in failed.stderr
    assert not (folder / ".venv/ready-for-run").exists()
