"""The same rows as JSON lines."""

from benchmarks.arrivals import ingest

WORK = ingest("JSON lines", at_most=1.25, form="json")
