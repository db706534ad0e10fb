"""Audit branches: what they are called, what is written on them, and which of them nobody needs any more."""

from collections.abc import Callable
from dataclasses import dataclass

from pyiceberg.io import FileIO
from pyiceberg.manifest import DataFile
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.table.sorting import SortOrder

from lakemesh.lake.evolve import evolve
from lakemesh.lake.history import word
from lakemesh.lake.manifests import entries
from lakemesh.lake.properties import BASE, BASE_SEQUENCE, CREATED, SHAPE_SINCE
from lakemesh.lake.publication import Moved
from lakemesh.lake.schema import columns, numbered, partition_spec, shape, sort_order
from lakemesh.lake.snapshot import Branch
from lakemesh.mesh.contract import Contract

AUDIT = "audit_"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table's next files are written. `new`: of these, what the table's metadata does not know yet."""

    schema: Schema
    spec: PartitionSpec
    order: SortOrder
    new: tuple[Schema | None, PartitionSpec | None, SortOrder | None]


def shape_for(metadata: TableMetadata, contract: Contract) -> Shape:
    """What the contract wants, as far as possible with the ids that are there. Raises Mistakes."""
    schema = _schema(metadata, contract)
    spec = partition_spec(contract.partition, schema, _default_first(metadata))
    order = sort_order(contract, schema, tuple(metadata.sort_orders))
    new = (
        None if schema in metadata.schemas else schema,
        None if spec in metadata.partition_specs else spec,
        None if order in metadata.sort_orders else order,
    )
    return Shape(schema, spec, order, new)


def audit_branch(run: str) -> str:
    """The branch on which this run writes."""
    return f"{AUDIT}{run}"


def unneeded(metadata: TableMetadata, needed: Callable[[str], bool]) -> dict[str, int]:
    """Audit branches of runs that do not need theirs, each with where it points."""
    return {
        name: ref.snapshot_id
        for name, ref in metadata.refs.items()
        if name.startswith(AUDIT) and not needed(name.removeprefix(AUDIT))
    }


def _schema(metadata: TableMetadata, contract: Contract) -> Schema:
    now = metadata.schema()
    head = metadata.current_snapshot()
    unseen = head is not None and bool(word(head, CREATED)) and len(metadata.snapshot_log) == 1
    next_id = max(schema.schema_id for schema in metadata.schemas) + 1
    wanted = evolve(now, contract, metadata.last_column_id, next_id, unseen=unseen)
    # A run that died may have added this schema already; then the ids are taken from there.
    for schema in (now, *reversed(metadata.schemas)):
        if _alike(schema, wanted, set(now.field_ids)):
            return schema
    return wanted


def _alike(known: Schema, wanted: Schema, settled: set[int]) -> bool:
    """The same but for the ids of columns that are new."""
    same = set(known.field_ids) & settled == set(wanted.field_ids) & settled
    return (
        same
        and all(known.find_column_name(i) == wanted.find_column_name(i) for i in set(wanted.field_ids) & settled)
        and columns(known) == columns(wanted)
        and list(columns(known)) == list(columns(wanted))
        and [field.doc for field in known.fields] == [field.doc for field in wanted.fields]
    )


def _default_first(metadata: TableMetadata) -> tuple[PartitionSpec, ...]:
    return (metadata.spec(), *(spec for spec in metadata.partition_specs if spec.spec_id != metadata.default_spec_id))


def parent(metadata: TableMetadata, branch: Branch) -> tuple[Snapshot, int | None]:
    """What the next commit on the branch stands on, and where the branch must point. Raises Moved."""
    ref = metadata.refs.get(branch.name)
    found = metadata.snapshot_by_id(ref.snapshot_id if ref else branch.base.id)
    if found is None:
        # Expiry takes what main has left behind, however long a run took.
        raise Moved(f"{branch.table} no longer keeps snapshot {branch.base.id}")
    # By the base that was written down, never by ancestry: expiry cuts that.
    if ref and ref.snapshot_id != branch.base.id and word(found, BASE) not in ("", str(branch.base.id)):
        raise Moved(f"{branch.name} of {branch.table} was made again on another base")
    return found, ref.snapshot_id if ref else None


def publishable(metadata: TableMetadata, branch: Branch, audited: int) -> Snapshot:
    """The audited snapshot, if main and the branch are where they were. Raises Moved."""
    ref = metadata.refs.get(branch.name)
    head = metadata.snapshot_by_id(audited)
    if metadata.current_snapshot_id != branch.base.id:
        raise Moved(f"{branch.table} was published by somebody else, or rolled back, since snapshot {branch.base.id}")
    if head is None or ref is None or ref.snapshot_id != audited:
        raise Moved(f"{branch.name} of {branch.table} is not what was audited")
    return head


def fits(metadata: TableMetadata, main: Snapshot, branch: Branch) -> bool:
    """Whether files written for the branch may stand on `main`: its columns are those the branch knew, or makes."""
    now = numbered(metadata, main.schema_id)
    return shape(now) == shape(numbered(metadata, branch.schema_id)) or columns(now) == branch.base.columns


def added_on(head: Snapshot, io: FileIO) -> tuple[DataFile, ...]:
    """The files that an audit branch added to its base."""
    base = int(word(head, BASE_SEQUENCE))
    # By sequence number: what the base had is older, whatever expired since.
    manifests = [m for m in head.manifests(io) if m.sequence_number > base]
    if any(manifest.deleted_files_count for manifest in manifests):
        raise ValueError("only a branch that took nothing away can be attached again")
    return tuple(
        e.data_file for e in entries(io, manifests) if e.sequence_number is not None and e.sequence_number > base
    )


def shape_since(metadata: TableMetadata, branch: Branch, head: Snapshot) -> dict[str, str]:
    """The property that says since when all files have the same names and types, where this publish changes them."""
    if shape(metadata.schema()) == shape(numbered(metadata, branch.schema_id)):
        return {}
    known = word(head, BASE_SEQUENCE)
    return {SHAPE_SINCE: str(int(known) + 1 if known else metadata.next_sequence_number())}
