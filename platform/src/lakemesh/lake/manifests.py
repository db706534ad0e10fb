"""The files of one new snapshot: manifests that add and remove data files, and the list of all manifests."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pyiceberg.io import FileIO
from pyiceberg.manifest import (
    DataFile,
    DataFileContent,
    ManifestContent,
    ManifestEntry,
    ManifestEntryStatus,
    ManifestFile,
    write_manifest,
    write_manifest_list,
)
from pyiceberg.schema import Schema
from pyiceberg.table.locations import load_location_provider
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import (
    Operation,
    Snapshot,
    Summary,
    update_snapshot_summaries,
)

from lakemesh.lake.trouble import TORN, torn

MERGE_FROM = 50
SMALL = 1 << 20
CODEC: Literal["deflate"] = "deflate"


class Settle(Protocol):
    """Makes files durable: they are about to be named by something that is."""

    def __call__(self, paths: Sequence[str]) -> None: ...


def trusting(paths: Sequence[str]) -> None:
    """For stores that are durable by themselves."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A snapshot whose manifests are written, and which has no sequence number yet. It may get one more than once."""

    id: int
    parent: int | None
    schema_id: int
    manifests: tuple[ManifestFile, ...]
    written: tuple[str, ...]
    summary: Summary


class Pen:
    """Writes manifests of one table in one schema."""

    def __init__(self, metadata: TableMetadata, schema: Schema, io: FileIO) -> None:
        self.metadata, self.schema, self.io = metadata, schema, io
        self.id = metadata.new_snapshot_id()
        self.written: list[str] = []
        self._name = uuid.uuid4()

    def manifest(self, spec_id: int, entries: Iterable[ManifestEntry]) -> ManifestFile:
        """One manifest that holds `entries`, of which there is at least one."""
        path = self._path(f"{self._name}-m{len(self.written)}.avro")
        with write_manifest(
            2, self.metadata.specs()[spec_id], self.schema, self.io.new_output(path), self.id, avro_compression=CODEC
        ) as writer:
            for entry in entries:
                writer.add_entry(entry)
        return writer.to_manifest_file()

    def _path(self, name: str) -> str:
        provider = load_location_provider(self.metadata.location, self.metadata.properties)
        path = provider.new_metadata_location(name)
        self.written.append(path)
        return path

    def entry(self, data_file: DataFile, status: ManifestEntryStatus, of: ManifestEntry | None = None) -> ManifestEntry:
        """`data_file` as added, or as kept or removed from where `of` added it."""
        kept = of is not None and status == ManifestEntryStatus.EXISTING
        return ManifestEntry.from_args(
            status=status,
            snapshot_id=of.snapshot_id if of is not None and kept else self.id,
            sequence_number=of.sequence_number if of else None,
            file_sequence_number=of.file_sequence_number if of else None,
            data_file=data_file,
        )


def draft(
    metadata: TableMetadata,
    io: FileIO,
    *,
    parent: Snapshot | None,
    schema: Schema,
    spec_id: int,
    add: Sequence[DataFile] = (),
    gone: Sequence[DataFile] = (),
    properties: Mapping[str, str],
    merge_from: int = MERGE_FROM,
) -> Draft:
    """All of `parent` but `gone`, and `add`. Raises KeyError where a file to remove is not there, Mistakes where
    a list of files is gone or torn. `merge_from`: so many small manifests become one."""
    pen = Pen(metadata, schema, io)
    manifests = []
    if add:
        added = (pen.entry(data_file, ManifestEntryStatus.ADDED) for data_file in add)
        manifests.append(pen.manifest(spec_id, added))
    kept, removed = _kept(pen, listed(io, parent) if parent else [], {data_file.file_path for data_file in gone})
    for spec, entries in removed.items():
        manifests.append(pen.manifest(spec, entries))
    manifests += _merged(pen, kept, merge_from)
    lost = [entry.data_file for entries in removed.values() for entry in entries]
    summary = _summary(add, lost, parent, properties)
    return Draft(
        pen.id, parent.snapshot_id if parent else None, schema.schema_id, tuple(manifests), tuple(pen.written), summary
    )


def number(metadata: TableMetadata, io: FileIO, draft: Draft, settle: Settle, data: Sequence[str] = ()) -> Snapshot:
    """The draft as the next snapshot of `metadata`: its list of manifests is written, and all it names is durable."""
    provider = load_location_provider(metadata.location, metadata.properties)
    path = provider.new_metadata_location(f"snap-{draft.id}-0-{uuid.uuid4()}.avro")
    sequence = metadata.next_sequence_number()
    with write_manifest_list(2, io.new_output(path), draft.id, draft.parent, sequence, CODEC) as writer:
        writer.add_manifests(list(draft.manifests))
    settle([*data, *draft.written, path])
    said = {
        "snapshot-id": draft.id,
        "parent-snapshot-id": draft.parent,
        "sequence-number": sequence,
        "manifest-list": path,
        "summary": draft.summary,
        "schema-id": draft.schema_id,
    }
    return Snapshot.model_validate(said)


def listed(io: FileIO, snapshot: Snapshot) -> list[ManifestFile]:
    """The manifests of a snapshot. Raises Mistakes where the list of them is gone or torn."""
    try:
        return snapshot.manifests(io)
    except TORN as error:
        raise torn(snapshot.manifest_list, error) from error


def live(io: FileIO, manifest: ManifestFile) -> list[ManifestEntry]:
    """Its entries, without those that it takes away. Raises Mistakes where it is gone or torn."""
    try:
        return manifest.fetch_manifest_entry(io, discard_deleted=True)
    except TORN as error:
        raise torn(manifest.manifest_path, error) from error


def entries(io: FileIO, manifests: Iterable[ManifestFile]) -> list[ManifestEntry]:
    """Every live entry of these manifests. Raises Mistakes."""
    return [entry for manifest in manifests for entry in live(io, manifest)]


def _kept(
    pen: Pen, manifests: Sequence[ManifestFile], gone: set[str]
) -> tuple[list[ManifestFile], dict[int, list[ManifestEntry]]]:
    """The manifests without `gone`, and the entries of what went, by partition spec."""
    kept: list[ManifestFile] = []
    removed: dict[int, list[ManifestEntry]] = defaultdict(list)
    missing = set(gone)
    for manifest in manifests:
        if manifest.content != ManifestContent.DATA:
            kept.append(manifest)
            continue
        if not (manifest.has_added_files() or manifest.has_existing_files()):
            continue
        if not missing:
            kept.append(manifest)
            continue
        there = live(pen.io, manifest)
        out = [e for e in there if e.data_file.content == DataFileContent.DATA and e.data_file.file_path in missing]
        if not out:
            kept.append(manifest)
            continue
        paths = {entry.data_file.file_path for entry in out}
        missing -= paths
        removed[manifest.partition_spec_id] += [pen.entry(e.data_file, ManifestEntryStatus.DELETED, e) for e in out]
        stay = [e for e in there if e.data_file.file_path not in paths]
        if stay:
            existing = (pen.entry(e.data_file, ManifestEntryStatus.EXISTING, e) for e in stay)
            kept.append(pen.manifest(manifest.partition_spec_id, existing))
    if missing:
        raise KeyError(f"not in the snapshot that they are to be removed from: {', '.join(sorted(missing))}")
    return kept, removed


def _merged(pen: Pen, manifests: list[ManifestFile], merge_from: int) -> list[ManifestFile]:
    """Many small manifests as one, else planning reads a file for each publish that ever was."""
    groups: dict[int, list[ManifestFile]] = defaultdict(list)
    for manifest in manifests:
        if manifest.content == ManifestContent.DATA and manifest.manifest_length <= SMALL:
            groups[manifest.partition_spec_id].append(manifest)
    for spec_id, small in groups.items():
        if len(small) >= merge_from:
            existing = (pen.entry(e.data_file, ManifestEntryStatus.EXISTING, e) for e in entries(pen.io, small))
            one = pen.manifest(spec_id, existing)
            manifests = [one, *(manifest for manifest in manifests if manifest not in small)]
    return manifests


def _summary(
    add: Sequence[DataFile], gone: Sequence[DataFile], parent: Snapshot | None, properties: Mapping[str, str]
) -> Summary:
    counts = {"added": add, "deleted": gone}
    said = {}
    for word, files in counts.items():
        if files:
            said[f"{word}-data-files"] = str(len(files))
            said[f"{word}-records"] = str(sum(data_file.record_count for data_file in files))
            size = "removed-files-size" if word == "deleted" else "added-files-size"
            said[size] = str(sum(data_file.file_size_in_bytes for data_file in files))
    operation = Operation.OVERWRITE if gone and add else Operation.DELETE if gone else Operation.APPEND
    before = parent.summary.additional_properties if parent and parent.summary else {}
    return update_snapshot_summaries(Summary(operation, **said, **properties), before)
