"""Whether a commit gets slower as runs go by. Runs follow each other in half a second or so, and old versions are kept
for a minute: about a hundred, as a table has that is run fourteen times a day and keeps 7 days."""

from benchmarks import events
from benchmarks.again import again
from benchmarks.work import Side, Where, Work

_ROWS = 100
_RETENTION = "maintenance: {snapshots: 60 seconds}\n"
_STAGES = ("branch", "commit", "publish")


def _prepare(where: Where) -> None:
    from benchmarks.repository import Repository

    for called, runs in (("few", 10), ("many", where.rows)):
        repository = Repository(where.data, where.out, called=called, more=_RETENTION)
        declaration = events.DECLARATION.format(pattern="in/*.csv", write="append").replace("1 %", "50 %")
        repository.write({"ingest/event.yaml": declaration})
        for number in range(runs):
            _land(where, called, number)
            repository.run(tidy=True)
        repository.keep()
        _land(where, called, runs)


def _land(where: Where, called: str, number: int) -> None:
    some = events.select(number * _ROWS, (number + 1) * _ROWS, _ROWS * 2000)
    events.write(some, where.data / called / events.LANDING / f"events-{number:05}.csv")


WORK = Work(
    "branch, commit and publish of one more run, versions kept as declared",
    _prepare,
    (
        Side("Lakemesh, after 10 runs", again("few"), stages=_STAGES),
        Side("Lakemesh, after 1,000 runs", again("many"), stages=_STAGES, ours=True, alike=False, at_most=1.5),
    ),
    rows=1_000,
    noun="runs",
    least=7,
)
