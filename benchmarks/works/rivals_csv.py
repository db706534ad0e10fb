"""The plainest ingest beside other ways into an Iceberg table."""

from benchmarks.arrivals import ingest
from benchmarks.rivals import spark
from benchmarks.rivals.iceberg import appended
from benchmarks.rivals.loads import loaded, sunk, typed
from benchmarks.work import Side

_QUIET = {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}

WORK = ingest(
    "CSV, no key, into Iceberg by others",
    others=(
        Side("DuckDB and pyiceberg append, level 1, by day", appended(typed), venv="rivals", turns=3, patience=900),
        Side("polars and its Iceberg sink, level 1, one partition", sunk, venv="rivals", turns=3, patience=900),
        Side("DuckDB and dlt, by day", loaded, venv="rivals", turns=3, patience=900, env=_QUIET),
        Side("Spark local, level 1, by day", spark.created, venv="rivals", lacks=spark.lacks, turns=3, patience=900),
    ),
)
