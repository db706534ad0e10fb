"""Works that make a table of other tables: events, and the customers behind them."""

from collections.abc import Callable

from benchmarks import events
from benchmarks.events import seeded
from benchmarks.work import Where

CUSTOMER = """\
description: One row per customer.
from: customers/*.csv
write: append
columns:
  customer_id: int not null
  segment: string
  city: string
  joined: date
"""
_LANDING = events.LANDING.parent


def prepare(name: str, select: str, declaration: str) -> Callable[[Where], None]:
    """Events and customers in the lake, and one SELECT over them, not run yet."""

    def ready(where: Where) -> None:
        from benchmarks.repository import Repository

        events.land(where.data / events.LANDING, where.rows)
        events.write(_customers(1_000_000), where.data / _LANDING / "customers/customers.csv")
        repository = Repository(where.data, where.out)
        repository.write(
            {
                "ingest/event.yaml": events.DECLARATION.format(pattern="in/*.csv", write="append"),
                "ingest/customer.yaml": CUSTOMER,
                f"transform/{name}.yaml": declaration,
                f"transform/{name}.sql": select,
            }
        )
        repository.run(("event", "customer"))
        repository.keep()
        for table in ("event", "customer"):
            (where.data / f"{table}.files").write_text("\n".join(repository.files(table)))

    return ready


def bare(select: str) -> Callable[[Where], str]:
    """The same SELECT over the very data files of the two tables."""

    def query(where: Where) -> str:
        event, customer = (f"read_parquet({files(where, table)!r})" for table in ("event", "customer"))
        return f"WITH event AS (FROM {event}), customer AS (FROM {customer}) {select}"

    return query


def files(where: Where, table: str) -> list[str]:
    return (where.data / f"{table}.files").read_text().splitlines()


def _customers(rows: int) -> str:
    return f"""
        SELECT i AS customer_id, ['new', 'loyal', 'asleep', 'lost'][1 + {seeded("i", 1, 4)}] AS segment,
          'city ' || {seeded("i", 2, 900)} AS city, DATE '2020-01-01' + {seeded("i", 3, 2000)}::INT AS joined
        FROM range({rows}) t(i)"""
