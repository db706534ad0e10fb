"""A table goes back to what readers saw, and its quarantine with it."""

from datetime import datetime

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake.lake import Lake
from lakemesh.lake.snapshot import Snapshot


def rollback(lake: Lake, table: TableName, to: datetime | int) -> Snapshot:
    """What readers see now. Hold the product's lock. Raises Mistakes where nothing was published then.

    Rows that a replay took out of quarantine since leave the table here, so they have to be in quarantine again: it
    goes back to what it held when that snapshot was published. What later files set aside comes again with those files,
    which are held. The table goes first; asked again after a crash between the two, this ends what was begun."""
    then = lake.head(table, to)
    if then is None:
        raise Mistakes.of(f"{table} had nothing published at {to}", f"make history TABLE={table} shows what there was")
    published = [entry for entry in lake.log(table) if entry.snapshot == then.id]
    lake.rollback(table, then)
    aside = lake.head(table.quarantine, published[-1].at) if published else None
    if aside is not None:
        lake.rollback(table.quarantine, aside)
    return then
