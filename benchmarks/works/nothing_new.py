"""A run that finds nothing to do, from the start of the process to its end."""

import sys

from benchmarks import events
from benchmarks.work import Side, Where, Work

_START = "import duckdb, pyiceberg.catalog.sql, pyiceberg.io.pyarrow"


def _prepare(where: Where) -> None:
    from benchmarks.repository import Repository

    events.land(where.data / events.LANDING, where.rows)
    repository = Repository(where.data, where.out)
    repository.write({"ingest/event.yaml": events.DECLARATION.format(pattern="in/*.csv", write="append")})
    events.settle()
    repository.run()
    repository.keep()


def _before(where: Where) -> None:
    from benchmarks.repository import Repository

    repository = Repository(where.data, where.out)
    repository.back()
    # Where the command looks for what arrives.
    (repository.lake / "landing").symlink_to(repository.landing)


def _run(where: Where) -> list[str]:
    said = ["--root", str(where.data / "repository"), "--lake", str(where.out / "lake")]
    return [sys.executable, "-m", "lakemesh.cli", "run", "shop/events", "--plain", *said]


WORK = Work(
    "a run with nothing new",
    _prepare,
    (
        Side("Lakemesh", command=_run, before=_before),
        Side(
            "Python that imports duckdb and pyiceberg",
            command=lambda where: [sys.executable, "-c", _START],
            at_most=1.3,
        ),
    ),
    share=0.01,
    noun="rows in the table",
    least=11,
)
