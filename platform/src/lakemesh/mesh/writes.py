"""The kind of write, with the words that belong to it."""

from lakemesh.declare.domain import Source
from lakemesh.declare.table import DeletesWhen, Table
from lakemesh.mesh.contract import Append, Cdc, DailyCopy, History, Merge, Replace, Window, Write

# What DMS calls the column that it puts first.
DMS_OP = "Op"


def write(declaration: Table, source: Source | None) -> Write:
    """How new rows meet old ones."""
    deletes = declaration.deletes
    # Only what comes from a source may leave it unsaid.
    logged = source is not None and source.by == "dms"
    implied = "cdc" if logged else "append"
    when = deletes.when if isinstance(deletes, DeletesWhen) else None
    match declaration.write or implied:
        case "append":
            return Append()
        case "merge":
            return Merge(declaration.newest, when)
        case "window":
            return Window(declaration.time or "", declaration.lookback, declaration.late)
        case "cdc":
            return Cdc(declaration.op or DMS_OP, declaration.order, "mark" if deletes == "mark" else "remove")
        case "history":
            return History(declaration.newest or "", when, declaration.op or (DMS_OP if logged else None))
        case "daily_copy":
            return DailyCopy()
        case _:
            return Replace()
