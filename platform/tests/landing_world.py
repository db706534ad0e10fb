"""A landing zone in a folder, and contracts of what arrives in it."""

import os
from collections.abc import Mapping
from pathlib import Path

from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.types import Primitive
from lakemesh.lake.accounts import Accounts
from lakemesh.lake.folder import Folder
from lakemesh.lake.landing.batch import Batch
from lakemesh.lake.landing.waiting import waiting
from lakemesh.lake.ledger import Entry, Ledger
from lakemesh.mesh.contract import Append, Arrival, Cdc, Column, Contract, Format, Merge, Replace, Write

APPEND, REPLACE, MERGE, CDC = Append(), Replace(), Merge("changed"), Cdc("Op")
CSV = Format("csv")
COLUMNS = (
    Column("id", Primitive("int"), nullable=False),
    Column("name", Primitive("string"), source="Full Name"),
    Column("changed", Primitive("timestamp")),
    Column("_ingested_at", Primitive("timestamp"), added=True),
)


def contract(arrival: Arrival, write: Write = APPEND, columns: tuple[Column, ...] = COLUMNS) -> Contract:
    """`crm.customer`, which arrives like this."""
    return Contract(
        TableName("crm", "customer"),
        ProductName("crm", "people"),
        "domains/crm/people/ingest/customer.yaml",
        "clean",
        "",
        columns,
        write,
        key=("id",),
        arrival=arrival,
    )


class Zone:
    """A landing zone, its ledger, and what its next run would take."""

    def __init__(self, root: Path, arrival: Arrival, write: Write = APPEND) -> None:
        self.root = root
        self.store = Folder(root)
        self.contract = contract(arrival, write)
        self.ledger = Ledger()
        self.second = 0

    def land(self, *paths: str, text: str = "id\n1\n") -> None:
        """Files, each landed a second after the one before."""
        for path in paths:
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            self.second += 1
            os.utime(file, (1_700_000_000 + self.second, 1_700_000_000 + self.second))

    def waits(self, limit_bytes: int = 1 << 30, replace_file: bool = False) -> Batch | None:
        """What the next run takes."""
        return waiting(self.contract, self.store, self.ledger, replace_file=replace_file, limit_bytes=limit_bytes)

    def names(self, **words: int) -> list[str]:
        """The files of it, by their own names."""
        batch = self.waits(**words)
        return [file.path.rpartition("/")[2] for file in batch.files] if batch else []

    def run(self, **words: int) -> Batch | None:
        """Takes it, as a run does."""
        batch = self.waits(**words)
        if batch:
            kept = {path: entry for path, entry in self.ledger.files.items() if path not in batch.replaces}
            past = {file.path: Entry(file.version, "run", Accounts()) for file in batch.past}
            new = {file.path: Entry(file.version, "run", Accounts(1, 1)) for file in batch.files}
            self.ledger = Ledger({**kept, **past, **new}, self.ledger.held)
        return batch

    def hold(self, path: str) -> None:
        """As a rollback does: what this file holds now is not taken again."""
        files = {name: entry for name, entry in self.ledger.files.items() if name != path}
        version = next(file.version for file in self.store.list(path))
        self.ledger = Ledger(files, {path: version})


def files(pattern: str, **words: str) -> Arrival:
    """What arrives as files."""
    return Arrival("files", pattern, CSV, **words)  # type: ignore[arg-type]


def named(headers: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Headers without their files."""
    return list(headers.values())
