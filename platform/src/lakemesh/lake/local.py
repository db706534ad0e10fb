"""A place on this machine: a folder, and a SQLite file that names what is in it."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from pyiceberg.catalog import MetastoreCatalog
from pyiceberg.catalog.sql import IcebergTables, SqlCatalog
from pyiceberg.exceptions import CommitFailedException, NamespaceAlreadyExistsError, ValidationError
from pyiceberg.io import FileIO
from pyiceberg.table import CommitTableResponse, Table
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.update import TableRequirement, TableUpdate
from pyiceberg.typedef import EMPTY_DICT, Identifier, Properties
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from lakemesh.errors import Mistakes
from lakemesh.events import Event
from lakemesh.lake import trouble
from lakemesh.lake.folder import Folder
from lakemesh.lake.lake import Lake
from lakemesh.lake.place import Place
from lakemesh.lake.trouble import TORN, torn
from lakemesh.lake.version import mark, settled

FILE_IO = "pyiceberg.io.pyarrow.PyArrowFileIO"
PATIENCE = 60


def local(place: Place) -> Lake:
    """The lake in the folder `place.root`; made where it is not there."""
    root = Path(place.root).resolve()
    with trouble.told(str(root)):
        root.mkdir(parents=True, exist_ok=True)
    store = Folder(root)
    known = settled(store, str(root))
    # Two processes must not both make the same SQLite tables.
    with store.hold("catalog", f"process {os.getpid()}, which opens the catalogue", _nobody):
        catalog = LocalCatalog(place.catalog, _whole(root))
    if not known:
        mark(store, str(root))
    return Lake(catalog, store, replace(place, root=str(root)), settle)


def _whole(root: Path) -> Path:
    """Where the catalogue lies. Raises Mistakes where it was lost: an empty one would begin every table again."""
    path = root / "catalog.db"
    empty = not path.exists() or path.stat().st_size == 0
    # A database that is still in its log has no size yet; a ledger is only written of a table that the catalogue names.
    if empty and not Path(f"{path}-wal").exists() and next((root / "_ledger").glob("*/*/*.json"), None):
        raise Mistakes.of("the catalogue of this lake is gone, and its tables are not", trouble.RESTORE, str(path))
    return path


class LocalCatalog(SqlCatalog):
    """pyiceberg's SqlCatalog over a file whose path may hold anything; durable, and "locked" is a conflict."""

    def __init__(self, name: str, path: Path) -> None:
        # Not SqlCatalog's: it would take the path for a URL, in which % and ? mean something.
        MetastoreCatalog.__init__(self, name, **{"py-io-impl": FILE_IO, "type": "sql"})
        self.engine = create_engine(
            URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE}, poolclass=NullPool
        )
        event.listen(self.engine, "connect", _careful)
        event.listen(self.engine, "handle_error", partial(_told, str(path)))
        _write_ahead(self.engine)
        self._init_catalog()

    def _convert_orm_to_iceberg(self, orm_table: IcebergTables) -> Table:
        try:
            return super()._convert_orm_to_iceberg(orm_table)
        except (*TORN, ValidationError) as error:
            raise torn(str(orm_table.metadata_location), error) from error

    def commit_table(
        self, table: Table, requirements: tuple[TableRequirement, ...], updates: tuple[TableUpdate, ...]
    ) -> CommitTableResponse:
        with _conflicts():
            return super().commit_table(table, requirements, updates)

    def create_namespace(self, namespace: str | Identifier, properties: Properties = EMPTY_DICT) -> None:
        with _conflicts():
            try:
                super().create_namespace(namespace, properties)
            except IntegrityError as error:
                # pyiceberg looks first and writes then; two products of one domain may begin at once.
                raise NamespaceAlreadyExistsError(str(namespace)) from error

    @staticmethod
    def _write_metadata(metadata: TableMetadata, io: FileIO, metadata_path: str) -> None:
        MetastoreCatalog._write_metadata(metadata, io, metadata_path)
        settle([metadata_path])


@contextmanager
def _conflicts() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise CommitFailedException(f"the catalogue was locked for {PATIENCE} s") from error
        raise


def settle(paths: Sequence[str]) -> None:
    """These files, and their names in their folders, outlive a power cut."""
    folders = sorted({os.path.dirname(path) for path in paths})
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(_sync, [*paths, *folders]))


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(path: str, context: ExceptionContext) -> None:
    """Raises Mistakes in the place of what SQLite says of its disk or its file."""
    if mistakes := trouble.of_sqlite(str(context.original_exception), path):
        raise mistakes


def _careful(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("pragma synchronous = full")
    cursor.close()


def _write_ahead(engine: Engine) -> None:
    # Readers and the one writer do not wait for each other. It stays so in the file.
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma journal_mode = wal")


def _nobody(_: Event) -> None:
    """Opening takes no time that is worth telling."""
