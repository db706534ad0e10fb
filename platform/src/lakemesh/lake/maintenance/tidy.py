"""One table, tidied: old snapshots go, and with them the files that nobody reaches any more."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pyiceberg.table import Table
from pyiceberg.table.metadata import TableMetadata

from lakemesh.declare.names import TableName
from lakemesh.lake import commit, properties
from lakemesh.lake.lake import Lake
from lakemesh.lake.ledger import chain
from lakemesh.lake.maintenance.folders import Lying, lying, remove
from lakemesh.lake.maintenance.reach import described, reached
from lakemesh.lake.maintenance.retention import kept
from lakemesh.lake.reading import ledger_path

ORPHAN = timedelta(days=3)
"""A file that nobody reaches may belong to a write that is under way; not any more after this time."""
ENOUGH = 10
"""So many snapshots that may go are worth a commit of their own after a run."""
_VERSION = re.compile(r"/(\d+)-[^/]*\.metadata\.json$")


@dataclass(frozen=True, slots=True)
class Waste:
    """What may go of one table: snapshots by id; files by location with their bytes; files of its ledger."""

    table: TableName
    snapshots: tuple[int, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)
    ledgers: Mapping[str, int] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        return sum(self.files.values()) + sum(self.ledgers.values())


def needed(lake: Lake) -> Mapping[TableName, Collection[int]]:
    """By table, the snapshots that other tables say they were made from."""
    pinned: dict[TableName, set[int]] = defaultdict(set)
    for table in lake.tables():
        for name, snapshot in json.loads(lake.properties(table).get(properties.INPUTS, "{}")).items():
            pinned[TableName.parse(name)].add(int(snapshot))
    return pinned


def overdue(lake: Lake, table: TableName, now: datetime, pinned: Collection[int]) -> bool:
    """Whether enough snapshots may go to be worth a commit."""
    metadata = lake.described(table).metadata
    return len(metadata.snapshots) - len(kept(metadata, now, pinned)) >= ENOUGH


def waste(lake: Lake, table: TableName, now: datetime, pinned: Collection[int], all_but_head: bool = False) -> Waste:
    """What may go, by what is true now; nothing is touched. `all_but_head`: no older state is to be readable, and
    nothing that nobody reaches is to stay, however new: only while no run of the table's product can be writing."""
    found = lake.described(table)
    metadata, io = found.metadata, found.io
    ids = {snapshot.snapshot_id for snapshot in metadata.snapshots}
    stay = (
        {metadata.current_snapshot_id or 0} if all_but_head else _with_ledgers(lake, table, kept(metadata, now, pinned))
    )
    remain = reached(metadata, io, stay)
    free = reached(metadata, io, ids - stay).without(remain)
    there = {file.location: file for file in lying(io, metadata.location)}
    old = datetime.max.replace(tzinfo=UTC) if all_but_head else now - ORPHAN
    known = remain.sizes.keys() | free.keys() | described(metadata, found.metadata_location)
    files = {path: there[path].size for path in free if path in there}
    files |= {path: file.size for path, file in there.items() if path not in known and _lost(found, file, old)}
    if all_but_head:
        files |= {path: there[path].size for path in described(metadata, "") if path in there}
    return Waste(table, tuple(sorted(ids - stay)), files, _ledgers(lake, table, metadata, stay, old))


def tidy(lake: Lake, found: Waste, all_but_head: bool = False) -> None:
    """Takes it away: first what the metadata says, so that whoever dies in between leaves files that nobody reaches."""
    while found.snapshots:
        table = lake.described(found.table)
        metadata = table.metadata
        gone = [number for number in found.snapshots if metadata.snapshot_by_id(number) is not None]
        refs = [name for name, ref in metadata.refs.items() if all_but_head and ref.snapshot_id in gone]
        # Somebody may have put a branch, a tag or main itself onto one of them since: then they all wait for next time.
        if not gone or (not all_but_head and set(gone) & set(commit.referred(metadata).values())):
            return
        try:
            commit.expire(lake.catalog, table, gone, refs)
            break
        except commit.Conflict:
            continue
    table = lake.described(found.table)
    remove(table.io, table.metadata.location, found.files)
    for path in found.ledgers:
        lake.store.remove(path)


def cut(spec_id: int, partition: object) -> tuple[object, ...]:
    """Spec and partition of a data file, to compare."""
    return (spec_id, repr(partition))


def _lost(found: Table, file: Lying, old: datetime) -> bool:
    version, now = (_VERSION.search(path) for path in (file.location, found.metadata_location))
    # A commit under way writes the number after today's; whoever wrote an earlier one has lost, or was replaced.
    lost = version is not None and now is not None and int(version[1]) <= int(now[1])
    return lost or file.modified < old


def _with_ledgers(lake: Lake, table: TableName, stay: set[int]) -> set[int]:
    """Also those whose ledger holds for a later one that has none of its own, as after somebody else's compaction."""
    log = [entry.snapshot_id for entry in lake.described(table).metadata.snapshot_log]
    for number in [number for number in stay if number in log]:
        before = log[: log.index(number) + 1]
        while before and not lake.there(ledger_path(table, str(before[-1]))):
            before.pop()
        stay |= set(before[-1:])
    return stay & {snapshot.snapshot_id for snapshot in lake.described(table).metadata.snapshots}


def _ledgers(
    lake: Lake, table: TableName, metadata: TableMetadata, stay: Collection[int], old: datetime
) -> dict[str, int]:
    """Files of the ledger, from before `old`, that neither main nor a snapshot that stays leads to."""
    store = lake.store
    used: set[str] = set()
    for path in (metadata.properties.get(properties.LEDGER), *(ledger_path(table, str(number)) for number in stay)):
        if path and path not in used and lake.there(path):
            used |= chain(store, path)
    found = store.list(f"_ledger/{table.domain}/{table.table}/*.json")
    return {file.path: file.size for file in found if file.path not in used and file.modified < old}
