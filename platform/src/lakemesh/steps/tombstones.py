"""The private table of deleted keys: a late update of one of them must not bring it back."""

from dataclasses import replace
from datetime import datetime, timedelta

from lakemesh.declare.types import Primitive, Type
from lakemesh.mesh.contract import Column, Contract, History, Merge

_KEEP = timedelta(days=30)


def tombstones(contract: Contract) -> Contract:
    """The contract of `<table>__deletes`: the key, where in the log it was deleted, and when that was seen."""
    write = contract.write
    newest: Type = (
        contract.types[write.newest]
        if isinstance(write, Merge | History) and write.newest
        else contract.types["_sequence"]
    )
    key = tuple(replace(contract.column(name), checks=(), was=None) for name in contract.key)
    more = (
        Column("_sequence", newest, description="Where in the log the delete stands.", added=True),
        Column("_deleted_at", Primitive("timestamp"), description="When the delete was taken in.", added=True),
    )
    told = f"Keys deleted from {contract.table}, so that what is late does not bring them back."
    return contract.beside(contract.table.deletes, told, (*key, *more))


def keep_until(contract: Contract, now: datetime) -> datetime:
    """Deletes seen before this instant are forgotten: what comes later than that is taken as it is."""
    seconds = contract.properties.get("lakemesh.keep_deletes")
    return now - (timedelta(seconds=int(seconds)) if seconds else _KEEP)
