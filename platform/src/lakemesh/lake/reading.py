"""What is there: tables, what readers see of them, what was seen before. Nothing here changes anything."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pyiceberg.catalog import Catalog
from pyiceberg.exceptions import NoSuchTableError
from pyiceberg.expressions import AlwaysTrue, BooleanExpression
from pyiceberg.table import Table
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot as IcebergSnapshot

from lakemesh.declare.names import TableName
from lakemesh.errors import Mistakes
from lakemesh.lake import history, properties
from lakemesh.lake.branches import unneeded
from lakemesh.lake.ledger import Ledger, Link, read_chain, run_of
from lakemesh.lake.place import Place
from lakemesh.lake.plan import NAMED, Scan, live_rows, plan, schema_of
from lakemesh.lake.publication import Published
from lakemesh.lake.schema import columns, numbered
from lakemesh.lake.snapshot import Snapshot
from lakemesh.lake.store import Store


class Reading:
    """The half of the lake that only looks."""

    def __init__(self, catalog: Catalog, store: Store, place: Place) -> None:
        self.place = place
        self.store = store
        self._catalog = catalog

    def tables(self) -> tuple[TableName, ...]:
        """All tables, by name."""
        names = [name for space in self._catalog.list_namespaces() for name in self._catalog.list_tables(space)]
        return tuple(sorted(TableName(space, table) for space, table in names))

    def head(self, table: TableName, as_of: datetime | int | None = None, stopped: bool = False) -> Snapshot | None:
        """What readers see, or saw then; None where there was nothing. Raises Mistakes for an id never published;
        `stopped` takes one that was not, too, as long as it stands on its branch."""
        found = self._find(table)
        at = history.at(found.metadata, as_of, str(table), stopped) if found else None
        return ours(table, found.metadata, at) if found and at else None

    def log(self, table: TableName) -> Sequence[Published]:
        """What was published, newest first, by which run, held or not."""
        found = self._find(table)
        return [self._named(table, entry) for entry in history.published(found.metadata)] if found else []

    def properties(self, table: TableName) -> Mapping[str, str]:
        """What the table's metadata says, and nothing where there is no table."""
        found = self._find(table)
        return {name: value for name, value in found.metadata.properties.items() if value} if found else {}

    def keeps(self, table: TableName, snapshot: int) -> bool:
        """Whether that snapshot can still be read."""
        found = self._find(table)
        return found is not None and found.metadata.snapshot_by_id(snapshot) is not None

    def rows(self, at: Snapshot) -> int:
        """How many rows the snapshot holds, by its summary, else by its manifests."""
        table = self._load(at.table)
        snapshot = known(table.metadata, at)
        counted = history.rows(snapshot)
        return live_rows(snapshot, table.io) if counted is None else counted

    def ledger(self, at: Snapshot) -> Ledger:
        """Which files are in the table at that snapshot."""
        link = self._link(self._load(at.table).metadata, at.table, at.id)
        return link.ledger if link else Ledger()

    def said(self, at: Snapshot) -> Mapping[str, str]:
        """What the publish commit of that snapshot said of it: run, inputs, hashes, verdict."""
        link = self._link(self._load(at.table).metadata, at.table, at.id)
        return link.said if link else {}

    def plan(self, at: Snapshot, where: BooleanExpression | None = None) -> Scan:
        """Its data files, for an engine to read; without those that cannot hold a row for which `where` is true."""
        table = self._load(at.table)
        snapshot = known(table.metadata, at)
        without = known(table.metadata, replace(at, id=at.since)) if at.since is not None else None
        asked = [name for name in at.columns if name != NAMED]
        found = plan(table.metadata, table.io, snapshot, asked, where or AlwaysTrue(), without)
        if at.only is None:
            return found
        return replace(found, files=tuple(file for file in found.files if file.file_path in at.only))

    def names(self, at: Snapshot) -> Mapping[str, str | None]:
        """What each column that is asked for was called in the snapshot's own schema; None of one that came later."""
        metadata = self._load(at.table).metadata
        snapshot = known(metadata, at)
        asked = [name for name in at.columns if name != NAMED]
        then = {field.field_id: field.name for field in numbered(metadata, snapshot.schema_id).fields}
        now = {field.name: field.field_id for field in numbered(metadata, schema_of(metadata, snapshot, asked)).fields}
        return {name: then.get(now[name]) for name in asked}

    def same(self, table: TableName, before: int, now: int) -> bool:
        """Whether these snapshots hold the same rows, by what compaction wrote down."""
        return before == now or before in self.same_as(Snapshot(table, now, {}))

    def same_as(self, at: Snapshot) -> tuple[int, ...]:
        """Earlier snapshots with the same rows, newest first."""
        found = self._find(at.table)
        snapshot = found.metadata.snapshot_by_id(at.id) if found else None
        said = history.word(snapshot, properties.SAME) if snapshot else ""
        return tuple(int(number) for number in said.split(",") if number)

    def branches(self, table: TableName) -> tuple[str, ...]:
        """Every audit branch of the table."""
        found = self._find(table)
        return tuple(sorted(unneeded(found.metadata, lambda run: False))) if found else ()

    def _named(self, table: TableName, entry: Published) -> Published:
        """With its run: a snapshot of an engine that commits by itself does not carry it, its publish does."""
        path = ledger_path(table, str(entry.snapshot))
        return entry if entry.run or not self.there(path) else replace(entry, run=run_of(self.store, path))

    @property
    def catalog(self) -> Catalog:
        """For maintenance, which commits what no run does."""
        return self._catalog

    def described(self, table: TableName) -> Table:
        """Iceberg's own table, for maintenance and for the doctor. Raises Mistakes where there is none."""
        return self._load(table)

    def there(self, path: str) -> bool:
        """Whether that file of the store exists."""
        try:
            self.store.read(path)
        except FileNotFoundError:
            return False
        return True

    def _find(self, table: TableName) -> Table | None:
        try:
            return self._catalog.load_table((table.domain, table.table))
        except NoSuchTableError:
            return None

    def _load(self, table: TableName) -> Table:
        if found := self._find(table):
            return found
        raise Mistakes.of(f"there is no table {table}", "run the product that makes it, or look at lakemesh status")

    def _link(self, metadata: TableMetadata, table: TableName, snapshot: int | None) -> Link | None:
        """The ledger of a snapshot; of main where that is None. A snapshot of somebody else, such as a compaction, has
        that of the one before."""
        if snapshot is None or snapshot == metadata.current_snapshot_id:
            return read_chain(self.store, metadata.properties.get(properties.LEDGER))
        log = [entry.snapshot_id for entry in metadata.snapshot_log]
        until = log.index(snapshot) + 1 if snapshot in log else len(log)
        for number in reversed(log[:until]):
            path = ledger_path(table, str(number))
            if self.there(path):
                return read_chain(self.store, path)
        return None


def ledger_path(table: TableName, name: str) -> str:
    """Where one file of the table's ledger lies."""
    return f"_ledger/{table.domain}/{table.table}/{name}.json"


def known(metadata: TableMetadata, at: Snapshot) -> IcebergSnapshot:
    """Iceberg's own of a snapshot. Raises Mistakes where it was expired."""
    if snapshot := metadata.snapshot_by_id(at.id):
        return snapshot
    raise Mistakes.of(f"{at.table} no longer keeps snapshot {at.id}", f"choose one of lakemesh history {at.table}")


def ours(table: TableName, metadata: TableMetadata, snapshot: IcebergSnapshot) -> Snapshot:
    """A snapshot of Iceberg's, with all columns of the schema that it was written in."""
    return Snapshot(table, snapshot.snapshot_id, columns(numbered(metadata, snapshot.schema_id)))
