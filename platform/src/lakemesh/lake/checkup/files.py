"""Every file that a table's versions lead to: there, whole, and as the one before it says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq
from pyiceberg.io import FileIO
from pyiceberg.manifest import DataFile, ManifestFile
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot

from lakemesh.declare.names import TableName
from lakemesh.lake.checkup.problem import Problem
from lakemesh.lake.history import word
from lakemesh.lake.maintenance import avro
from lakemesh.lake.maintenance.reach import plain


@dataclass(slots=True)
class _Seen:
    """A file is looked at once, in however many versions it is."""

    faults: dict[str, str] = field(default_factory=dict)
    whole: dict[str, list[DataFile]] = field(default_factory=dict)
    data: set[str] = field(default_factory=set)


def check(metadata: TableMetadata, io: FileIO, table: TableName, remedy: str) -> tuple[list[Problem], int]:
    """What is wrong, and how many files were looked at."""
    seen, problems = _Seen(), []
    for snapshot in metadata.snapshots:
        current = snapshot.snapshot_id == metadata.current_snapshot_id
        which = "what readers see" if current else f"version {snapshot.snapshot_id}"
        for path, fault in _snapshot(snapshot, io, seen):
            if path not in seen.faults:
                seen.faults[path] = fault
                problems.append(Problem(str(table), f"{path} ({which}): {fault}", remedy))
    return problems, len(seen.whole) + len(seen.data) + len(metadata.snapshots)


def _snapshot(snapshot: Snapshot, io: FileIO, seen: _Seen) -> Iterator[tuple[str, str]]:
    listed = plain(snapshot.manifest_list)
    if fault := _avro(io, listed, None):
        yield listed, f"the list of its manifests {fault}"
        return
    rows = 0
    for manifest in snapshot.manifests(io):
        path = plain(manifest.manifest_path)
        if path not in seen.whole and path not in seen.faults:
            if fault := _avro(io, path, manifest.manifest_length):
                yield path, f"the manifest {fault}"
                continue
            seen.whole[path] = _live(manifest, io)
        for data_file in seen.whole.get(path, ()):
            rows += data_file.record_count
            where = plain(data_file.file_path)
            if where not in seen.data:
                seen.data.add(where)
                if fault := _parquet(io, data_file):
                    yield where, f"the data file {fault}"
    told = word(snapshot, "total-records")
    if told and int(told) != rows and not seen.faults:
        yield listed, f"its manifests hold {rows:,} rows, and its summary says {int(told):,}"


def _live(manifest: ManifestFile, io: FileIO) -> list[DataFile]:
    return [entry.data_file for entry in manifest.fetch_manifest_entry(io, discard_deleted=True)]


def _avro(io: FileIO, path: str, size: int | None) -> str:
    """What is wrong with it; nothing where it is whole."""
    try:
        with io.new_input(path).open() as stream:
            data = stream.read()
    except FileNotFoundError:
        return "is missing"
    if size is not None and len(data) != size:
        return f"has {len(data):,} bytes, and should have {size:,}"
    try:
        avro.read(data)
    except (ValueError, MemoryError) as error:
        return f"cannot be read: {error}"
    return ""


def _parquet(io: FileIO, data_file: DataFile) -> str:
    try:
        there = io.new_input(data_file.file_path)
        size = len(there)
    except FileNotFoundError:
        return "is missing"
    if size != data_file.file_size_in_bytes:
        return f"has {size:,} bytes, and should have {data_file.file_size_in_bytes:,}"
    try:
        with there.open() as stream, pq.ParquetFile(cast(BinaryIO, stream), page_checksum_verification=True) as file:
            rows = file.metadata.num_rows
            if rows != data_file.record_count:
                return f"holds {rows:,} rows, and its manifest says {data_file.record_count:,}"
            # Its end may be whole where its middle is not: each page is unpacked.
            for group in range(file.num_row_groups):
                file.read_row_group(group)
    except (pa.ArrowException, OSError, ValueError) as error:
        return f"cannot be read: {str(error).splitlines()[0]}"
    return ""
