"""A SELECT that yields as much as it reads: every event at its full width, with its customer's columns, by day."""

from benchmarks.again import again
from benchmarks.curated import bare, prepare
from benchmarks.rivals.duckdb_copy import copied, copies
from benchmarks.work import Side, Work

SELECT = """\
select e.event_id, e.event_time, e.customer_id, e.quantity, e.kind, e.price, e.country, e.currency, e.session,
  e.payload, c.segment, c.city, c.joined
from event e join customer c on c.customer_id = e.customer_id
"""
DECLARATION = """\
description: What was done, and by whom.
write: replace
partition: [day(event_time)]
columns:
  quantity: {range: 1..100}
  country: {length: 2..2}
"""

WORK = Work(
    "transform: enrich at full width, partitioned by day",
    prepare("enriched", SELECT, DECLARATION),
    (
        Side("Lakemesh", again(tables=("enriched",))),
        *copies(bare(SELECT), at_most=1 / 0.7),
        Side(
            "DuckDB COPY, level 1, a folder a day",
            copied(bare(f"select *, cast(event_time as date) as day from ({SELECT})"), 1, "day"),
        ),
    ),
)
