"""The plainest ingest: CSV, in the order of time, no key."""

from benchmarks.arrivals import ingest

WORK = ingest("CSV, no key", at_most=1.25, stretch=1.1)
