"""The kind of write, with the words that belong to it."""

from datetime import timedelta

from lakemesh.declare.domain import Source
from lakemesh.declare.ingest import FromSeed, FromSource, Ingest
from lakemesh.declare.table import DeletesWhen, Table
from lakemesh.mesh.contract import Append, Cdc, Merge, Replace, Window, Write

# What DMS calls the column that it puts first.
DMS_OP = "Op"


def usual(declaration: Table, source: Source | None) -> str:
    """What is implied where nothing is said."""
    if not isinstance(declaration, Ingest) or isinstance(declaration.from_, FromSeed):
        return "replace"
    dms = isinstance(declaration.from_, FromSource) and source is not None and source.by == "dms"
    return "cdc" if dms else "append"


def write(declaration: Table, source: Source | None, keep_deletes: timedelta) -> Write:
    """How new rows meet old ones."""
    deletes = declaration.deletes
    match declaration.write or usual(declaration, source):
        case "append":
            return Append()
        case "merge":
            when = deletes.when if isinstance(deletes, DeletesWhen) else None
            return Merge(declaration.newest, when, keep_deletes)
        case "window":
            return Window(declaration.time or "", declaration.lookback, declaration.late)
        case "cdc":
            return Cdc(
                declaration.op or DMS_OP, declaration.order, "mark" if deletes == "mark" else "remove", keep_deletes
            )
        case _:
            return Replace()
