"""Which files below a folder match a pattern, without ever leaving that folder."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".swp", "~")


def matches(root: Path, pattern: str) -> Iterator[tuple[str, str, os.stat_result]]:
    """(path below root, where it lies, what the system says of it), in no order."""
    seen: set[str] = set()
    for path, entry in _walk(str(root), "", tuple(part for part in pattern.split("/") if part)):
        if path in seen:
            continue
        seen.add(path)
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            continue
        try:
            if entry.is_file():
                yield path, entry.path, entry.stat()
        except FileNotFoundError:
            continue  # It was taken away while we looked.


def _walk(folder: str, prefix: str, parts: tuple[str, ...]) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    first, rest = parts[0], parts[1:]
    if first == "**":
        # No folder at all, or any.
        yield from _walk(folder, prefix, rest or ("*",))
        for entry in _entries(folder):
            if _folder(entry) and _plain(entry.name, ""):
                yield from _walk(entry.path, f"{prefix}{entry.name}/", parts)
        return
    for entry in _entries(folder, only=first):
        if not fnmatchcase(entry.name, first) or not _plain(entry.name, first):
            continue
        if not rest:
            yield f"{prefix}{entry.name}", entry
        elif _folder(entry):
            yield from _walk(entry.path, f"{prefix}{entry.name}/", rest)


def _entries(folder: str, only: str = "") -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if not only or any(c in only for c in "*?[") or entry.name == only]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _folder(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a folder; a link to one is not followed: it may lead out, or back here, and name a file twice."""
    return entry.is_dir(follow_symlinks=False)


def _plain(name: str, pattern: str) -> bool:
    """Neither hidden nor unfinished, unless the pattern spells it so."""
    if name[0] in "._" and not pattern.startswith(name[0]):
        return False
    return not any(name.endswith(end) and not pattern.endswith(end) for end in UNFINISHED)
