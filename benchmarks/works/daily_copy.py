"""The second run of a day makes that day's copy again; the copies of nine days before stay."""

from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks import events
from benchmarks.rivals.duckdb_copy import copies
from benchmarks.work import Side, Timed, Where, Work

_DAYS = 9
_FILES = 10


def _clock(day: int) -> Callable[[], datetime]:
    return lambda: datetime(2026, 2, 1 + day, 12, tzinfo=UTC)


def _prepare(where: Where) -> None:
    from benchmarks.repository import Repository

    declaration = events.DECLARATION.format(pattern="in/*.csv", write="daily_copy")
    repository = Repository(where.data, where.out)
    repository.write({"ingest/event.yaml": declaration.replace("[day(event_time)]", "[copied_on]")})
    landing = where.data / events.LANDING
    # Few rows on each day before, so that what is measured is the day's own.
    few = where.rows // _FILES
    events.write(events.select(0, few, where.rows), landing / "events-0.csv")
    for day in range(_DAYS + 1):
        repository.run(clock=_clock(day))
    repository.keep()
    for file in range(1, _FILES):
        part = events.select(file * few, (file + 1) * few, where.rows)
        events.write(part, landing / f"events-{file}.csv")


def _run(where: Where) -> Timed:
    from benchmarks.repository import Repository

    repository = Repository(where.data, where.out)
    repository.back()
    return lambda: repository.made(clock=_clock(_DAYS))


def _typed(where: Where) -> str:
    return events.typed(events.scan(where.data / events.LANDING))


WORK = Work(
    "daily copy: that of the day made again",
    _prepare,
    (Side("Lakemesh", _run), *copies(_typed, at_most=0)),
    share=0.5,
)
