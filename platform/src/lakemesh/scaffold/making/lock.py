"""`.lakemesh.lock`: from which templates, of which version, with which answers a folder was made."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lakemesh.declare import yaml12
from lakemesh.declare.files import text_of
from lakemesh.errors import Mistake, Mistakes
from lakemesh.scaffold.spoken import text

NAME = ".lakemesh.lock"
HEAD = "# What this folder was made from, for `make update`. Kept by Lakemesh: leave it as it is.\n"


@dataclass(frozen=True, slots=True)
class Made:
    """One rendering. `tree`: git's own id of the template's folder, so that it is found again whatever came after;
    empty where there was no git. `only`: the files that were taken of it; empty, all."""

    template: str
    version: int
    tree: str
    answers: dict[str, str]
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lock:
    """All renderings of one folder, oldest first."""

    made: tuple[Made, ...] = field(default=())

    def __str__(self) -> str:
        return HEAD + "".join(_said(made) for made in self.made)


def read(root: Path, folder: str) -> Lock | None:
    """The lock of a folder; None where it was not made from a template. Raises Mistakes."""
    path = f"{folder}/{NAME}"
    if not (root / path).is_file():
        return None
    value = yaml12.read(text_of(root, path), path).value
    try:
        return Lock(tuple(_made(item) for item in (value if isinstance(value, list) else ())))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Mistakes(Mistake(path, 0, 0, "it is not as Lakemesh wrote it", "take it back from git")) from None


def _made(item: object) -> Made:
    assert isinstance(item, dict)
    answers = {str(word): str(value) for word, value in item["answers"].items()}
    only: Iterable[object] = item.get("only") or ()
    return Made(
        str(item["template"]), int(item["version"]), str(item.get("tree") or ""), answers, tuple(map(str, only))
    )


def _said(made: Made) -> str:
    told = f"- template: {made.template}\n  version: {made.version}\n"
    if made.tree:
        told += f"  tree: {json.dumps(made.tree)}\n"
    told += "  answers:\n"
    for word, value in made.answers.items():
        told += f"    {word}: " + text(value).replace("\n", "\n    ") + "\n"
    if made.only:
        told += "  only:\n" + "".join(f"  - {json.dumps(path)}\n" for path in made.only)
    return told
