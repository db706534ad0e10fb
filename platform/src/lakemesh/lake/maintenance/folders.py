"""What lies in a table's folder, and how it is taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem
from pyiceberg.io import FileIO
from pyiceberg.io.pyarrow import PyArrowFileIO

from lakemesh.lake.maintenance.reach import plain

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lying:
    """One file that is there."""

    location: str
    size: int
    modified: datetime


def lying(io: FileIO, folder: str) -> list[Lying]:
    """Every file below a table's folder, by location."""
    system, prefix, path = _system(io, folder)
    found = system.get_file_info(FileSelector(path, recursive=True, allow_not_found=True))
    return sorted(
        (
            # Whatever does not say when it was written is taken for new.
            Lying(prefix + info.path, info.size or 0, info.mtime.astimezone(UTC) if info.mtime else _NEVER)
            for info in found
            if info.type == FileType.File
        ),
        key=lambda file: file.location,
    )


def remove(io: FileIO, folder: str, locations: Iterable[str]) -> None:
    """Takes files away; one that is gone already is gone. Nothing outside the table's folder is ever touched."""
    inside = plain(folder).rstrip("/") + "/"
    for location in locations:
        if not location.startswith(inside):
            continue
        try:
            io.delete(location)
        except FileNotFoundError:
            continue


def _system(io: FileIO, folder: str) -> tuple[FileSystem, str, str]:
    scheme, host, path = PyArrowFileIO.parse_location(folder)
    if scheme == "file" or not isinstance(io, PyArrowFileIO):
        return LocalFileSystem(), "", plain(folder)
    return io.fs_by_scheme(scheme, host), f"{scheme}://", path
