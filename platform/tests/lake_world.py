"""A small lake to test: a contract, a way to write data files, and a way to read them back."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.io.pyarrow import _pyarrow_to_schema_without_ids, schema_to_pyarrow  # noqa: F401
from pyiceberg.manifest import DataFile, DataFileContent, FileFormat
from pyiceberg.typedef import Record

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.types import Primitive, Type
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.lake import Lake
from lakemesh.lake.ledger import Entry, Ledger
from lakemesh.lake.local import local
from lakemesh.lake.place import Place
from lakemesh.lake.publication import Publication
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.mesh.contract import Append, Column, Contract

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TABLE = TableName("film", "rental")
PRODUCT = ProductName("film", "rentals")
ZONES = {"landing": "landing", "clean": "clean", "curated": "curated"}
Row = Mapping[str, object]


def open_lake(root: Path) -> Lake:
    return local(Place("local", str(root), ZONES, 1 << 30))


def a_contract(**changes: object) -> Contract:
    columns = changes.pop("columns", {"id": "int", "name": "string"})
    assert isinstance(columns, dict)
    words: dict[str, object] = {
        "table": TABLE,
        "product": PRODUCT,
        "path": "domains/film/rentals/ingest/rental.yaml",
        "zone": "clean",
        "description": "Who rented what.",
        "columns": tuple(a_column(name, kind) for name, kind in columns.items()),
        "write": Append(),
        "owner": "film@example.com",
    }
    return Contract(**{**words, **changes})  # type: ignore[arg-type]


def a_column(name: str, kind: str | Type, **words: object) -> Column:
    return Column(name, Primitive(kind) if isinstance(kind, str) else kind, **words)  # type: ignore[arg-type]


def write(lake: Lake, branch: Branch, rows: Sequence[Row], partition: Sequence[object] = ()) -> DataFile:
    """One Parquet file of the branch's schema, and what Iceberg is told of it."""
    table = lake._load(branch.table)
    schema = next(s for s in table.metadata.schemas if s.schema_id == branch.schema_id)
    path = Path(table.metadata.location) / "data" / f"{uuid.uuid4().hex}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    arrow = schema_to_pyarrow(schema)
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=arrow), path)
    spec = table.metadata.specs()[branch.spec_id]
    assert len(partition) == len(spec.fields)
    data_file = DataFile.from_args(
        content=DataFileContent.DATA,
        file_path=str(path),
        file_format=FileFormat.PARQUET,
        partition=Record(*partition),
        record_count=len(rows),
        file_size_in_bytes=path.stat().st_size,
        column_sizes={},
        value_counts={},
        null_value_counts={},
        nan_value_counts={},
        lower_bounds={},
        upper_bounds={},
        split_offsets=[4],
    )
    data_file.spec_id = branch.spec_id
    return data_file


def read(lake: Lake, at: Snapshot | None) -> list[dict[str, object]]:
    """The rows of a snapshot, through pyiceberg's own reader, in the order of their first column."""
    assert at is not None
    table = lake._load(at.table)
    rows = table.scan(snapshot_id=at.id).to_arrow().to_pylist()
    return sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))


def ids(lake: Lake, at: Snapshot | None) -> list[int]:
    return sorted(row["id"] for row in read(lake, at))  # type: ignore[misc]


def rows_of(*numbers: int) -> list[Row]:
    return [{"id": number, "name": f"n{number}"} for number in numbers]


def note(run: str, ledger: Ledger | None = None, **words: object) -> Publication:
    said: dict[str, object] = {
        "run": run,
        "ledger": ledger,
        "inputs": {},
        "sql_hash": "",
        "contract_hash": "c1",
        "verdict": "passed",
        "at": NOW,
    }
    return Publication(**{**said, **words})  # type: ignore[arg-type]


def took(before: Ledger, run: str, names: Iterable[str]) -> Ledger:
    """The ledger after `run` took these files, one row each, version `v1`."""
    new = {name: Entry("v1", run, Accounts(1, inserted=1)) for name in names}
    return Ledger({**before.files, **new}, before.held, before.replays)


def load(
    lake: Lake, run: str, rows: Sequence[Row], contract: Contract | None = None, files: Iterable[str] = ()
) -> Snapshot:
    """A whole append: branch, write, commit, publish."""
    branch = lake.branch(contract or a_contract(), run)
    audited = lake.commit(branch, [write(lake, branch, rows)], [])
    return lake.publish(branch, audited, note(run, took(lake.ledger(branch.base), run, files)))
