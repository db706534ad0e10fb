"""Works that take files in: the same rows, in another form each."""

from benchmarks import events
from benchmarks.rivals.duckdb_copy import copies
from benchmarks.work import Side, Timed, Where, Work


def ingest(
    says: str,
    at_most: float = 0,
    form: str = "csv",
    suffix: str = "",
    key: bool = False,
    shuffled: bool = False,
    files: int = 0,
    stretch: float | None = None,
    others: tuple[Side, ...] = (),
) -> Work:
    """Files -> an audited, published table by day, with quarantine; against DuckDB's COPY of the same typed SELECT."""

    def prepare(where: Where) -> None:
        from benchmarks.repository import Repository

        events.land(where.data / events.LANDING, where.rows, form, shuffled, files, suffix)
        write = "append\nkey: [event_id]" if key else "append"
        declaration = events.DECLARATION.format(pattern=f"in/*.{form}{suffix}", write=write)
        Repository(where.data, where.out).write({"ingest/event.yaml": declaration})

    def typed(where: Where) -> str:
        return events.typed(events.scan(where.data / events.LANDING, form, suffix))

    return Work(says, prepare, (Side("Lakemesh", _run), *copies(typed, at_most, stretch), *others))


def _run(where: Where) -> Timed:
    # Imported here, so that a rival's memory is its own.
    from benchmarks.repository import Repository

    return lambda: Repository(where.data, where.out).made()
