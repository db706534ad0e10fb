"""The same rows as Parquet."""

from benchmarks.arrivals import ingest

WORK = ingest("Parquet", at_most=1.25, form="parquet")
