"""What the repository derives for itself: CODEOWNERS, the words, the commands, and which of them are stale."""

from pathlib import Path

import click
import pytest

from lakemesh.declare.schema import schemas
from lakemesh.declare.tree import Tree
from lakemesh.scaffold.codeowners import codeowners
from lakemesh.scaffold.commands import commands, make_words
from lakemesh.scaffold.reference import pages, stale, write
from lakemesh.scaffold.words import every_word, words


def file(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    file(tmp_path, "platform/mesh.yaml", "lakemesh: 1\nname: acme\n")
    file(tmp_path, "Makefile", "run: ready ## Run it\n\t@echo\n")
    file(tmp_path, "domains/film/domain.yaml", 'description: Films.\nowner: film@example.org\nteam: "@acme/film"\n')
    file(tmp_path, "domains/film/catalog/product.yaml", "description: Titles.\n")
    file(tmp_path, "domains/film/rentals/product.yaml", 'description: Rentals.\nteam: "@acme/rentals"\n')
    file(tmp_path, "domains/weather/domain.yaml", "description: Weather.\nowner: weather@example.org\n")
    return tmp_path


@pytest.fixture
def program() -> click.Group:
    @click.group("lakemesh")
    def group() -> None:
        """A program."""

    @group.command("run")
    @click.option("--as-of", help="As it was then.")
    def run(as_of: str | None) -> None:
        """Run it."""

    @group.command("other")
    def other() -> None:
        """Do something else."""

    return group


def test_a_team_reviews_its_domain_and_a_product_may_have_its_own(root: Path) -> None:
    lines = [line.split() for line in codeowners(Tree(root)).splitlines() if not line.startswith("#")]
    assert lines == [["/domains/film/", "@acme/film"], ["/domains/film/rentals/", "@acme/rentals"]]


def test_a_command_stands_in_the_reference_as_its_own_help_says_it(program: click.Group) -> None:
    page = commands(program, "run: ready ## Run it\n")
    assert "## run\n\n`lakemesh run`, `make run`\n" in page
    assert "--as-of TEXT  As it was then." in page
    assert "## other\n\n`lakemesh other`\n" in page


def test_a_word_of_make_is_one_that_says_what_it_does() -> None:
    assert make_words("run: a b ## Run it\nhidden:\n\techo ## no\n") == {"run": "Run it"}


def test_the_page_of_words_has_every_word_of_every_shape() -> None:
    fresh = {
        "description": "How old.",
        "properties": {"within": {"type": "string", "description": "How old."}},
        "type": "object",
    }
    schema = {
        "description": "A product.",
        "required": ["description"],
        "properties": {
            "description": {"type": "string", "description": "What it holds."},
            "status": {"enum": ["draft", "published"], "default": "draft"},
            "fresh": {"$ref": "#/$defs/Fresh"},
            "publishes": {"type": "array", "items": {"type": "string"}, "description": "a | b"},
        },
        "$defs": {"Fresh": fresh},
    }
    page = words({"product": schema})
    assert r"| `description`\* | text | What it holds. |" in page
    assert "| `status` | `draft` · `published` | Default: `draft`. |" in page
    assert "| `fresh` | a mapping: Fresh | How old. |" in page
    assert r"| `publishes` | a list of text | a \| b |" in page
    assert "### product: Fresh" in page
    assert every_word({"product": schema}) == {"description", "status", "fresh", "publishes", "within"}


def test_the_models_have_words_and_every_one_says_what_it_is() -> None:
    page = words(schemas())
    assert {"key", "write", "publishes", "owner", "why"} <= every_word(schemas())
    assert not [line for line in page.splitlines() if line.startswith("| `") and line.endswith("|  |")]


def test_writing_makes_everything_fresh_and_takes_away_what_is_no_more(root: Path, program: click.Group) -> None:
    file(root, "docs/reference/schemas/gone.json", "{}")
    told = pages(root, program)
    assert set(stale(root, told)) == {*told, "docs/reference/schemas/gone.json"}
    assert set(write(root, told)) == {*told, "docs/reference/schemas/gone.json"}
    assert not (root / "docs/reference/schemas/gone.json").exists()
    assert write(root, told) == ()
