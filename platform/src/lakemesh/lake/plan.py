"""Which data files make up a snapshot, without those that cannot hold what is asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyiceberg.expressions import BooleanExpression
from pyiceberg.io import FileIO
from pyiceberg.manifest import DataFile, ManifestContent, ManifestEntry, read_manifest_list
from pyiceberg.table import ManifestGroupPlanner
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot

from lakemesh.errors import Mistakes
from lakemesh.lake.manifests import entries, listed
from lakemesh.lake.properties import SHAPE_SINCE
from lakemesh.lake.schema import numbered, shape
from lakemesh.lake.trouble import TORN, torn

NAMED = "_file"
"""Not a column of any file, but the file's own name, where a snapshot's columns have it; as Spark calls it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Data files to read, by path. `fields`: column -> field id. `uniform`: all have today's names and types."""

    files: tuple[DataFile, ...]
    fields: Mapping[str, int]
    uniform: bool


def plan(
    metadata: TableMetadata,
    io: FileIO,
    snapshot: Snapshot,
    columns: Iterable[str],
    where: BooleanExpression,
    without: Snapshot | None = None,
) -> Scan:
    """The files of `snapshot`, but not of `without`, in which `where` may be true, for these columns of its schema.
    Raises Mistakes where a list of files is gone or torn."""
    try:
        return _planned(metadata, io, snapshot, columns, where, without)
    except TORN as error:
        for one in (snapshot, *([without] if without else [])):
            _sound(io, one)
        # All of them can be read, so it is a mistake of ours.
        raise error


def _sound(io: FileIO, snapshot: Snapshot) -> None:
    """Raises Mistakes at the first file that cannot be read, of those that list the snapshot's data files."""
    path = snapshot.manifest_list
    try:
        for manifest in read_manifest_list(io.new_input(path)):
            path = manifest.manifest_path
            manifest.fetch_manifest_entry(io)
    except TORN as error:
        raise torn(path, error) from error


def _planned(
    metadata: TableMetadata,
    io: FileIO,
    snapshot: Snapshot,
    columns: Iterable[str],
    where: BooleanExpression,
    without: Snapshot | None,
) -> Scan:
    schema_id = schema_of(metadata, snapshot, columns)
    # The planner asks for the table's own schema, and an audited snapshot is ahead of that.
    seen = metadata.model_copy(update={"current_schema_id": schema_id})
    manifests = snapshot.manifests(io)
    if any(m.content == ManifestContent.DELETES and (m.has_added_files() or m.has_existing_files()) for m in manifests):
        raise Mistakes.of(
            f"{metadata.location} holds delete files, which Lakemesh does not read",
            "compact the table where it was written, and set write.delete.mode, write.update.mode and write.merge.mode "
            "to copy-on-write",
        )
    data = [manifest for manifest in manifests if manifest.content == ManifestContent.DATA]
    planner = ManifestGroupPlanner(seen, io, where)
    left_out = {entry.data_file.file_path for entry in entries(io, without.manifests(io))} if without else set()
    kept = [e for some in planner.plan_manifest_entries(data) for e in some if e.data_file.file_path not in left_out]
    ids = {field.name: field.field_id for field in seen.schema().fields}
    files = sorted((entry.data_file for entry in kept), key=lambda data_file: data_file.file_path)
    return Scan(tuple(files), {name: ids[name] for name in columns}, _uniform(metadata, schema_id, kept))


def schema_of(metadata: TableMetadata, snapshot: Snapshot, columns: Iterable[str]) -> int:
    """The snapshot's own schema; where it is asked for columns that it did not have yet, the newest that has all."""
    own = numbered(metadata, snapshot.schema_id)
    wanted = set(columns)
    for candidate in (own, *reversed(metadata.schemas)):
        if wanted <= {field.name for field in candidate.fields}:
            return candidate.schema_id
    return own.schema_id


def _uniform(metadata: TableMetadata, schema_id: int, kept: list[ManifestEntry]) -> bool:
    """Whether every file was written in the names and types of this schema: known by the snapshot that added it."""
    shapes = {schema.schema_id: shape(schema) for schema in metadata.schemas}
    wanted = shapes[schema_id]
    if all(other == wanted for other in shapes.values()):
        return True
    added = {s.sequence_number: shapes.get(s.schema_id) for s in metadata.snapshots if s.schema_id is not None}
    same_as_now = wanted == shapes[metadata.current_schema_id]
    # Snapshots expire, so the table itself remembers since when its shape is the same.
    since = int(metadata.properties.get(SHAPE_SINCE, "0"))

    def fits(sequence: int | None) -> bool:
        if sequence in added:
            return added[sequence] == wanted
        return same_as_now and sequence is not None and sequence >= since

    return all(fits(entry.sequence_number) for entry in kept)


def live_rows(snapshot: Snapshot, io: FileIO) -> int:
    """Its rows, counted in its manifests."""
    data = [manifest for manifest in listed(io, snapshot) if manifest.content == ManifestContent.DATA]
    return sum((manifest.added_rows_count or 0) + (manifest.existing_rows_count or 0) for manifest in data)
