"""A fiftieth of a table changes, all over it."""

from benchmarks.changed import MERGE
from benchmarks.rivals import spark
from benchmarks.rivals.iceberg import upserted
from benchmarks.work import Side, Work

REWRITTEN = "FROM base ANTI JOIN changes USING (event_id) UNION ALL FROM changes"

WORK = Work(
    "merge: changes of 2 % of the rows, all over the table",
    MERGE.prepare,
    (
        Side("Lakemesh", MERGE.ran),
        Side("bare anti-join rewrite (DuckDB COPY, level 1)", MERGE.bare(REWRITTEN), at_most=1.3),
        Side("pyiceberg upsert, level 1", upserted(MERGE), at_most=0.2, turns=2, patience=900),
        spark.merging(MERGE),
    ),
    share=0.5,
    noun="rows in the table",
)
