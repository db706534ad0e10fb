"""The pages that the program writes about itself, and which of them are stale."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from lakemesh.declare.schema import schemas
from lakemesh.declare.tree import Tree
from lakemesh.engine import proved
from lakemesh.scaffold import codeowners
from lakemesh.scaffold.commands import commands
from lakemesh.scaffold.functions import functions
from lakemesh.scaffold.words import words

SCHEMAS = "docs/reference/schemas"


def pages(root: Path, program: click.Group) -> Mapping[str, str]:
    """Every generated file of the repository: its path below `root`, and its whole text."""
    known = schemas()
    told = {
        codeowners.PATH: codeowners.codeowners(Tree(root)),
        "docs/reference/commands.md": commands(program, (root / "Makefile").read_text("utf-8")),
        "docs/reference/functions.md": functions(proved.known()),
        "docs/reference/words.md": words(known),
    }
    for kind, schema in known.items():
        told[f"{SCHEMAS}/{kind}.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return told


def stale(root: Path, told: Mapping[str, str]) -> tuple[str, ...]:
    """The paths that are missing, differ, or (schemas) belong to a kind that is no more."""
    differ = [path for path, text in told.items() if not _is(root / path, text)]
    left = [path.relative_to(root).as_posix() for path in (root / SCHEMAS).glob("*.json")]
    return tuple(sorted([*differ, *(path for path in left if path not in told)]))


def write(root: Path, told: Mapping[str, str]) -> tuple[str, ...]:
    """Write what is stale and remove what is no more; the paths that changed."""
    changed = stale(root, told)
    for path in changed:
        if path not in told:
            (root / path).unlink()
            continue
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(told[path], "utf-8", newline="\n")
    return changed


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text
