"""A table that has not been published, for whoever needs it: why that is, and what helps."""

from lakemesh.declare.names import TableName
from lakemesh.steps.world import World


def published(world: World, table: TableName) -> bool:
    """Whether readers see something of it that a run made; a table that was only created is empty."""
    return world.lake.head(table) is not None and bool(world.lake.properties(table).get("lakemesh.run"))


def unpublished(world: World, table: TableName) -> tuple[str, str]:
    """What is wrong, and the command that mends it."""
    contract = world.mesh.contracts.get(table)
    product = contract.product if contract else table.domain
    head = world.lake.head(table)
    if head is not None and world.lake.ledger(head).held:
        what = f"{table} was rolled back to where it was empty, and its files are held"
        return what, f"make run PRODUCT={product} HELD=1 takes them again"
    if head is not None and world.lake.properties(table).get("lakemesh.sql"):
        return f"{table} was rolled back to where it was empty", f"make rebuild TABLE={table} makes it again"
    return f"{table} has not been published yet", f"run what makes it first: make run PRODUCT={product}"
