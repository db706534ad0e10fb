"""The same rows as CSV, packed."""

from benchmarks.arrivals import ingest

WORK = ingest("CSV, gzip", at_most=1.25, suffix=".gz")
