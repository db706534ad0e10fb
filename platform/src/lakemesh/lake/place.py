"""What one place is where tables live. A value: no file asks \"are we local?\"."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lake lies. `root`: a folder or an s3:// prefix; `zones`: role (landing, clean, curated) -> its name."""

    name: str
    root: str
    zones: Mapping[str, str]
    memory: int
    """Bytes that one run may use."""
    engine: str = "duckdb"
    catalog: str = "lakemesh"
    """The catalogue's name: part of the key in the SQLite file, so the same for every engine."""
