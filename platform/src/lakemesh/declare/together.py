"""What the words of one table say against each other."""

from collections.abc import Iterable, Iterator

from lakemesh.declare.kept import KEPT, closes, kept, times
from lakemesh.declare.scalar import shown
from lakemesh.declare.table import DropWithin, Partition, Table
from lakemesh.declare.types import Decimal, Primitive
from lakemesh.declare.words import near
from lakemesh.declare.wrong import Wrong

_FOR = {
    "newest": ("merge", "history"),
    "time": ("window",),
    "lookback": ("window",),
    "late": ("window",),
    "op": ("cdc", "history"),
    "order": ("cdc",),
}
_TIMES = ("timestamp", "timestamp_ntz")
_FITS = {
    "year": ("date", *_TIMES),
    "month": ("date", *_TIMES),
    "day": ("date", *_TIMES),
    "hour": _TIMES,
    "identity": ("boolean", "int", "bigint", "date", *_TIMES, "string", "binary"),
    "bucket": ("int", "bigint", "date", *_TIMES, "string", "binary"),
    "truncate": ("int", "bigint", "string", "binary"),
}


def wrongs(table: Table) -> Iterable[Wrong]:
    """All of it, whatever the kind of table."""
    yield from _writes(table)
    yield from _keys(table)
    yield from _types(table)
    yield from _sources(table)
    if table.replaced_by is not None and table.retires is None:
        yield Wrong(
            "`replaced_by` names what takes its place, and no day is named",
            "add `retires: 2027-06-30`",
            "replaced_by",
            word=True,
            leans="retires",
        )


def _writes(table: Table) -> Iterator[Wrong]:
    said = table.model_fields_set
    for word, writes in _FOR.items():
        if word in said and getattr(table, word) is not None and table.write not in (*writes, None):
            whose = " and ".join(f"`write: {write}`" for write in writes)
            yield Wrong(
                f"`{word}` is for {whose}, and this is `write: {table.write}`",
                "leave it out, or change `write`",
                word,
                word=True,
                leans="write",
            )
    if table.write in ("merge", "cdc", "history") and not table.key:
        yield Wrong(
            f"`write: {table.write}` has no `key` to tell rows apart by",
            "add `key: [column, …]`",
            "write",
            leans="write key",
        )
    if table.write == "window" and table.time is None:
        yield Wrong("`write: window` does not say of what time", "add `time: column`", "write", leans="write time")
    if (
        table.write == "window"
        and table.time is not None
        and not any(part.column == table.time for part in table.partition)
    ):
        yield Wrong(
            f"a window replaces whole partitions, and the table is not partitioned by `{table.time}`",
            f"add `partition:` with a line such as `- month({table.time})`",
            "time",
            leans="write time partition",
        )
    if table.write == "cdc" and table.op is None and not table.known_source():
        yield Wrong(
            "`write: cdc` does not say which column holds I, U and D",
            "add `op: column`",
            "write",
            leans="write op from",
        )
    yield from kept(table)
    if table.deletes is not None and table.write is not None:
        yield from _deletes(table)
    if table.repeats is not None and not table.key:
        yield Wrong(
            "`repeats` is about rows with the same key, and there is no `key`",
            "add `key: [column, …]`, or leave it out",
            "repeats",
            word=True,
            leans="key",
        )
    if isinstance(table.repeats, DropWithin) and table.write not in ("append", None):
        yield Wrong(
            f"a span of `repeats` is for `write: append`, and this is `write: {table.write}`",
            "say quarantine, stop or drop",
            "repeats",
            word=True,
            leans="write",
        )


def _deletes(table: Table) -> Iterator[Wrong]:
    whole = isinstance(table.deletes, str)
    if table.write == "history":
        yield from closes(table)
    elif table.deletes == "close":
        yield Wrong(
            f"`deletes: close` is for `write: history`, and this is `write: {table.write}`",
            "leave it out, or change `write`",
            "deletes",
            leans="write",
        )
    elif table.write == "merge" and whole:
        yield Wrong(
            f"`deletes: {table.deletes}` is for `write: cdc`, and this is `write: merge`",
            "say which rows delete: {when: \"status = 'X'\"}",
            "deletes",
            leans="write",
        )
    elif table.write == "cdc" and not whole:
        yield Wrong(
            "`deletes: {when: …}` is for `write: merge`, and this is `write: cdc`",
            "say remove or mark",
            "deletes",
            leans="write",
        )
    elif table.write not in ("merge", "cdc"):
        yield Wrong(
            f"`deletes` is for `write: merge`, `write: cdc` and `write: history`, and this is `write: {table.write}`",
            "leave it out, or change `write`",
            "deletes",
            word=True,
            leans="write",
        )


def named(table: Table) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """The columns that words other than `columns` name, each with where."""
    yield from ((column, ("key", place)) for place, column in enumerate(table.key))
    yield from ((part.column, ("partition", place)) for place, part in enumerate(table.partition))
    yield from ((sort.column, ("sort", place)) for place, sort in enumerate(table.sort))
    for word in ("newest", "time"):
        if (column := getattr(table, word)) is not None:
            yield column, (word,)
    if isinstance(table.repeats, DropWithin):
        yield table.repeats.by, ("repeats", "by")
    if table.fresh is not None and table.fresh.of is not None:
        yield table.fresh.of, ("fresh", "of")
    if table.keep is not None and " by " in table.keep:
        yield table.keep.partition(" by ")[2], ("keep", "by")


def undeclared(table: Table, beside: tuple[str, ...] = ()) -> Iterator[Wrong]:
    """Columns that are named and not declared: for a table whose columns are all known."""
    beside = (*beside, *KEPT.get(table.write or "", ()))
    for column, at in named(table):
        if column not in table.columns and column not in beside:
            close = near(column, table.columns)
            remedy = (
                f'did you mean "{close}"?'
                if close
                else f"declare it below `columns`, or name one of {', '.join(list(table.columns)[:8])}"
            )
            yield Wrong(f'"{column}" is not a column of this table', remedy, *at, leans="columns")


def _keys(table: Table) -> Iterator[Wrong]:
    seen: dict[tuple[str, str], int] = {}
    for place, part in enumerate(table.partition):
        kind = "time" if part.transform in ("year", "month", "day", "hour") else part.transform
        if (kind, part.column) in seen:
            yield Wrong(
                f'"{part.column}" is partitioned by {part.transform} and by another already',
                "keep the finer of the two",
                "partition",
                place,
            )
        seen[kind, part.column] = place
    sorted_by = [sort.column for sort in table.sort]
    for place, column in enumerate(sorted_by):
        if column in sorted_by[:place]:
            yield Wrong(f'"{column}" is sorted by twice', "name it once", "sort", place)


def _types(table: Table) -> Iterator[Wrong]:
    for place, part in enumerate(table.partition):
        column = table.columns.get(part.column)
        if column is not None and column.type is not None and not _may(part, column.type):
            yield Wrong(
                f"`{part.transform}` cannot be taken of {part.column}, which is {column.type}",
                f"it takes {', '.join(_FITS[part.transform])}",
                "partition",
                place,
                leans="columns",
            )
    for place, name in enumerate(table.key):
        column = table.columns.get(name)
        if column is not None and column.type is not None and not isinstance(column.type, (Primitive, Decimal)):
            yield Wrong(
                f'"{name}" is {column.type}, by which rows cannot be told apart',
                "name columns of single values",
                "key",
                place,
                leans="columns",
            )
    yield from times(table)
    column = table.columns.get(table.time) if table.time is not None else None
    if column is not None and column.type is not None and str(column.type) not in ("date", *_TIMES):
        what = f'"{table.time}" is {column.type}, and a window is a span of time'
        yield Wrong(what, "name a column that is a date or a timestamp", "time", leans="columns")


def _may(part: Partition, type: object) -> bool:
    if isinstance(type, Decimal):
        return part.transform in ("identity", "bucket", "truncate")
    return isinstance(type, Primitive) and type.name in _FITS[part.transform]


def _sources(table: Table) -> Iterator[Wrong]:
    read: dict[str, str] = {}
    old: dict[str, str] = {}
    lower: dict[str, str] = {}
    for name, column in table.columns.items():
        if column.as_ is not None and column.as_ in read:
            yield Wrong(
                f'"{column.as_}" is read into `{read[column.as_]}` already',
                "read each header into one column",
                "columns",
                name,
                "as",
            )
        if column.was is not None and (column.was in old or column.was in table.columns):
            taken = "a column of this table" if column.was in table.columns else f"the old name of `{old[column.was]}`"
            yield Wrong(f'"{column.was}" is {taken}', "name the one column that this was", "columns", name, "was")
        if name.lower() in lower:
            yield Wrong(
                f'"{name}" and "{lower[name.lower()]}" are one name to SQL',
                "name each column differently",
                "columns",
                name,
                word=True,
            )
        if not name.strip() or "`" in name or len(name) > 255:
            yield Wrong(
                f'"{shown(name)}" cannot name a column', "give it a name of letters", "columns", name, word=True
            )
        if name.startswith("_"):
            yield Wrong(
                f'"{name}" begins with _, which is kept for the columns that Lakemesh adds',
                "leave the _ out, and read it with `as`",
                "columns",
                name,
                word=True,
            )
        read.setdefault(column.as_ or name, name)
        old.setdefault(column.was or "", name)
        lower.setdefault(name.lower(), name)
