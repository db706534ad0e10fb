"""A table's first commit: from a contract to an empty table that can have branches."""

from pyiceberg.catalog import Catalog

from lakemesh.lake import commit, properties
from lakemesh.lake.manifests import Settle, draft, number
from lakemesh.lake.place import Place
from lakemesh.lake.schema import partition_spec, schema, sort_order
from lakemesh.mesh.contract import Contract


def create(catalog: Catalog, place: Place, contract: Contract, run: str, settle: Settle) -> None:
    """The contract's table, with an empty first snapshot. Raises Conflict where somebody else was first."""
    name = contract.table
    zone = place.zones.get(contract.zone, contract.zone)
    wanted = schema(contract)
    commit.name_domain(catalog, name.domain)
    staged = commit.imagine(
        catalog,
        (name.domain, name.table),
        f"{place.root.rstrip('/')}/{zone}/{name.domain}/{name.table}",
        wanted,
        partition_spec(contract.partition, wanted),
        sort_order(contract, wanted),
        # What the contract says of it becomes true when the table is first published.
        {**properties.AT_CREATION, properties.PRODUCT: str(contract.product)},
    )
    metadata = staged.metadata
    first = draft(
        metadata,
        staged.io,
        parent=None,
        schema=metadata.schema(),
        spec_id=metadata.default_spec_id,
        properties={properties.RUN: run, properties.CREATED: "true"},
    )
    commit.create(catalog, staged, number(metadata, staged.io, first, settle))
