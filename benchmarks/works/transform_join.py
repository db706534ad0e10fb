"""A SELECT that reads much and yields little: a join, and an aggregate."""

from benchmarks.again import again
from benchmarks.curated import bare, prepare
from benchmarks.rivals.duckdb_copy import copies
from benchmarks.work import Side, Work

SELECT = """\
select cast(e.event_time as date) as day, c.segment, e.kind, count(*) as events,
  sum(e.quantity * e.price) as amount, count(distinct e.session) as sessions
from event e join customer c on c.customer_id = e.customer_id
group by cast(e.event_time as date), c.segment, e.kind
"""
DECLARATION = """\
description: What was done, by day, segment and kind.
write: replace
key: [day, segment, kind]
columns:
  day: date
  segment: string
  kind: string
  events: {type: bigint, range: 1..}
  amount: decimal(33,2)
  sessions: bigint
"""

WORK = Work(
    "transform: join of events with 1M customers, and aggregate",
    prepare("by_segment", SELECT, DECLARATION),
    (Side("Lakemesh", again(tables=("by_segment",))), *copies(bare(SELECT), at_most=1 / 0.9)),
    noun="events",
)
