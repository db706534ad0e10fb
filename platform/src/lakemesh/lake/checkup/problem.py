"""One thing that is wrong with a lake."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`where`: a table or a file, empty for the whole lake."""

    where: str
    what: str
    remedy: str
    mended: bool = False

    def __str__(self) -> str:
        told = f"{self.where}: {self.what}" if self.where else f"The lake: {self.what}"
        return f"{told}\n  → mended" if self.mended else f"{told}\n  → {self.remedy}"
