"""What readers saw, by the log of main: when a snapshot was published, not when it was written."""

from datetime import UTC, datetime, timedelta

from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot

from lakemesh.errors import Mistakes
from lakemesh.lake.properties import BASE, CREATED, RUN
from lakemesh.lake.publication import Published

AUDIT = "audit_"
"""How the branches begin on which a run writes."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def published(metadata: TableMetadata) -> list[Published]:
    """Every snapshot that was main and is still kept, newest first."""
    first: dict[int, datetime] = {}
    stood_on: dict[int, int | None] = {}
    main: int | None = None
    for entry in metadata.snapshot_log:
        # Only the first time: later, main comes back to it, and it stands on what it always stood on.
        stood_on.setdefault(entry.snapshot_id, main)
        main = entry.snapshot_id
        first.setdefault(main, moment(entry.timestamp_ms))
    current = metadata.current_snapshot_id
    line, step = set(), current
    while step is not None:
        line.add(step)
        step = stood_on.get(step)
    kept = {snapshot.snapshot_id: snapshot for snapshot in metadata.snapshots}
    return [
        Published(
            snapshot=number,
            at=at,
            run=word(kept[number], RUN),
            rows=rows(kept[number]) or 0,
            current=number == current,
            held=number not in line,
            created=bool(word(kept[number], CREATED)),
        )
        for number, at in reversed(first.items())
        if number in kept
    ]


def at(metadata: TableMetadata, when: datetime | int | None, table: str, stopped: bool = False) -> Snapshot | None:
    """What readers see, or saw at a time (None: nothing yet), or a published snapshot by its id; with `stopped` also
    one that was not published and still stands on its branch. Raises Mistakes."""
    if when is None:
        return metadata.current_snapshot()
    if isinstance(when, int):
        number: int | None = when
        # What was stopped may be looked at by who names it: `make why` tells which snapshot that is.
        aside = {ref.snapshot_id for name, ref in metadata.refs.items() if stopped and name.startswith(AUDIT)}
        if number not in {entry.snapshot_id for entry in metadata.snapshot_log} | aside:
            raise Mistakes.of(f"{table} never published a snapshot {when}", f"choose one of lakemesh history {table}")
    else:
        moment_ms = milliseconds(when)
        # Not the last one: main may come back to a snapshot, and a clock may have been put back.
        seen = [entry for entry in metadata.snapshot_log if entry.timestamp_ms <= moment_ms]
        number = seen[-1].snapshot_id if seen else None
        if _forgotten(metadata, len(seen)):
            what = f"{table} no longer keeps what readers saw at {moment(moment_ms):%Y-%m-%d %H:%M}"
            raise Mistakes.of(what, f"choose one of lakemesh history {table}")
    if number is None:
        return None
    if (snapshot := metadata.snapshot_by_id(number)) is None:
        raise Mistakes.of(f"{table} no longer keeps snapshot {number}", f"choose one of lakemesh history {table}")
    return snapshot


def _forgotten(metadata: TableMetadata, place: int) -> bool:
    """Whether states were expired just before this place of the log: those on its two sides were kept for a reason of
    their own, such as a tag, and the earlier one was not what readers saw until the later one came."""
    log = metadata.snapshot_log
    if place >= len(log) or any(entry.snapshot_id == log[place].snapshot_id for entry in log[:place]):
        return False
    following = metadata.snapshot_by_id(log[place].snapshot_id)
    base = word(following, BASE) if following else ""
    return bool(base) and metadata.snapshot_by_id(int(base)) is None


def was_published(metadata: TableMetadata, snapshot: int) -> bool:
    """Whether this snapshot was main at some time."""
    return any(entry.snapshot_id == snapshot for entry in metadata.snapshot_log)


def rows(snapshot: Snapshot) -> int | None:
    """Its rows, where its summary says so."""
    total = word(snapshot, "total-records")
    return int(total) if total else None


def word(snapshot: Snapshot, name: str) -> str:
    """What the summary says under this name; nothing where it is silent."""
    return str(snapshot.summary.additional_properties.get(name, "")) if snapshot.summary else ""


def moment(milliseconds: int) -> datetime:
    """Iceberg's time as ours."""
    return EPOCH + timedelta(milliseconds=milliseconds)


def milliseconds(when: datetime) -> int:
    """Our time as Iceberg's; a time without a zone is UTC."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return (aware - EPOCH) // timedelta(milliseconds=1)


def older(metadata: TableMetadata, before: datetime | None) -> set[int]:
    """Snapshots written before that time."""
    limit = milliseconds(before) if before else 0
    return {snapshot.snapshot_id for snapshot in metadata.snapshots if snapshot.timestamp_ms < limit}
