"""Times in no order, so that every batch holds rows of every day."""

from benchmarks.arrivals import ingest

WORK = ingest("CSV, shuffled times: every batch holds every day", at_most=1.55, shuffled=True)
