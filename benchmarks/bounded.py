"""Works that ask for much memory: whether they stay within what `mesh.yaml` gives them."""

from collections.abc import Callable

from benchmarks import events
from benchmarks.rivals.duckdb_copy import copied
from benchmarks.work import LIMIT, Side, Timed, Where, Work


def bounded(
    says: str, land: Callable[[Where], str], typed: Callable[[Where], str], share: float, others: tuple[Side, ...] = ()
) -> Work:
    """`land` makes what arrives, and gives its declaration; `typed` is the SELECT that a plain engine would write."""

    def prepare(where: Where) -> None:
        from benchmarks.repository import Repository

        Repository(where.data, where.out).write({"ingest/event.yaml": land(where)})

    sides = (Side("Lakemesh", _run, limit=LIMIT), Side("DuckDB COPY, level 1", copied(typed, 1)), *others)
    return Work(says, prepare, sides, share=share)


def _run(where: Where) -> Timed:
    from benchmarks.repository import Repository

    return lambda: Repository(where.data, where.out).made()


def plain(where: Where) -> str:
    return events.typed(events.scan(where.data / events.LANDING))
