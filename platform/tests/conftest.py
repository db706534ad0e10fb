"""Fixtures of several files: going into a repository, and saying a command there."""

from pathlib import Path

import pytest

from cli_says import Enter, Say, Tell, Told


@pytest.fixture
def enter(monkeypatch: pytest.MonkeyPatch) -> Enter:
    """Go into a folder, where nothing in the environment names another repository or lake."""

    def go(folder: Path) -> Path:
        for name in ("LAKEMESH_ROOT", "LAKEMESH_LAKE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(folder)
        return folder

    return go


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """`lakemesh` with these arguments, where one is."""
    # When it is asked for, not when tests are collected.
    from lakemesh.cli.app import outcome

    def lakemesh(*arguments: str) -> Told:
        code = outcome(arguments)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Told(code, said.out, said.err)

    return lakemesh


@pytest.fixture
def tell(say: Say) -> Tell:
    """The same, with both streams as one text."""

    def lakemesh(*arguments: str) -> tuple[int, str]:
        told = say(*arguments)
        return told.code, told.out + told.err

    return lakemesh
