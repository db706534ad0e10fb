"""The folder in which sources leave their files."""

import csv
import gzip
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Landing:
    """Everything below `root`."""

    root: Path

    def put(self, path: str, data: bytes) -> None:
        """One file, whole or not at all. One that holds these bytes already is not touched."""
        file = self.root / path
        if file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        part.write_bytes(data)
        os.replace(part, file)


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as DMS writes them: quotes where a value needs them, nothing for null."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def zipped(data: bytes) -> bytes:
    """Gzip without a name and a time, so that it is the same every time."""
    return gzip.compress(data, compresslevel=6, mtime=0)
