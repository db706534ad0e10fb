"""A real lake and real files for the engine: what lands, what is asked, what is written."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.types import Columns, Decimal, Primitive, Type
from lakemesh.engine.change import Change, Outlet, Remove, Written
from lakemesh.engine.duckdb.duckdb import DuckDB
from lakemesh.engine.engine import Inputs
from lakemesh.events import Event
from lakemesh.lake.accounts import Fate
from lakemesh.lake.folder import Folder
from lakemesh.lake.lake import Lake
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.landing.headers import headers
from lakemesh.lake.local import local
from lakemesh.lake.place import Place
from lakemesh.lake.publication import Publication
from lakemesh.lake.snapshot import Branch, Snapshot
from lakemesh.mesh.contract import Append, Column, Contract, Format, Partition
from lakemesh.quality.quarantine import quarantine
from lakemesh.sql.select import Select, read

TABLE = TableName("shop", "sale")
ZONES = {"landing": "landing", "clean": "clean", "curated": "curated"}
CSV = Format("csv")
JSON = Format("json")
PARQUET = Format("parquet")
Row = dict[str, object]


class World:
    """One lake, one landing zone, one engine."""

    def __init__(self, root: Path, memory: int = 1 << 30) -> None:
        self.root = root
        self.lake: Lake = local(Place("local", str(root / "lake"), ZONES, memory))
        self.engine = DuckDB(self.lake, memory, scratch=root / "scratch")
        self.told: list[Event] = []
        self._runs = 0

    def land(self, path: str, data: str | bytes) -> None:
        file = self.root / "landing" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    def landed(
        self,
        columns: Iterable[str] | Mapping[str, str],
        form: Format = CSV,
        numbered: bool = False,
        extra: bool = False,
        told: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Landed:
        files = tuple(Folder(self.root / "landing").list("**"))
        prefix = "$." if form.kind == "json" else ""
        named = dict(columns) if isinstance(columns, Mapping) else {name: prefix + name for name in columns}
        return Landed(files, form, named, headers(files, form) if told is None else told, numbered, extra)

    def ask(self, text: str, inputs: Inputs) -> list[Row]:
        found = [row for batch in self.engine.query(a_select(text), inputs) for row in batch.to_pylist()]
        return [dict(row) for row in found]

    def rows(self, landed: Landed, what: str = "*") -> list[Row]:
        return self.ask(f"select {what} from shop.sale__landed", {TABLE.landed: landed})

    def branch(self, columns: Columns, partition: tuple[Partition, ...] = (), table: TableName = TABLE) -> Branch:
        self._runs += 1
        return self.lake.branch(a_contract(columns, partition, table), f"run{self._runs}")

    def aside(self) -> Branch:
        contract = quarantine(a_contract({"id": Primitive("bigint")}))
        return self.lake.branch(contract, f"run{self._runs}")

    def write(self, text: str, outlets: tuple[Outlet, ...], inputs: Inputs, per_file: bool = False) -> Written:
        reads = TABLE.landed if TABLE.landed in inputs else None
        return self.engine.write(Change(a_select(text), outlets, reads, per_file), inputs, self.told.append)

    def fill(self, branch: Branch, values: str, remove: Remove = None) -> Snapshot:
        """Writes rows, `(1, 'a'), ...` in the order of the branch's columns, and publishes them."""
        names = ", ".join(branch.columns)
        casts = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in branch.columns.items())
        text = f"select {casts}, 'inserted' as _fate from (values {values}) as v({names})"
        written = self.write(text, (outlet(branch, "inserted", remove=remove),), {})
        return self.publish(branch, written.heads[branch.table])

    def publish(self, branch: Branch, audited: Snapshot) -> Snapshot:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        note = Publication(
            run=branch.run,
            ledger=None,
            inputs={},
            sql_hash="",
            contract_hash="",
            verdict="passed",
            at=at,
            properties={},
        )
        return self.lake.publish(branch, audited, note)

    def seen(self, at: Snapshot, what: str = "*") -> list[Row]:
        rows = self.ask(f"select {what} from {at.table}", {at.table: at})
        return sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))


def a_select(text: str) -> Select:
    return read(text, "sale.sql", "shop")


def a_contract(columns: Columns, partition: tuple[Partition, ...] = (), table: TableName = TABLE) -> Contract:
    return Contract(
        table=table,
        product=ProductName("shop", "sales"),
        path="sale.yaml",
        zone="clean",
        description="What was sold.",
        columns=tuple(Column(name, kind) for name, kind in columns.items()),
        write=Append(),
        partition=partition,
    )


def outlet(branch: Branch, *takes: Fate, remove: Remove = None, lines: bool = False) -> Outlet:
    return Outlet(branch, frozenset(takes), remove, lines)


def kinds(**named: str) -> dict[str, Type]:
    """Columns by the names of simple types; `decimal` is decimal(12,2)."""
    return {name: Decimal(12, 2) if kind == "decimal" else Primitive(kind) for name, kind in named.items()}


def column(batches: Iterable[pa.RecordBatch], name: str) -> list[object]:
    return [value for batch in batches for value in batch.column(name).to_pylist()]
