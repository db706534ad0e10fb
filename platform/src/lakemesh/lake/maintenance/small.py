"""Small files, by partition."""

from collections import defaultdict
from dataclasses import dataclass

from lakemesh.declare.names import TableName
from lakemesh.lake.lake import Lake

SMALL = 32 << 20
"""A file below this is small: a quarter of what the writer aims at."""
LIMIT = "lakemesh.small_files"


@dataclass(frozen=True, slots=True)
class Crowd:
    """The small files of one partition, which are too many."""

    paths: tuple[str, ...]
    rows: int
    bytes: int


def crowds(lake: Lake, table: TableName) -> list[Crowd]:
    """Partitions with more small files than the table's own words allow."""
    limit = int(lake.properties(table).get(LIMIT, "20"))
    head = lake.head(table)
    groups = defaultdict(list)
    for file in lake.plan(head).files if head else ():
        if file.file_size_in_bytes < SMALL:
            # Files of an older way to cut the table are a crowd of their own.
            groups[file.spec_id, repr(file.partition)].append(file)
    return [
        Crowd(
            tuple(file.file_path for file in files),
            sum(file.record_count for file in files),
            sum(file.file_size_in_bytes for file in files),
        )
        for files in groups.values()
        if len(files) > max(limit, 1)
    ]
