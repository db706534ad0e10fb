"""A folder that was made from templates -> the same with what the templates have learned since."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from lakemesh.errors import Mistakes
from lakemesh.scaffold.keeping.merge import Fate, Merged, merged
from lakemesh.scaffold.keeping.migrations import migrated, steps
from lakemesh.scaffold.making import git, lock, place
from lakemesh.scaffold.making.answers import complete
from lakemesh.scaffold.making.lock import Lock, Made
from lakemesh.scaffold.making.new import DOMAIN_FILES, PROMISE
from lakemesh.scaffold.making.render import render
from lakemesh.scaffold.making.template import Template, template


@dataclass(frozen=True, slots=True)
class Update:
    """What an update of one folder is: by template, from which version to which; file by file; which migrations ran."""

    folder: str
    versions: tuple[tuple[str, int, int], ...]
    files: tuple[Merged, ...]
    migrations: tuple[str, ...]
    record: Lock

    @property
    def behind(self) -> bool:
        return bool(self.versions)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Files that a person must look at: the version is not recorded before."""
        return tuple(one.path for one in self.files if one.fate in ("conflict", "edited"))


class Templates:
    """The templates of a repository as they are, and as they were: each is read and restored once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = cache(self._now)
        self.was = cache(self._was)
        self._aside = tempfile.TemporaryDirectory(prefix="lakemesh-templates-")

    def close(self) -> None:
        self._aside.cleanup()

    def _now(self, name: str) -> tuple[Template, str]:
        return template(self.root, name), git.tree(self.root, name)

    def _was(self, name: str, tree: str) -> Path:
        target = Path(self._aside.name) / f"{name}-{tree}"
        target.mkdir()
        git.restore(self.root, tree, target)
        return target


def update(templates: Templates, folder: str) -> Update | None:
    """What an update of this folder would be; None where it was not made from a template. Raises Mistakes."""
    root = templates.root
    held = lock.read(root, folder)
    if held is None:
        return None
    here = _files(root / folder)
    record, versions, told, ran = [], [], {}, []
    for made in held.made:
        now, tree = templates.now(made.template)
        if tree == made.tree:
            record.append(made)
            continue
        versions.append((made.template, made.version, now.version))
        was = templates.was(made.template, made.tree)
        after = _answers(now, made, root)
        for step in steps(now.folder, made.version, now.version, "before"):
            here = migrated(step, here)
            ran.append(step.name)
        for one in _sides(was, now, made, after, here):
            told[one.path] = one
            here = {**here, one.path: one.data} if one.data is not None else _without(here, one.path)
        for step in steps(now.folder, made.version, now.version, "after"):
            here = migrated(step, here)
            ran.append(step.name)
        record.append(replace(made, version=now.version, tree=tree, answers=after))
    if ran:
        told.update(_moved(_files(root / folder), here, told))
    files = tuple(one for _, one in sorted(told.items()) if one.fate != "same")
    return Update(folder, tuple(versions), files, tuple(ran), Lock(tuple(record)))


def write(root: Path, done: Update) -> None:
    """Put it there: files first, and the record last and only where nothing is left for a person. Raises Mistakes where
    changes of the folder are not committed: they could not be told from the template's."""
    if git.changed(root, done.folder):
        raise Mistakes.of(f"{done.folder} has changes that are not committed", "commit them, and update again")
    for one in done.files:
        path = root / done.folder / one.path
        if one.fate in ("stays", "edited"):
            continue
        if one.data is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            place.replace(path, one.data)
    if not done.conflicts:
        place.replace(root / done.folder / lock.NAME, str(done.record).encode())


def mended(root: Path, done: Update) -> None:
    """Record that a person has mended what an update marked. Raises Mistakes where a mark is left."""
    marked = [path for path, data in _files(root / done.folder).items() if _MARK in b"\n" + data]
    if marked:
        raise Mistakes.of(f"{done.folder}/{marked[0]} still has lines marked <<<<<<<", "mend them, then say it again")
    place.replace(root / done.folder / lock.NAME, str(done.record).encode())


_MARK = b"\n<<<<<<< this product"


def _answers(now: Template, made: Made, root: Path) -> dict[str, str]:
    """The answers as they were, a default for what is asked since, and without what is asked no more."""
    asked = {question.name for question in now.questions}
    kept = {word: value for word, value in made.answers.items() if word in asked}
    # `by` is found out when a product is made, and not asked for.
    found = {word: value for word, value in made.answers.items() if word == "by"}
    return {
        **complete(now, kept, {"_mesh": made.answers.get("team", "").strip("@").partition("/")[0]}, _any, None),
        **found,
    }


def _any(question: str, answer: str, before: Mapping[str, str]) -> None:
    """What was free when it was made is its own now."""


def _sides(was: Path, now: Template, made: Made, after: Mapping[str, str], here: Mapping[str, bytes]) -> list[Merged]:
    found_out = {"_given": "", "_expect": ""}
    old = _taken(render(was, {**made.answers, **found_out}), made)
    new = _taken(render(now.folder, {**after, **found_out}), made)
    paths = sorted(old.keys() | new.keys())
    return [merged(path, now.owner(path), old.get(path), new.get(path), here.get(path)) for path in paths]


def _taken(files: Mapping[str, bytes], made: Made) -> dict[str, bytes]:
    """Of what a template makes, what this rendering took: a table takes no promise, a draft only that."""
    own = {path: data for path, data in files.items() if not path.startswith(DOMAIN_FILES)}
    if not made.only:
        return own
    promise = set(made.only) <= set(PROMISE)
    return {path: data for path, data in own.items() if (path in PROMISE) == promise}


def _moved(before: Mapping[str, bytes], after: Mapping[str, bytes], told: Mapping[str, Merged]) -> dict[str, Merged]:
    """What migrations changed beside what was merged."""
    changed = {}
    for path in before.keys() | after.keys():
        if path not in told or told[path].fate == "same":
            data = after.get(path)
            if before.get(path) != data:
                fate: Fate = "removed" if data is None else "changed" if path in before else "added"
                changed[path] = Merged(path, fate, data)
    return changed


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != lock.NAME
    }


def _without(files: Mapping[str, bytes], path: str) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != path}
