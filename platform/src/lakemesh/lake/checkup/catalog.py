"""The SQLite file that names each table's newest metadata; it can be made again from that metadata."""

import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from lakemesh.declare.names import TableName
from lakemesh.lake.local import LocalCatalog
from lakemesh.lake.place import Place

Found = Mapping[TableName, Sequence[Path]]
"""Each table's newest metadata; more than one where two bear the same number."""
_NAME = re.compile(r"(\d+)-.*\.metadata\.json")
_TABLES = "table_namespace, table_name, metadata_location"


def unreadable(path: Path, tables: bool) -> str | None:
    """Why it cannot be used; None where it can. `tables`: whether there are any that it should name."""
    if not path.exists():
        return "it is missing" if tables else None
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            (said,) = connection.execute("pragma integrity_check(1)").fetchone()
            named = connection.execute("select count(*) from iceberg_tables").fetchone()[0]
        connection.close()
    except sqlite3.DatabaseError as error:
        return f"it cannot be read ({error})" if tables else None
    if said != "ok":
        return f"it is damaged ({said})"
    return "it names no table" if tables and not named else None


def named(path: Path) -> list[tuple[str, str, str]]:
    """Domain, table and metadata, as it says."""
    connection = sqlite3.connect(path)
    try:
        return [tuple(row) for row in connection.execute(f"select {_TABLES} from iceberg_tables")]
    except sqlite3.DatabaseError:
        return []
    finally:
        connection.close()


def point(path: Path, locations: Mapping[tuple[str, str], str]) -> None:
    """Each table's metadata is there now; all or nothing."""
    connection = sqlite3.connect(path)
    with connection:
        for (domain, table), location in locations.items():
            connection.execute(
                "update iceberg_tables set metadata_location = ?, previous_metadata_location = null "
                "where table_namespace = ? and table_name = ?",
                (location, domain, table),
            )
    connection.close()


def found_tables(root: Path, zones: Sequence[str]) -> Found:
    """What lies in the zones, by the numbers in the names of metadata."""
    found: dict[TableName, list[Path]] = {}
    for zone in zones:
        for folder in sorted(root.glob(f"{zone}/*/*/metadata")):
            numbered: dict[int, list[Path]] = defaultdict(list)
            for path in sorted(folder.iterdir()):
                if name := _NAME.fullmatch(path.name):
                    numbered[int(name[1])].append(path)
            if numbered:
                found[TableName(folder.parents[1].name, folder.parent.name)] = numbered[max(numbered)]
    return found


def rebuild(root: Path, place: Place, found: Found) -> None:
    """A new file that names them, put in the place of the old one, which is kept beside it."""
    new = root / ".catalog.db.new"
    for path in (new, Path(f"{new}-wal"), Path(f"{new}-shm")):
        path.unlink(missing_ok=True)
    catalog = LocalCatalog(place.catalog, new)
    for table, (path,) in found.items():
        catalog.create_namespace_if_not_exists((table.domain,))
        catalog.register_table((table.domain, table.table), str(path))
    catalog.close()
    connection = sqlite3.connect(new)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.execute("pragma journal_mode = delete")
    connection.close()
    old = root / "catalog.db"
    if old.exists():
        os.replace(old, root / "catalog.db.damaged")
    for ending in ("-wal", "-shm"):
        Path(f"{old}{ending}").unlink(missing_ok=True)
    os.replace(new, old)
