"""The example mesh, run once on its real data: what landed, what was published, and how to look at both without us."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog

from repository_files import ROOT

Row = tuple[object, ...]


@dataclass(frozen=True)
class Demo:
    """A lake of the example mesh. Files are read with csv, tables with pyiceberg, and both questioned with DuckDB."""

    lake: Path

    def word(self, *words: str) -> str:
        """One command of lakemesh, which must end well, and what it prints."""
        command = [sys.executable, "-m", "lakemesh.cli", *words, "--lake", str(self.lake)]
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "platform/src")}
        done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def question(self, file: str) -> list[dict[str, object]]:
        """The answer to one of the demo's own questions."""
        sql = (ROOT / "platform/example/questions" / file).read_text()
        return [json.loads(line) for line in self.word("query", "--sql", sql, "--format", "json").splitlines()]

    def landed(self, pattern: str) -> Iterator[dict[str, str]]:
        """The rows of CSV files in the landing zone."""
        for file in sorted((self.lake / "landing").glob(pattern)):
            with file.open(newline="", encoding="utf-8") as text:
                yield from csv.DictReader(text)

    @cached_property
    def expected(self) -> dict[str, int]:
        """How many rows tables must hold, as the generator counted them in the files."""
        counted: dict[str, int] = json.loads((self.lake / "expected_counts.json").read_text())
        return counted

    @property
    def runs(self) -> list[dict[str, object]]:
        """The records of all runs, the first run first."""
        records = [json.loads(file.read_text()) for file in (self.lake / "_runs").rglob("*.json")]
        return sorted(records, key=lambda record: str(record["id"]))

    @property
    def catalog(self) -> SqlCatalog:
        return SqlCatalog("lakemesh", uri=f"sqlite:///{self.lake / 'catalog.db'}")

    def snapshots(self) -> dict[str, int | None]:
        """The current snapshot of every table, those in quarantine too."""
        catalog = self.catalog
        tables = [name for space in catalog.list_namespaces() for name in catalog.list_tables(space)]
        return {".".join(name): catalog.load_table(name).metadata.current_snapshot_id for name in tables}

    def table(self, name: str) -> pa.Table:
        return self.catalog.load_table(name).scan().to_arrow()

    def ask(self, sql: str, *tables: str) -> list[Row]:
        """DuckDB's own answer over published tables, whose dots are two underscores here."""
        connection = duckdb.connect()
        connection.execute("set timezone = 'UTC'")
        for table in tables:
            connection.register(table.replace(".", "__"), self.table(table))
        return connection.execute(sql).fetchall()
