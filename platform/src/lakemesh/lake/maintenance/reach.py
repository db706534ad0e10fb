"""Which files a table's metadata leads to."""

from collections.abc import Collection
from dataclasses import dataclass

from pyiceberg.io import FileIO
from pyiceberg.manifest import ManifestFile
from pyiceberg.table.metadata import TableMetadata

from lakemesh.lake.manifests import listed, live
from lakemesh.lake.writer.parquet import local


@dataclass(frozen=True, slots=True)
class Reached:
    """Files by location, each with its bytes; 0 where nobody wrote them down."""

    sizes: dict[str, int]

    def without(self, other: "Reached") -> dict[str, int]:
        """What only this one leads to."""
        return {path: size for path, size in self.sizes.items() if path not in other.sizes}


def plain(location: str) -> str:
    """A location in the one way in which it is compared."""
    return local(location) or location


def reached(metadata: TableMetadata, io: FileIO, snapshots: Collection[int]) -> Reached:
    """Manifest lists, manifests, data files and statistics of these snapshots. A manifest is read once."""
    sizes: dict[str, int] = {}
    manifests: dict[str, ManifestFile] = {}
    for snapshot in metadata.snapshots:
        if snapshot.snapshot_id not in snapshots:
            continue
        sizes[plain(snapshot.manifest_list)] = 0
        manifests |= {manifest.manifest_path: manifest for manifest in listed(io, snapshot)}
    for path, manifest in manifests.items():
        sizes[plain(path)] = manifest.manifest_length
        for entry in live(io, manifest):
            sizes[plain(entry.data_file.file_path)] = entry.data_file.file_size_in_bytes
    for statistics in [*metadata.statistics, *metadata.partition_statistics]:
        if statistics.snapshot_id in snapshots:
            sizes[plain(statistics.statistics_path)] = statistics.file_size_in_bytes
    return Reached(sizes)


def described(metadata: TableMetadata, location: str) -> set[str]:
    """Files of metadata that the table still names: today's, and those of its log."""
    return {plain(location), *(plain(entry.metadata_file) for entry in metadata.metadata_log)}
