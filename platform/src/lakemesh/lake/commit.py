"""Every `commit_table`, each with what it requires. No other file names it, and none uses pyiceberg's Transaction."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, cast
from uuid import uuid4

from pydantic import TypeAdapter
from pyiceberg.catalog import Catalog
from pyiceberg.exceptions import CommitFailedException, TableAlreadyExistsError
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table import StagedTable, Table
from pyiceberg.table.metadata import TableMetadata, new_table_metadata
from pyiceberg.table.refs import MAIN_BRANCH
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.table.sorting import SortOrder
from pyiceberg.table.update import TableRequirement, TableUpdate, ValidatableTableRequirement

from lakemesh.lake import properties
from lakemesh.lake.snapshot import Branch

Said: TypeAlias = Mapping[str, object]
"""One update or requirement, in the words of Iceberg's REST specification."""
UPDATES = TypeAdapter(tuple[TableUpdate, ...])
REQUIREMENTS = TypeAdapter(tuple[TableRequirement, ...])


class Conflict(Exception):
    """Somebody else's commit came first, or the catalogue is busy. Load the table again, and look."""


class AssertUnchanged(ValidatableTableRequirement):
    """The ledger is still the one we read, and the ids of schemas, specs and orders that we add are free.
    Iceberg has no requirement for either; ours is judged in this process, as pyiceberg judges all of them here."""

    type: Literal["lakemesh-assert-unchanged"] = "lakemesh-assert-unchanged"
    ledger: str | None
    added: tuple[int, int, int]

    def validate(self, base_metadata: TableMetadata | None) -> None:  # type: ignore[override]
        if base_metadata is None:
            raise CommitFailedException("the table is gone")
        if base_metadata.properties.get(properties.LEDGER) != self.ledger:
            raise CommitFailedException("the ledger was changed by somebody else")
        if counted(base_metadata) != self.added:
            raise CommitFailedException("a schema, a partition spec or a sort order was added by somebody else")


class AssertReferred(ValidatableTableRequirement):
    """Every branch and tag is where it was, and there is no other: none may point to what is about to go."""

    type: Literal["lakemesh-assert-referred"] = "lakemesh-assert-referred"
    refs: dict[str, int]

    def validate(self, base_metadata: TableMetadata | None) -> None:  # type: ignore[override]
        if base_metadata is None or referred(base_metadata) != self.refs:
            raise CommitFailedException("a branch or a tag was moved by somebody else")


def referred(metadata: TableMetadata) -> dict[str, int]:
    """Where each branch and tag points."""
    return {name: ref.snapshot_id for name, ref in metadata.refs.items()}


def counted(metadata: TableMetadata) -> tuple[int, int, int]:
    """How many schemas, specs and orders there are."""
    return len(metadata.schemas), len(metadata.partition_specs), len(metadata.sort_orders)


def unchanged(metadata: TableMetadata) -> AssertUnchanged:
    """Requires what `metadata` says to stand still."""
    return AssertUnchanged(ledger=metadata.properties.get(properties.LEDGER), added=counted(metadata))


def imagine(
    catalog: Catalog,
    identifier: tuple[str, str],
    location: str,
    schema: Schema,
    spec: PartitionSpec,
    order: SortOrder,
    words: dict[str, str],
) -> StagedTable:
    """A table that is only imagined so far: what its first snapshot is written for. `create` makes it."""
    metadata = new_table_metadata(schema, spec, order, location, words, table_uuid=uuid4())
    io = catalog._load_file_io(metadata.properties, location)
    return StagedTable(identifier, metadata, f"{location}/metadata", io, catalog)


def name_domain(catalog: Catalog, domain: str) -> None:
    """The catalogue knows the domain."""
    try:
        catalog.create_namespace_if_not_exists((domain,))
    except CommitFailedException as conflict:
        raise Conflict(str(conflict)) from conflict


def create(catalog: Catalog, staged: StagedTable, first: Snapshot) -> None:
    """The table and its empty first snapshot, in one commit: a branch cannot be written before there is a snapshot."""
    metadata = staged.metadata
    updates: list[Said] = [
        {"action": "assign-uuid", "uuid": metadata.table_uuid},
        {"action": "upgrade-format-version", "format-version": metadata.format_version},
        {"action": "add-schema", "schema": metadata.schema()},
        {"action": "set-current-schema", "schema-id": -1},
        {"action": "add-spec", "spec": metadata.spec()},
        {"action": "set-default-spec", "spec-id": -1},
        {"action": "add-sort-order", "sort-order": metadata.sort_orders[0]},
        {"action": "set-default-sort-order", "sort-order-id": -1},
        {"action": "set-location", "location": metadata.location},
        {"action": "set-properties", "updates": metadata.properties},
        {"action": "add-snapshot", "snapshot": first},
        _point(MAIN_BRANCH, first.snapshot_id),
    ]
    _commit(catalog, staged, [{"type": "assert-create"}], updates)


def add_shape(
    catalog: Catalog, table: Table, schema: Schema | None, spec: PartitionSpec | None, order: SortOrder | None
) -> None:
    """A schema, a spec, an order, known from now on; none of them is the table's own yet."""
    metadata = table.metadata
    updates: list[Said] = []
    if schema is not None:
        updates.append({"action": "add-schema", "schema": schema})
    if spec is not None:
        updates.append({"action": "add-spec", "spec": spec})
    if order is not None:
        updates.append({"action": "add-sort-order", "sort-order": order})
    field_id: Said = {"type": "assert-last-assigned-field-id", "last-assigned-field-id": metadata.last_column_id}
    _commit(catalog, table, [_same(metadata), field_id], updates, unchanged(metadata))


def shape(catalog: Catalog, table: Table, branch: Branch, said: dict[str, str]) -> None:
    """The branch's schema, spec and order are the table's own, before anything is published in them; main stays."""
    updates: list[Said] = [*_shape(branch), {"action": "set-properties", "updates": said}]
    _commit(catalog, table, [_same(table.metadata), _main(table.metadata)], updates, unchanged(table.metadata))


def audit(catalog: Catalog, table: Table, branch: str, expected: int | None, snapshot: Snapshot | int) -> None:
    """The branch points to the snapshot, new or known. `expected`: where it pointed, None where it must not exist."""
    updates: list[Said] = []
    if isinstance(snapshot, Snapshot):
        updates.append({"action": "add-snapshot", "snapshot": snapshot})
    updates.append(_point(branch, snapshot.snapshot_id if isinstance(snapshot, Snapshot) else snapshot))
    _commit(catalog, table, [_same(table.metadata), _stands(branch, expected)], updates)


def publish(
    catalog: Catalog, table: Table, branch: Branch, audited: Snapshot, said: dict[str, str], drop: Sequence[str]
) -> None:
    """main is the audited snapshot, its branch and those in `drop` are gone, what is said is said: all or nothing."""
    metadata = table.metadata
    requirements: list[Said] = [
        _same(metadata),
        _stands(MAIN_BRANCH, branch.base.id),
        _stands(branch.name, audited.snapshot_id),
        {"type": "assert-current-schema-id", "current-schema-id": metadata.current_schema_id},
    ]
    words = {**branch.properties, **said}
    updates: list[Said] = [
        *_shape(branch),
        _point(MAIN_BRANCH, audited.snapshot_id),
        *({"action": "remove-snapshot-ref", "ref-name": name} for name in (branch.name, *drop)),
    ]
    if branch.properties and (old := properties.outdated(metadata.properties, words)):
        updates.append({"action": "remove-properties", "removals": old})
    updates.append({"action": "set-properties", "updates": words})
    _commit(catalog, table, requirements, updates, unchanged(metadata))


def rollback(catalog: Catalog, table: Table, to: Snapshot, said: dict[str, str]) -> None:
    """main is an older snapshot again, in the schema that it had, with its ledger."""
    metadata = table.metadata
    schema_id = metadata.current_schema_id if to.schema_id is None else to.schema_id
    updates: list[Said] = [
        {"action": "set-current-schema", "schema-id": schema_id},
        _point(MAIN_BRANCH, to.snapshot_id),
        {"action": "set-properties", "updates": said},
    ]
    _commit(catalog, table, [_same(metadata), _main(metadata)], updates, unchanged(metadata))


def say(catalog: Catalog, table: Table, said: dict[str, str]) -> None:
    """Properties alone; main stays."""
    metadata = table.metadata
    updates: list[Said] = [{"action": "set-properties", "updates": said}]
    _commit(catalog, table, [_same(metadata), _main(metadata)], updates, unchanged(metadata))


def tag(catalog: Catalog, table: Table, name: str, snapshot_id: int) -> None:
    """A name that nothing had points to a snapshot, and no expiry takes it away."""
    metadata = table.metadata
    updates: list[Said] = [
        {"action": "set-snapshot-ref", "ref-name": name, "type": "tag", "snapshot-id": snapshot_id},
    ]
    _commit(catalog, table, [_same(metadata), _stands(name, None)], updates, AssertReferred(refs=referred(metadata)))


def drop(catalog: Catalog, table: Table, branches: dict[str, int]) -> None:
    """These branches, or tags, are gone, each of which must still point where it did."""
    requirements = [_same(table.metadata), *(_stands(name, head) for name, head in branches.items())]
    updates: list[Said] = [{"action": "remove-snapshot-ref", "ref-name": name} for name in branches]
    _commit(catalog, table, requirements, updates)


def expire(catalog: Catalog, table: Table, snapshots: Sequence[int], refs: Sequence[str] = ()) -> None:
    """These snapshots are no longer kept, nor these branches and tags; every other still points where it did."""
    updates: list[Said] = [{"action": "remove-snapshot-ref", "ref-name": name} for name in refs]
    updates.append({"action": "remove-snapshots", "snapshot-ids": list(snapshots)})
    _commit(catalog, table, [_same(table.metadata)], updates, AssertReferred(refs=referred(table.metadata)))


def _shape(branch: Branch) -> list[Said]:
    return [
        {"action": "set-current-schema", "schema-id": branch.schema_id},
        {"action": "set-default-spec", "spec-id": branch.spec_id},
        {"action": "set-default-sort-order", "sort-order-id": branch.sort_id},
    ]


def _same(metadata: TableMetadata) -> Said:
    return {"type": "assert-table-uuid", "uuid": metadata.table_uuid}


def _main(metadata: TableMetadata) -> Said:
    return _stands(MAIN_BRANCH, metadata.current_snapshot_id)


def _stands(ref: str, snapshot_id: int | None) -> Said:
    return {"type": "assert-ref-snapshot-id", "ref": ref, "snapshot-id": snapshot_id}


def _point(ref: str, snapshot_id: int) -> Said:
    return {"action": "set-snapshot-ref", "ref-name": ref, "type": "branch", "snapshot-id": snapshot_id}


def _commit(
    catalog: Catalog,
    table: Table,
    requirements: Sequence[Said],
    updates: Sequence[Said],
    still: AssertUnchanged | AssertReferred | None = None,
) -> None:
    required = REQUIREMENTS.validate_python(requirements)
    # pyiceberg's type of a requirement is a closed list; all it does with one is to ask it.
    ours = cast(tuple[TableRequirement, ...], (still,) if still else ())
    try:
        catalog.commit_table(table, (*required, *ours), UPDATES.validate_python(updates))
    except (CommitFailedException, TableAlreadyExistsError) as conflict:
        raise Conflict(str(conflict)) from conflict
    except ValueError as conflict:
        # pyiceberg says so of a snapshot numbered before somebody else's commit, and of one that was expired meanwhile.
        if any(
            word in str(conflict)
            for word in ("sequence number", "unknown snapshot", "already exists", "does not exist")
        ):
            raise Conflict(str(conflict)) from conflict
        raise
