"""Where a text still stands on disk: in the bytes of a file, and in what they say once they are unpacked."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lakemesh.lake.maintenance import avro

SHORTEST = 4
"""Shorter texts stand everywhere by chance."""


def texts(condition: str) -> tuple[str, ...]:
    """What a condition names: its strings and its numbers, where they are long enough to mean somebody."""
    strings = [found.replace("''", "'") for found in re.findall(r"'((?:[^']|'')*)'", condition)]
    numbers = re.findall(r"(?<![\w.'])\d+(?![\w.'])", re.sub(r"'(?:[^']|'')*'", " ", condition))
    return tuple(dict.fromkeys(text for text in (*strings, *numbers) if len(text) >= SHORTEST))


def pattern(named: Iterable[str]) -> re.Pattern[bytes] | None:
    """Any of these as a whole word; None where there are none."""
    words = [re.escape(text.encode()) for text in named]
    return re.compile(rb"(?<![A-Za-z0-9])(?:" + rb"|".join(words) + rb")(?![A-Za-z0-9])") if words else None


def holding(files: Iterable[Path], looked_for: re.Pattern[bytes]) -> list[Path]:
    """The files in which it stands."""
    return [path for path in files if any(looked_for.search(piece) for piece in _pieces(path))]


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    yield data
    try:
        if path.suffix == ".avro":
            yield repr(avro.read(data).records).encode()
        elif path.suffix == ".parquet":
            file = pq.ParquetFile(pa.BufferReader(data))
            for group in range(file.num_row_groups):
                table = file.read_row_group(group)
                for column in table.columns:
                    yield "\n".join(map(str, column.to_pylist())).encode()
    except (ValueError, pa.ArrowException):
        return  # It cannot be read, so its bytes were all there was to search.
