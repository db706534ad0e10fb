"""What lies in templates/: each a cookiecutter template with a version, a sentence, and who owns its files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal, TypeAlias

from lakemesh.declare import yaml12
from lakemesh.declare.files import text_of
from lakemesh.declare.words import near
from lakemesh.errors import Mistake, Mistakes

FOLDER = "templates"
ABOUT = "template.yaml"
ASKED = "cookiecutter.json"
ARRIVES = ("files", "changes", "stream", "derived", "seed")
"""How rows come to a product: each has a template of its own."""

Owner: TypeAlias = Literal["managed", "merged", "seeded"]
"""managed: always written again. merged: both sides' changes are kept. seeded: only made at birth."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to know. `default` may be made of answers before it; the first of `choices` is the default."""

    name: str
    sentence: str
    default: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A folder of templates/, as it lies in `root`."""

    root: Path
    name: str
    version: int
    says: str
    questions: tuple[Question, ...]
    owned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.root / FOLDER / self.name

    def owner(self, path: str) -> Owner:
        """Who owns a file, by its path below what was made."""
        if any(fnmatch(path, pattern) for pattern in self.owned.get("managed", ())):
            return "managed"
        return "seeded" if any(fnmatch(path, pattern) for pattern in self.owned.get("seeded", ())) else "merged"


def names(root: Path) -> tuple[str, ...]:
    """The templates that there are."""
    return tuple(sorted(path.parent.name for path in (root / FOLDER).glob(f"*/{ABOUT}")))


def template(root: Path, name: str) -> Template:
    """One template, read. Raises Mistakes where there is none, or its files are wrong."""
    known = names(root)
    if name not in known:
        meant = near(name, known)
        raise Mistakes.of(
            f"there is no template {name} in {FOLDER}/", f'did you mean "{meant}"?' if meant else f"it has {known}"
        )
    path = f"{FOLDER}/{name}/{ABOUT}"
    about = yaml12.read(text_of(root, path), path).value
    if not isinstance(about, dict):
        raise Mistakes(Mistake(path, 1, 1, "it holds no words", "write version: 1 and says: …"))
    known_words = ("version", "says", "managed", "seeded")
    if strange := [word for word in about if word not in known_words]:
        raise Mistakes(Mistake(path, 0, 0, f'unknown word "{strange[0]}"', f"its words: {', '.join(known_words)}"))
    version, says = about.get("version"), about.get("says")
    if not isinstance(version, int) or version < 1 or not isinstance(says, str):
        raise Mistakes(Mistake(path, 1, 1, "a template has a whole version from 1 and a sentence", "version: 1"))
    owned = {word: _patterns(path, word, about.get(word)) for word in ("managed", "seeded")}
    return Template(root, name, int(version), says, _questions(root, name), owned)


def _patterns(path: str, word: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Mistakes(Mistake(path, 0, 0, f"`{word}` is a list of paths", f'{word}: ["sample/*"]'))
    return tuple(str(item) for item in value)


def _questions(root: Path, name: str) -> tuple[Question, ...]:
    path = f"{FOLDER}/{name}/{ASKED}"
    try:
        asked = json.loads(text_of(root, path))
    except json.JSONDecodeError as error:
        raise Mistakes(Mistake(path, error.lineno, error.colno, f"it is no JSON: {error.msg}", "mend it")) from None
    prompts = asked.get("__prompts__", {})
    found = []
    for word, default in asked.items():
        if word.startswith("_"):
            continue
        choices = tuple(map(str, default)) if isinstance(default, list) else ()
        sentence = str(prompts.get(word, f"What is the {word.replace('_', ' ')}?"))
        found.append(Question(word, sentence, choices[0] if choices else str(default), choices))
    return tuple(found)
