"""What a command said, for tests that call `lakemesh` in this process."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias


class Told(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Say: TypeAlias = Callable[..., Told]
Tell: TypeAlias = Callable[..., tuple[int, str]]
"""The code, and all that was said on both streams."""
Enter: TypeAlias = Callable[[Path], Path]
