"""Prose is tested: what there is is taught, and what is named is there."""

import re
from pathlib import Path

import click
import pytest

from lakemesh.cli.app import lakemesh
from lakemesh.declare.schema import schemas
from lakemesh.scaffold.commands import make_words
from lakemesh.scaffold.reference import pages, stale
from lakemesh.scaffold.words import every_word
from repository_files import ROOT, texts, tracked

PROSE = {path: text for path, text in texts(".md") if not path.startswith(("templates/", "platform/tests/"))}
WRITTEN = {"docs/reference/commands.md", "docs/reference/words.md"}
TAUGHT = "\n".join(text for path, text in PROSE.items() if path not in WRITTEN)
MADE = make_words((ROOT / "Makefile").read_text("utf-8"))
COMMANDS = lakemesh.list_commands(click.Context(lakemesh))
TOP = {path.relative_to(ROOT).parts[0] for path in tracked()}
DECISION = 40
PROGRAMS = {
    word.upper()
    for path in ("platform/torture/torture.py", "benchmarks/__main__.py")
    for word in re.findall(r'"--([a-z]+)"', (ROOT / path).read_text("utf-8"))
}
"""What the programs beside the package take."""


@pytest.mark.parametrize("word", sorted(COMMANDS))
def test_every_command_is_taught(word: str) -> None:
    assert re.search(rf"\b(make|lakemesh) {word}\b", TAUGHT)


@pytest.mark.parametrize("word", sorted(MADE))
def test_every_word_of_make_is_taught(word: str) -> None:
    assert re.search(rf"\bmake {word}\b", TAUGHT)


def test_no_page_teaches_a_command_that_is_not_there() -> None:
    taught = [(path, line) for path, text in PROSE.items() for line in code(text)]
    assert not [
        (path, line) for path, line in taught if (said := re.match(r"make ([a-z-]+)", line)) and said[1] not in MADE
    ]
    called = [(path, word) for path, line in taught for word in re.findall(r"\blakemesh ([a-z][a-z-]*)", line)]
    assert not [(path, word) for path, word in called if word not in COMMANDS]


def test_no_page_teaches_a_variable_that_no_command_has() -> None:
    context = click.Context(lakemesh)
    said_of = [command for word in COMMANDS if (command := lakemesh.get_command(context, word))]
    below = [each for command in said_of if isinstance(command, click.Group) for each in command.commands.values()]
    known = {
        option.removeprefix("--").replace("-", "_").upper()
        for command in (*said_of, *below)
        for parameter in command.params
        for option in parameter.opts
    }
    said = [
        (path, name)
        for path, text in PROSE.items()
        for line in code(text)
        if line.startswith("make ")
        for name in re.findall(r"(?<!\S)([A-Z][A-Z_]+)=", line)
    ]
    assert said
    assert not [(path, name) for path, name in said if name not in known | PROGRAMS | {"PYTHON"}]


def test_every_link_leads_somewhere() -> None:
    assert not [f"{path}: {target}" for path in PROSE for target in links(path) if not there(path, target).exists()]


def test_every_page_of_the_docs_is_linked_from_another() -> None:
    linked = {there(path, target) for path in PROSE for target in links(path)} | set(entries())
    assert not [path for path in PROSE if path.startswith("docs/") and (ROOT / path).resolve() not in linked]


def links(path: str) -> list[str]:
    """What a page links to within the repository."""
    found = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", PROSE[path])
    return [target for target in found if "://" not in target and not target.startswith("mailto:")]


def there(path: str, target: str) -> Path:
    return ((ROOT / path).parent / target).resolve()


def entries() -> list[Path]:
    """A README is what its folder's link shows."""
    return sorted((ROOT / "docs").rglob("README.md"))


def test_every_path_that_is_named_is_there() -> None:
    gone = []
    for path, text in PROSE.items():
        for named in re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", text):
            if named.split("/")[0] in TOP and "/" in named and not invented(named) and not (ROOT / named).exists():
                gone.append(f"{path}: {named}")
    assert not gone


def test_the_tree_of_the_readme_is_the_tree() -> None:
    named = re.findall(r"^([\w.]+/|Makefile) ", PROSE["README.md"], re.MULTILINE)
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]


def test_every_word_of_a_declaration_is_in_the_reference() -> None:
    page = PROSE["docs/reference/words.md"]
    assert not [word for word in every_word(schemas()) if f"`{word}`" not in page]


def test_what_the_program_writes_is_fresh() -> None:
    told = pages(ROOT, lakemesh)
    for path in stale(ROOT, told):
        # Line by line, so that what differs is seen.
        assert (ROOT / path).read_text("utf-8").splitlines() == told.get(path, "").splitlines(), "make docs again"
    assert stale(ROOT, told) == ()


def test_a_decision_is_short() -> None:
    decisions = {path: text for path, text in PROSE.items() if re.match(r"docs/decisions/\d", path)}
    assert decisions
    assert not [path for path, text in decisions.items() if text.count("\n") >= DECISION]


def test_the_readme_is_one_page() -> None:
    assert PROSE["README.md"].count("\n") < 80


def code(text: str) -> list[str]:
    """What stands in code: the lines of shell blocks without their comments, and spans."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [re.split(r"\s#", line)[0] for block in blocks for line in block.splitlines()]
    return [*lines, *re.findall(r"(?<!`)`([^`\n]+)`", text)]


def invented(path: str) -> bool:
    """The bicycles of the tutorial, which a test of its own writes and runs."""
    return path.startswith("domains/bikes/")
