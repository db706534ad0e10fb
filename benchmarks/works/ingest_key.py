"""A key: repeats are found within the batch and against the table, exactly."""

from benchmarks.arrivals import ingest

WORK = ingest("CSV, with a key", at_most=1.4, stretch=1.2, key=True)
