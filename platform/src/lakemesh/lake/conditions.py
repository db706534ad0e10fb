"""What must hold for a commit, by what was written down: never by ancestry, which expiry cuts."""

from pyiceberg.io import FileIO
from pyiceberg.manifest import DataFile
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot

from lakemesh.errors import Mistakes
from lakemesh.lake.history import word
from lakemesh.lake.manifests import entries, listed
from lakemesh.lake.properties import BASE, BASE_SEQUENCE, PRODUCT, SHAPE_SINCE
from lakemesh.lake.publication import Moved
from lakemesh.lake.schema import columns, numbered, shape
from lakemesh.lake.snapshot import Branch
from lakemesh.mesh.contract import Contract


def refuse_strangers(metadata: TableMetadata, contract: Contract) -> None:
    """A table is one product's. Raises Mistakes."""
    owner = metadata.properties.get(PRODUCT)
    if owner != str(contract.product):
        raise Mistakes.of(
            f"{contract.table} belongs to {owner or 'somebody else'}, and {contract.product} claims it too",
            "give one of the two tables another name",
            contract.path,
        )


def main_of(metadata: TableMetadata) -> Snapshot:
    """What main is. Raises Mistakes for a table that never had a snapshot, which ours have from their first commit."""
    if main := metadata.current_snapshot():
        return main
    raise Mistakes.of(
        f"the table at {metadata.location} has no snapshot", "it was not made by Lakemesh: drop it, and run again"
    )


def parent(metadata: TableMetadata, branch: Branch) -> tuple[Snapshot, int | None]:
    """What the next commit on the branch stands on, and where the branch must point. Raises Moved."""
    ref = metadata.refs.get(branch.name)
    found = metadata.snapshot_by_id(ref.snapshot_id if ref else branch.base.id)
    if found is None:
        # Expiry takes what main has left behind, however long a run took.
        raise Moved(f"{branch.table} no longer keeps snapshot {branch.base.id}")
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


def base_sequence(metadata: TableMetadata, branch: Branch, head: Snapshot) -> int:
    """The sequence number of the branch's base: as our commit wrote it down, else as the base says. Raises Moved."""
    # What was published carries the base that it had once.
    if word(head, BASE) == str(branch.base.id) and (written := word(head, BASE_SEQUENCE)):
        return int(written)
    base = metadata.snapshot_by_id(branch.base.id)
    if base is None or base.sequence_number is None:
        raise Moved(f"{branch.table} no longer keeps snapshot {branch.base.id}")
    return base.sequence_number


def added_on(head: Snapshot, base: int, io: FileIO) -> tuple[DataFile, ...]:
    """The files that a branch added to a base of that sequence number."""
    # By sequence number: what the base had is older, whatever expired since.
    manifests = [m for m in listed(io, head) if m.sequence_number > base]
    if any(manifest.deleted_files_count for manifest in manifests):
        raise ValueError("only a branch that took nothing away can be attached again")
    return tuple(
        e.data_file for e in entries(io, manifests) if e.sequence_number is not None and e.sequence_number > base
    )


def shape_since(metadata: TableMetadata, branch: Branch, head: Snapshot) -> dict[str, str]:
    """The property that says since when all files have the same names and types, where this publish changes them."""
    if shape(metadata.schema()) == shape(numbered(metadata, branch.schema_id)):
        return {}
    return {SHAPE_SINCE: str(base_sequence(metadata, branch, head) + 1)}
