"""Which files belong together: each by itself, all of a finished folder, or those that a manifest lists.

A folder is a delivery when it holds a file `_SUCCESS`; until then its files do not exist for a run.
A manifest is a file `<anything>.manifest` beside the files (in the folder of the pattern): JSON, a list of file names
or `{"files": [...]}`, relative to the manifest. Files that no manifest lists do not exist for a run.
Files whose own name begins with `_` or `.` are markers, never data."""

import json
import re
from collections.abc import Iterable, Mapping
from posixpath import basename, dirname, join, normpath
from typing import TypeAlias

from lakemesh.errors import Stopped
from lakemesh.lake.store import File, Store
from lakemesh.mesh.contract import Arrival

Delivery: TypeAlias = tuple[File, ...]
MARKER = "_SUCCESS"
MANIFEST = "*.manifest"


def deliveries(arrival: Arrival, store: Store) -> tuple[Delivery, ...]:
    """All complete deliveries that lie there; with `take: newest` only the last. In order of their names, where numbers
    in names count as numbers."""
    files = {file.path: file for file in data(store.list(arrival.place))}
    found = _found(arrival, store, files)
    if arrival.take == "newest" and found:
        # A name says when it was made only to people; the time at which it landed is the same question at every place.
        found = [max(found, key=lambda delivery: (max(file.modified for file in delivery), _natural(delivery[0].path)))]
    return tuple(sorted(found, key=lambda delivery: _natural(delivery[0].path)))


def data(files: Iterable[File]) -> tuple[File, ...]:
    """Those that are not markers, in order of their names."""
    return tuple(sorted((f for f in files if basename(f.path)[0] not in "_."), key=lambda file: _natural(file.path)))


def _found(arrival: Arrival, store: Store, files: Mapping[str, File]) -> list[Delivery]:
    match arrival.delivery:
        case "folder":
            return _folders(arrival, store, files)
        case "manifest":
            return _manifests(arrival, store, files)
        case "file":
            return [(file,) for file in files.values()]


def _folders(arrival: Arrival, store: Store, files: Mapping[str, File]) -> list[Delivery]:
    done = {dirname(marker.path) for marker in store.list(join(dirname(arrival.place), MARKER))}
    folders: dict[str, list[File]] = {}
    for path, file in files.items():
        if dirname(path) in done:
            folders.setdefault(dirname(path), []).append(file)
    return [tuple(delivery) for delivery in folders.values()]


def _manifests(arrival: Arrival, store: Store, files: Mapping[str, File]) -> list[Delivery]:
    found: list[Delivery] = []
    for manifest in store.list(join(dirname(arrival.place), MANIFEST)):
        listed = [normpath(join(dirname(manifest.path), name)) for name in _names(manifest, store)]
        gone = [path for path in listed if path not in files]
        if gone:
            raise Stopped(
                f"{manifest.path} lists {', '.join(gone)}, which is not there, or does not match {arrival.place}",
                "land the file, or correct the manifest; nothing of this delivery was taken in",
            )
        if listed:
            found.append(tuple(files[path] for path in listed))
    return found


def _names(manifest: File, store: Store) -> list[str]:
    try:
        value = json.loads(store.read(manifest.path))
    except ValueError:
        value = None
    names = value.get("files") if isinstance(value, dict) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        remedy = 'write JSON with a list of file names: {"files": ["a.csv", "b.csv"]}'
        raise Stopped(f"{manifest.path} is no manifest", remedy)
    return names


def _natural(path: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(word), "") if word.isdigit() else (-1, word) for word in re.split(r"(\d+)", path))
