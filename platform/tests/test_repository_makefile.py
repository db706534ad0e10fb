"""`make` is the table of contents: it prints its words, and every flag of a command is a variable of its word."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from lakemesh.cli.app import lakemesh
from lakemesh.scaffold.commands import make_words
from repository_files import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
MADE = make_words(MAKEFILE)
AWKWARD = """it's 100 % of $HOME, "$(shell x)" `y` \\ #z; a=b"""
HERE = {"root"}
"""Flags that say where the repository is: make stands in it."""


def commands() -> dict[str, click.Command]:
    context = click.Context(lakemesh)
    found = {word: lakemesh.get_command(context, word) for word in lakemesh.list_commands(context) if word in MADE}
    return {word: command for word, command in found.items() if command}


def flags(command: click.Command) -> list[click.Option]:
    options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
    return [option for option in options if option.opts[-1].removeprefix("--") not in HERE]


def variable(option: click.Option) -> str:
    return option.opts[-1].removeprefix("--").replace("-", "_").upper()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with spaces in its path that is set up already, with a `lakemesh` that tells what it was called with."""
    place = tmp_path / "a place with 'spaces'"
    (place / ".venv/bin").mkdir(parents=True)
    (place / "platform").mkdir()
    shutil.copy(ROOT / "Makefile", place)
    (place / "platform/setup.sh").write_text("")
    told = place / ".venv/bin/lakemesh"
    tells = "import json, sys; print(json.dumps(sys.argv[1:]))"
    # Not by #!: the path of a Python may have spaces too.
    told.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(tells)} "$@"\n')
    told.chmod(0o755)
    return place


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # The make that runs these tests must not hand its own variables on.
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *words], cwd=folder, env=outer, capture_output=True, text=True)


def called(folder: Path, *words: str) -> list[str]:
    run = make(folder, *words)
    assert run.returncode == 0, run.stderr
    arguments: list[str] = json.loads(run.stdout)
    return arguments


def test_make_alone_prints_every_word_with_what_it_does(folder: Path) -> None:
    lines = make(folder).stdout
    assert max(map(len, lines.splitlines())) <= 80
    printed = re.sub(r"\n {9,}", " ", lines)
    assert not [word for word, says in MADE.items() if not re.search(rf"make {word} +{re.escape(says)}", printed)]


def test_every_word_of_make_is_one_that_it_does() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) - {"FORCE", "help"} == set(MADE)


def test_every_command_is_a_word_of_make() -> None:
    # These two are for a shell and for a pipe, and take what make would only get in the way of.
    assert set(lakemesh.list_commands(click.Context(lakemesh))) - set(MADE) == {"completion", "codeowners", "new"}


@pytest.mark.parametrize("word", sorted(commands()))
def test_every_flag_of_a_command_is_a_variable_of_its_word(word: str, folder: Path) -> None:
    options = [option for option in flags(commands()[word]) if word != "test" or variable(option) != "PRODUCT"]
    if word == "test":  # without a product, pytest comes first
        (folder / ".venv/bin/python").write_text("#!/bin/sh\n")
        (folder / ".venv/bin/python").chmod(0o755)
    given = [f"{variable(option)}={'1' if option.is_flag else AWKWARD}" for option in options]
    got = called(folder, word, *given)
    assert got[0] == word
    assert sorted(got[1:]) == sorted(
        option.opts[-1] if option.is_flag else f"{option.opts[-1]}={AWKWARD}" for option in options
    )


def test_a_switch_that_is_off_is_not_said(folder: Path) -> None:
    assert called(folder, "run", "PRODUCT=flights/departures", "PLAIN=0", "HELD=", "STRICT=no") == [
        "run",
        "--product=flights/departures",
    ]


def test_a_line_break_in_a_question_arrives(folder: Path) -> None:
    assert called(folder, "query", "SQL=select 1\nfrom a.b") == ["query", "--sql=select 1\nfrom a.b"]


def test_a_misspelt_variable_reaches_the_command_which_refuses_it(folder: Path) -> None:
    assert called(folder, "run", "PRODCUT=a/b") == ["run", "--prodcut=a/b"]


def test_make_knows_exactly_the_switches_of_the_commands() -> None:
    said = re.search(r"^switches := (.*)$", MAKEFILE, re.MULTILINE)
    assert said
    known = {variable(option) for command in commands().values() for option in flags(command) if option.is_flag}
    assert set(said[1].split()) == known


def test_a_test_of_one_product_runs_no_other(folder: Path) -> None:
    assert called(folder, "test", "PRODUCT=flights/departures") == ["test", "--product=flights/departures"]
