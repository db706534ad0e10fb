"""Every version is kept, with the span in which it holds; one of ten that arrive is late."""

from benchmarks.changed import HISTORY
from benchmarks.work import Side, Work

REWRITTEN = """, touched AS (FROM base SEMI JOIN changes USING (event_id) UNION ALL FROM changes)
    SELECT *, version AS valid_from, NULL AS valid_to FROM base ANTI JOIN changes USING (event_id)
    UNION ALL SELECT *, version, lead(version) OVER (PARTITION BY event_id ORDER BY version) FROM touched"""

WORK = Work(
    "history: versions of 2 % of the rows, all over the table",
    HISTORY.prepare,
    (
        Side("Lakemesh", HISTORY.ran),
        Side("bare rewrite (DuckDB COPY, level 1)", HISTORY.bare(REWRITTEN)),
    ),
    share=0.5,
    noun="rows in the table",
)
