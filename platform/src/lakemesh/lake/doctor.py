"""The whole lake, looked at: whatever is wrong is named with its remedy, and mended where that takes no guess."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyiceberg.table.metadata import TableMetadata

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake.checkup import files
from lakemesh.lake.checkup.catalog import found_tables, rebuild, unreadable
from lakemesh.lake.checkup.ledgers import ledger
from lakemesh.lake.checkup.moved import homes, move
from lakemesh.lake.checkup.problem import Problem
from lakemesh.lake.folder import Folder
from lakemesh.lake.lake import Lake
from lakemesh.lake.local import local
from lakemesh.lake.maintenance.erasures import unfinished
from lakemesh.lake.place import Place
from lakemesh.lake.version import FILE, mark, marked


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and what was found."""

    tables: int
    files: int
    problems: tuple[Problem, ...]

    @property
    def healthy(self) -> bool:
        return all(problem.mended for problem in self.problems)


def doctor(place: Place, repair: bool, appends: Collection[TableName] = ()) -> Report:
    """`appends`: tables in which each file's rows stay. Raises Mistakes for a lake of a newer version."""
    root = Path(place.root).resolve()
    if not root.is_dir():
        raise Mistakes.of(f"there is no lake in {root}", "name it: LAKE=folder, or run a product first")
    store = Folder(root)
    problems: list[Problem] = []
    problems += _catalog(root, place, repair)
    if not all(problem.mended for problem in problems):
        return Report(0, 0, tuple(problems))
    problems += _place(root, place, repair)
    if not all(problem.mended for problem in problems):
        return Report(0, 0, tuple(problems))
    if not (root / FILE).exists():
        mark(store, str(root))
    lake = local(place)
    counted = 0
    for table in lake.tables():
        some, number = _table(lake, table, appends)
        problems += some
        counted += number
    problems += [
        Problem(path, f"an erasure of {table} died on the way", f"ask again, as {path} says: make erase TABLE={table}")
        for table, path in unfinished(store)
    ]
    return Report(len(lake.tables()), counted, tuple(problems))


def _catalog(root: Path, place: Place, repair: bool) -> Iterator[Problem]:
    """The SQLite file that names the tables."""
    found = found_tables(root, list(place.zones.values()))
    why = unreadable(root / "catalog.db", bool(found))
    if why is None:
        return
    unclear = [str(table) for table, candidates in found.items() if len(candidates) != 1]
    if unclear:
        told = f"two files of metadata of {', '.join(unclear)} could be the newest: to make it again would be a guess"
        yield Problem("catalog.db", f"{why}; {told}", "restore catalog.db from a backup")
        return
    if repair:
        rebuild(root, place, found)
    yield Problem(
        "catalog.db",
        f"{why}; the newest metadata of all {len(found)} tables is there",
        "make doctor REPAIR=1 makes it again from the tables' own metadata",
        mended=repair,
    )


def _place(root: Path, place: Place, repair: bool) -> Iterator[Problem]:
    """Where the tables say that their files are."""
    store = Folder(root)
    try:
        said = marked(store)
    except Mistakes:
        # A newer one is not ours to touch; a torn one is only this file.
        if '"version"' in (root / FILE).read_text(errors="replace"):
            raise
        if repair:
            mark(store, str(root), over=True)
        yield Problem(FILE, "it cannot be read", "make doctor REPAIR=1 writes it again", mended=repair)
        said = None
    old = homes(root)
    if not old:
        if said is not None and said.root != str(root):
            # Its tables know already, or there are none.
            mark(store, str(root), over=True)
        return
    told = f"it was made in {', '.join(sorted(old))} and lies in {root} now"
    if len(old) > 1:
        yield Problem("", told, "move each part back to where it was made")
        return
    (before,) = old
    missing = move(root, before, dry=True)
    if missing:
        first = f"{len(missing)} files are not here, such as {missing[0]}"
        yield Problem("", f"{told}, and {first}", f"bring the rest of {before} here, or move it back")
        return
    if repair:
        move(root, before, dry=False)
        mark(store, str(root), over=True)
    yield Problem("", told, "make doctor REPAIR=1 writes the new folder into its metadata", mended=repair)


def _table(lake: Lake, table: TableName, appends: Collection[TableName]) -> tuple[list[Problem], int]:
    try:
        found = lake.described(table)
    except Exception as error:
        # Whatever reading the metadata raises is what is wrong with it.
        told = f"its metadata cannot be read ({type(error).__name__}: {error})"
        return [Problem(str(table), told, "restore the metadata file from a backup")], 0
    remedy = _remedy(found.metadata, table)
    problems, seen = files.check(found.metadata, found.io, table, remedy)
    if not problems:
        problems += ledger(lake, table, table in appends)
    return problems, seen


def _remedy(metadata: TableMetadata, table: TableName) -> str:
    back = [entry.snapshot_id for entry in metadata.snapshot_log if entry.snapshot_id != metadata.current_snapshot_id]
    options = ["restore the file from a backup", f"make the table again: make rebuild TABLE={table}"]
    if back:
        options.append(f"or go back to before it: make history TABLE={table}")
    return ", ".join(options)
