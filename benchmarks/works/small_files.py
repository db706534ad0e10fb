"""The same rows as CSV in many small files."""

from benchmarks.arrivals import ingest

WORK = ingest("CSV in 10,000 small files", at_most=1.7, files=10_000)
