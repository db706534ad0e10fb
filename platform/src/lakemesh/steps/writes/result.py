"""The last part of every write's SELECT: the table's columns, the quarantine's, and the fate."""

from collections.abc import Sequence
from datetime import UTC

from lakemesh.mesh.contract import Column
from lakemesh.sql import quote
from lakemesh.sql.select import Select
from lakemesh.steps.writes.judged import Judged


def columns(judged: Judged, without: Sequence[str] = ()) -> tuple[str, ...]:
    """One expression for each column of the table, the added ones among them."""
    left_out = (*_TOLD, *without)
    return tuple(_expression(judged, column) for column in judged.contract.columns if column.name not in left_out)


def plain(judged: Judged) -> str:
    """Of rows without a key: kept, or set aside."""
    fate = judged.fated("case when _broke is not null then 'quarantined' else 'inserted' end")
    chosen = ",\n  ".join([*columns(judged), judged.told(), fate])
    return f"with {judged.text}\nselect {chosen}\nfrom judged"


def select(judged: Judged, text: str) -> Select:
    """The text with the tables that it reads: those of the contract's own SELECT, and what the write itself meets."""
    contract = judged.contract
    ours = (contract.table.landed, contract.table, contract.table.deletes)
    reads = (*contract.reads, *(name for name in ours if quote.table(name) in text and name not in contract.reads))
    return Select(text, reads, contract.select.path if contract.select else contract.path)


# `_source_file` belongs to the table and to its quarantine alike; it is told once.
_TOLD = ("_source_file",)


def _expression(judged: Judged, column: Column) -> str:
    if column.name == "_ingested_at":
        return f"{quote.literal(judged.now)} as _ingested_at"
    if column.added and column.name == "copied_on":
        return f"{quote.literal(judged.now.astimezone(UTC).date())} as copied_on"
    if column.name == "_is_deleted":
        return "coalesce(_op = 'D', false) as _is_deleted"
    return quote.name(column.name)
