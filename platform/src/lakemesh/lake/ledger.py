"""Which file, in which version, is in a table. An immutable chain of JSON files beside the table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from lakemesh.errors import Mistakes
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that was taken in: its version, the run that took it, and what became of its rows."""

    version: str
    run: str
    accounts: Accounts


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is in the table at one snapshot. `files`: path -> Entry. `held`: path -> version, not to be taken again
    until released. `replays`: 'path version contract-hash' of what was taken again out of quarantine."""

    files: Mapping[str, Entry] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    replays: frozenset[str] = frozenset()


FOLD_AT = 20
"""A chain this long is folded into one whole file."""


class Json(TypedDict):
    """One file of the chain, as it is kept."""

    run: str
    said: dict[str, str]
    before: str | None
    files: dict[str, tuple[str, str, dict[str, int]]]
    gone: list[str]
    held: dict[str, str]
    released: list[str]
    replays: list[str]
    forgotten: list[str]


@dataclass(frozen=True, slots=True)
class Link:
    """One file of the chain, read with all before it. `said`: what the publish commit said of the table."""

    path: str
    ledger: Ledger
    depth: int
    run: str
    said: Mapping[str, str]


def read_chain(store: Store, path: str | None) -> Link | None:
    """The ledger in `path` and the files it names before it. Raises Mistakes where one is missing or torn."""
    values = []
    at = path
    while at:
        value = _value(store, at)
        values.append(value)
        at = value["before"]
    files: dict[str, Entry] = {}
    held: dict[str, str] = {}
    replays: set[str] = set()
    for value in reversed(values):
        for gone in value["gone"]:
            files.pop(gone, None)
        files.update({name: Entry(v, run, Accounts.of_json(rows)) for name, (v, run, rows) in value["files"].items()})
        for released in value["released"]:
            held.pop(released, None)
        held.update(value["held"])
        replays = (replays - set(value["forgotten"])) | set(value["replays"])
    if not path:
        return None
    return Link(path, Ledger(files, held, frozenset(replays)), len(values), values[0]["run"], values[0]["said"])


def chain(store: Store, path: str) -> set[str]:
    """The files that a ledger is read from."""
    found = {path}
    while before := _value(store, path)["before"]:
        found.add(before)
        path = before
    return found


def run_of(store: Store, path: str) -> str:
    """The run whose publish wrote this file."""
    return _value(store, path)["run"]


def write_link(store: Store, path: str, before: Link | None, ledger: Ledger, run: str, said: Mapping[str, str]) -> None:
    """`ledger` as the next file of the chain: what is new in it, or, now and then, the whole."""
    chained = before if before and before.depth < FOLD_AT else None
    old = chained.ledger if chained else Ledger()
    value: Json = {
        "run": run,
        "said": dict(said),
        "before": chained.path if chained else None,
        "files": {
            name: (entry.version, entry.run, entry.accounts.as_json())
            for name, entry in sorted(ledger.files.items())
            if old.files.get(name) != entry
        },
        "gone": sorted(old.files.keys() - ledger.files.keys()),
        "held": {name: version for name, version in sorted(ledger.held.items()) if old.held.get(name) != version},
        "released": sorted(old.held.keys() - ledger.held.keys()),
        "replays": sorted(ledger.replays - old.replays),
        "forgotten": sorted(old.replays - ledger.replays),
    }
    # A file that nobody reaches may lie there from an attempt that died: it is ours to write again.
    store.write(path, json.dumps(value, indent=1).encode(), over=True)


def rolled_back(now: Ledger, then: Ledger) -> Ledger:
    """`then`, and every version that was taken in since, held, so that the next run does not take it again."""
    since = {
        name: entry.version
        for name, entry in now.files.items()
        if name not in then.files or then.files[name].version != entry.version
    }
    held = {**then.held, **now.held, **since}
    # What is in the table again is held no longer.
    back = {name for name, version in held.items() if name in then.files and then.files[name].version == version}
    return Ledger(then.files, {name: version for name, version in held.items() if name not in back}, then.replays)


def _value(store: Store, path: str) -> Json:
    try:
        value: Json = json.loads(store.read(path))
    except (FileNotFoundError, ValueError) as error:
        raise Mistakes.of(
            f"the ledger cannot be read ({type(error).__name__}), so nobody knows which files are in the table",
            # Nothing else helps: a rebuild and a rollback too have to know which files are held.
            "restore that file from a backup; the rows themselves are whole, and queries answer",
            path,
        ) from error
    return value
