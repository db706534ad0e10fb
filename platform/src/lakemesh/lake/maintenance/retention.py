"""Which snapshots stay: those that readers may still ask for, and those that something else needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from pyiceberg.table.metadata import TableMetadata

from lakemesh.lake.branches import AUDIT
from lakemesh.lake.history import milliseconds, word
from lakemesh.lake.properties import BASE

AGE = "history.expire.max-snapshot-age-ms"
LEAST = "history.expire.min-snapshots-to-keep"


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a state of a table can be read after the next one replaced it, and how many are kept however old."""

    age: timedelta = timedelta(days=7)
    least: int = 1

    @classmethod
    def of(cls, properties: Mapping[str, str]) -> Self:
        """As the table's own properties say."""
        age = properties.get(AGE)
        return cls(
            timedelta(milliseconds=int(age)) if age else timedelta(days=7), max(int(properties.get(LEAST) or 1), 1)
        )

    def snapshots(self, a_day: float) -> int:
        """How many are kept where so many are published a day: the least wins over the age."""
        return max(round(self.age / timedelta(days=1) * a_day), self.least)

    def words(self) -> dict[str, str]:
        """As properties of a table: of Iceberg's, and of Athena's VACUUM."""
        return {
            AGE: str(self.age // timedelta(milliseconds=1)),
            LEAST: str(self.least),
            "vacuum_max_snapshot_age_seconds": str(int(self.age.total_seconds())),
            "vacuum_min_snapshots_to_keep": str(self.least),
        }


def kept(metadata: TableMetadata, now: datetime, needed: Collection[int] = ()) -> set[int]:
    """The snapshots that stay. `needed`: those that other tables say they were made from."""
    retention = Retention.of(metadata.properties)
    since = milliseconds(now - retention.age)
    there = {snapshot.snapshot_id: snapshot for snapshot in metadata.snapshots}
    log = metadata.snapshot_log
    # What readers saw at any time inside the retention: by when it was replaced, not by when it was written.
    replaced = [*(entry.timestamp_ms for entry in log[1:]), None]
    stay = {entry.snapshot_id for entry, until in zip(log, replaced, strict=True) if until is None or until >= since}
    newest = list(dict.fromkeys(entry.snapshot_id for entry in reversed(log)))
    stay |= set(newest[: retention.least])
    # Branches and tags, and what a branch stands on: a run may be about to publish it.
    stay |= {ref.snapshot_id for ref in metadata.refs.values()}
    audits = [ref.snapshot_id for name, ref in metadata.refs.items() if name.startswith(AUDIT)]
    stay |= {int(base) for head in audits if head in there and (base := word(there[head], BASE))}
    published = {entry.snapshot_id for entry in log}
    stay |= {number for number, at in there.items() if number not in published and at.timestamp_ms >= since}
    stay |= set(needed)
    if metadata.current_snapshot_id is not None:
        stay.add(metadata.current_snapshot_id)
    return stay & there.keys()
