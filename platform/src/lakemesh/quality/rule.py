"""One thing that must be true, as a question that returns the bad rows."""

from dataclasses import dataclass

from lakemesh.mesh.contract import Otherwise
from lakemesh.sql.select import Select


@dataclass(frozen=True, slots=True)
class RowRule:
    """Decided row by row. `bad` is a Spark SQL condition over the typed row: true of a bad one, else false or null."""

    id: str
    sentence: str
    column: str
    bad: str
    otherwise: Otherwise
    origin: str

    @property
    def in_scan(self) -> bool:
        """Whether it is decided while the data is read, so that its rows go to quarantine."""
        return self.otherwise == "quarantine"


@dataclass(frozen=True, slots=True)
class TableRule:
    """Decided over the whole audited snapshot: `bad` yields the bad rows."""

    id: str
    sentence: str
    bad: Select
    otherwise: Otherwise
    origin: str
