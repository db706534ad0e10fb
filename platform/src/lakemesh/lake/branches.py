"""Audit branches: what they are called, what is written on them, and which of them nobody needs any more."""

from collections.abc import Callable
from dataclasses import dataclass

from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.sorting import SortOrder

from lakemesh.declare.names import ProductName
from lakemesh.lake.evolve import evolve
from lakemesh.lake.history import AUDIT as AUDIT
from lakemesh.lake.history import word
from lakemesh.lake.properties import CREATED, PRODUCT
from lakemesh.lake.runs import state_of
from lakemesh.lake.schema import columns, partition_spec, sort_order
from lakemesh.lake.store import Store
from lakemesh.mesh.contract import Contract


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
        None if schema.schema_id in {known.schema_id for known in metadata.schemas} else schema,
        None if spec.spec_id in {known.spec_id for known in metadata.partition_specs} else spec,
        None if order.order_id in {known.order_id for known in metadata.sort_orders} else order,
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


def outdated(metadata: TableMetadata, store: Store, run: str) -> list[str]:
    """Audit branches that are only kept because their audit failed, which the publish of `run` makes old."""
    product = ProductName.parse(metadata.properties[PRODUCT])

    def needed(other: str) -> bool:
        return other == run or state_of(store, product, other) in (None, "running")

    return list(unneeded(metadata, needed))
