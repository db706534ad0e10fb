"""Files that belong to one publish, and how their rows are read."""

from collections.abc import Mapping
from dataclasses import dataclass

from lakemesh.lake.store import File
from lakemesh.mesh.contract import Format


@dataclass(frozen=True, slots=True)
class Batch:
    """Files of one publish, in the order in which their rows count. `replaces`: paths whose earlier rows this batch
    takes out of the table first; `full`: files that hold a full load, without operations (where there is any, the table
    is made anew from this batch); `past`: files that a full load has overtaken, which the ledger notes with no rows and
    nobody reads; `more`: whether more is waiting."""

    files: tuple[File, ...]
    replaces: tuple[str, ...] = ()
    full: frozenset[str] = frozenset()
    past: tuple[File, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Landed:
    """Arrivals as a relation. Columns: those of `columns` (name -> header, or `$.path` into JSON), each as text
    (Parquet: as typed in the file), then `_source_file` (File.path), `_source_row` (bigint, increasing in the order of
    files and rows; only where `numbered`), `_broken` (why a line is no row at all, else null), `_raw` (text of a broken
    line, else null), `_source_line` (bigint: of a broken line, else null), and where `extra` is kept `_extra` (JSON of
    what is undeclared, else null). A column of `columns` that no file has is null. `headers`: per file path its header
    as it stands there, where it has one. `exact`: long numbers in JSON keep all their digits."""

    files: tuple[File, ...]
    format: Format
    columns: Mapping[str, str]
    headers: Mapping[str, tuple[str, ...]]
    numbered: bool = False
    keep_extra: bool = False
    exact: bool = False
