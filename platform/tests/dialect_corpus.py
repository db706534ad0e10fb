"""The statements that both engines are asked: files of one statement to a line, by subject."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("dialect")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, and where it stands."""

    subject: str
    line: int
    sql: str

    def __str__(self) -> str:
        return f"{self.subject}.sql:{self.line}"


def corpus() -> Iterator[Statement]:
    """All of them, in the order of their files. A line that starts with -- says what follows."""
    for path in sorted(FOLDER.glob("*.sql")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line and not line.startswith("--"):
                yield Statement(path.stem, number, line)
