"""Repeats of a stream, looked for within three days: what that costs in a table of 30 days, and in one of 300."""

from benchmarks import events
from benchmarks.again import again
from benchmarks.events import seeded
from benchmarks.work import Side, Where, Work

_DAYS = 300
_SHORT = 30


def _prepare(where: Where) -> None:
    from benchmarks.repository import Repository

    write = "append\nkey: [event_id]\nrepeats: {drop: 3 days, by: event_time}"
    declaration = events.DECLARATION.format(pattern="in/*.json", write=write)
    rows, day = where.rows, where.rows // _DAYS
    for called, first in (("short", rows - day * _SHORT), ("long", 0)):
        repository = Repository(where.data, where.out, called=called)
        repository.write({"ingest/event.yaml": declaration})
        landing = where.data / called / events.LANDING
        events.write(events.select(first, rows, rows, days=_DAYS), landing / "events-0.json")
        events.settle()
        repository.run()
        repository.keep()
        # One more day, and a tenth of the day before once more.
        again = f"(i >= {rows} OR {seeded('i', 20, 10)} = 0)"
        more = events.select(rows - day, rows + day, rows, days=_DAYS, where=again)
        events.write(more, landing / "events-1.json")


WORK = Work(
    "repeats within 3 days: one more day arrives",
    _prepare,
    (
        Side(f"Lakemesh, on {_SHORT} days", again("short")),
        Side(f"Lakemesh, on {_DAYS} days", again("long"), ours=True, at_most=1.2),
    ),
    least=5,
)
