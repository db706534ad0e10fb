"""What can go wrong in a way that a person can mend: where, what, what to do."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to mend, at its place. `line` and `column` count from 1; 0 means the whole file."""

    path: str
    line: int
    column: int
    what: str
    remedy: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])
        told = f"{place}: {self.what}" if self.path else self.what
        return f"{told}\n  → {self.remedy}" if self.remedy else told


class Mistakes(Exception):
    """Everything that a person has to mend before this can go on: exit code 1."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes: tuple[Mistake, ...] = tuple(sorted(set(mistakes)))

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)

    @classmethod
    def of(cls, what: str, remedy: str = "", path: str = "") -> "Mistakes":
        """One mistake that has no line, such as a wrong argument."""
        return cls(Mistake(path, 0, 0, what, remedy))


class Stopped(Exception):
    """Data was stopped by its contract, and main is as it was: exit code 3."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what}\n  → {self.remedy}" if self.remedy else self.what
