"""What the words of one table say against each other, where it keeps more than one state of a row."""

from collections.abc import Iterator

from lakemesh.declare.table import DropWithin, Table
from lakemesh.declare.wrong import Wrong

KEPT = {"history": ("valid_from", "valid_to", "is_current"), "daily_copy": ("copied_on",)}
"""What a kind of write adds, to tell the states of a row apart."""
VERSIONS = ("int", "bigint", "date", "timestamp", "timestamp_ntz")
"""Types of a column that can say since when a version holds."""
_TIMES = ("date", "timestamp", "timestamp_ntz")


def kept(table: Table) -> Iterator[Wrong]:
    """What does not go with a table that keeps more than one state of a row."""
    if table.write == "history" and table.newest is None:
        yield Wrong(
            "`write: history` does not say since when a version holds",
            "add `newest: column`",
            "write",
            leans="write newest",
        )
    if table.write == "history" and table.newest in table.key:
        yield Wrong(
            f'"{table.newest}" tells versions of one key apart, and cannot be part of it',
            "take it out of the key",
            "key",
            table.key.index(table.newest or ""),
            leans="write newest",
        )
    added = KEPT.get(table.write or "", ())
    for place, column in enumerate(table.key):
        if column in added:
            what = f"`write: {table.write}` adds `{column}` itself, beside the key"
            yield Wrong(what, "take it out of the key", "key", place, leans="write")
    for column in table.columns:
        if column.lower() in added:
            what = f"`write: {table.write}` adds a column `{column.lower()}` itself"
            yield Wrong(what, "give this one another name", "columns", column, word=True, leans="write")


def closes(table: Table) -> Iterator[Wrong]:
    """Which rows close a key of a history."""
    selects = table.kind == "a transform"
    if table.deletes in ("remove", "mark"):
        yield Wrong(
            f"`deletes: {table.deletes}` is for `write: cdc`, and a history keeps what was",
            ("say " if selects else "say close, or ") + "which rows delete: {when: \"status = 'X'\"}",
            "deletes",
            leans="write",
        )
    elif table.deletes == "close" and table.op is None and not table.known_source():
        yield Wrong(
            "`deletes: close` does not say which rows delete",
            ("say " if selects else "add `op: column` (it holds I, U and D), or say ") + "{when: \"status = 'X'\"}",
            "deletes",
            leans="write op from",
        )


def times(table: Table) -> Iterator[Wrong]:
    """Columns that say when something holds, or came."""
    said = table.columns.get(table.newest) if table.write == "history" and table.newest is not None else None
    if said is not None and said.type is not None and str(said.type) not in VERSIONS:
        what = f'"{table.newest}" is {said.type}, which does not say since when a version holds'
        yield Wrong(what, "name a date, a timestamp or a whole number", "newest", leans="columns")
    by = table.columns.get(table.repeats.by) if isinstance(table.repeats, DropWithin) else None
    if by is not None and by.type is not None and str(by.type) not in _TIMES:
        what = f'"{table.repeats.by}" is {by.type}, and the span is one of time'  # type: ignore[union-attr]
        yield Wrong(what, "name a column that is a date or a timestamp", "repeats", "by", leans="columns")
