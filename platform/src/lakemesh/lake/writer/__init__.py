"""Rows into data files: split per partition, in bounded memory, on several threads. No commit, no engine."""

from lakemesh.lake.writer.write import Writer

__all__ = ["Writer"]
