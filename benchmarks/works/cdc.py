"""Change data capture: operations of a log, in the order of the log, on a table that was loaded from it."""

from benchmarks.changed import CDC, LAST
from benchmarks.rivals import spark
from benchmarks.rivals.iceberg import upserted
from benchmarks.work import Side, Work

REWRITTEN = f""", {LAST} FROM base ANTI JOIN last USING (event_id)
    UNION ALL SELECT * EXCLUDE (Op) FROM last WHERE Op <> 'D'"""

WORK = Work(
    "CDC: operations of a fifth of the rows, 85 % of them on different keys",
    CDC.prepare,
    (
        Side("Lakemesh", CDC.ran),
        Side("bare anti-join rewrite (DuckDB COPY, level 1)", CDC.bare(REWRITTEN), at_most=1.3),
        Side("pyiceberg delete and upsert, level 1", upserted(CDC), at_most=0.2, turns=1, patience=900),
        spark.merging(CDC),
    ),
    share=0.5,
    noun="rows in the table",
)
