"""Works that take files in: the same rows, in another form each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import events
from benchmarks.rivals import copied
from benchmarks.work import Side, Timed, Where, Work

if TYPE_CHECKING:
    from lakemesh.lake.accounts import Accounts


def ingest(
    says: str,
    at_most: float,
    form: str = "csv",
    suffix: str = "",
    key: bool = False,
    shuffled: bool = False,
    files: int = 0,
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

    return Work(
        says,
        prepare,
        (
            Side("Lakemesh", _run),
            Side("DuckDB COPY, its default level (3)", copied(typed, None), at_most=at_most),
            Side("DuckDB COPY, level 1", copied(typed, 1)),
        ),
    )


def _run(where: Where) -> Timed:
    # Imported here, so that a rival's memory is its own.
    from benchmarks.repository import Repository

    def go() -> int:
        return kept(Repository(where.data, where.out).run().accounts)

    return go


def kept(accounts: Accounts) -> int:
    return accounts.inserted + accounts.updated
