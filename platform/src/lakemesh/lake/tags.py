"""Names of states that are kept for good: Iceberg's own tags, which every engine reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pyiceberg.table.refs import SnapshotRefType

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake import commit, history
from lakemesh.lake.branches import AUDIT
from lakemesh.lake.patience import Turns
from lakemesh.lake.reading import Reading

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A name, and the state that it keeps: when readers saw it first, and its rows."""

    name: str
    snapshot: int
    at: datetime
    rows: int


def tags(lake: Reading, table: TableName) -> Sequence[Tag]:
    """All of a table, the oldest state first. Raises Mistakes where there is no table."""
    metadata = lake.described(table).metadata
    seen = {entry.snapshot_id: entry.timestamp_ms for entry in reversed(metadata.snapshot_log)}
    found = [
        Tag(name, at.snapshot_id, history.moment(seen.get(at.snapshot_id, at.timestamp_ms)), history.rows(at) or 0)
        for name, ref in metadata.refs.items()
        if ref.snapshot_ref_type == SnapshotRefType.TAG and (at := metadata.snapshot_by_id(ref.snapshot_id)) is not None
    ]
    return sorted(found, key=lambda tag: (tag.at, tag.name))


def tag(lake: Reading, table: TableName, name: str, at: datetime | int | None = None) -> Tag:
    """What readers see, or saw then, is kept under this name. Raises Mistakes where another state has the name."""
    if not _NAME.fullmatch(name) or name == "main" or name.startswith(AUDIT):
        remedy = "use letters, digits, _ . and -, such as year_end_2026"
        raise Mistakes.of(f'"{name}" cannot name a state of a table', remedy)
    turns = Turns(str(table))
    while True:
        turns.take()
        found = lake.described(table)
        state = history.at(found.metadata, at, str(table))
        if state is None:
            raise Mistakes.of(f"{table} had nothing published then", f"make history TABLE={table} shows what there was")
        there = found.metadata.refs.get(name)
        if there is not None and there.snapshot_id != state.snapshot_id:
            remedy = f"choose another name, or let go of it: make tag TABLE={table} NAME={name} DELETE=1"
            raise Mistakes.of(f"{name} keeps snapshot {there.snapshot_id} of {table} already", remedy)
        if there is None:
            try:
                commit.tag(lake.catalog, found, name, state.snapshot_id)
            except commit.Conflict:
                continue
        return next(each for each in tags(lake, table) if each.name == name)


def untag(lake: Reading, table: TableName, name: str) -> Tag:
    """The name is gone, and its state as old as it is. Raises Mistakes where there is no such tag."""
    turns = Turns(str(table))
    while True:
        turns.take()
        found = lake.described(table)
        known = {each.name: each for each in tags(lake, table)}
        if name not in known:
            raise Mistakes.of(f"{table} has no tag {name}", f"it has {', '.join(known) or 'none'}")
        try:
            commit.drop(lake.catalog, found, {name: known[name].snapshot})
        except commit.Conflict:
            continue
        return known[name]
