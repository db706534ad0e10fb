"""What a file's letters are, as DuckDB calls it."""

import codecs

_SPELLED = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "ascii": "utf-8", "iso8859-1": "latin-1", "utf-16": "utf-16"}


def spelled(encoding: str) -> str | None:
    """DuckDB's word for an encoding; None where it reads no such files and they are put into UTF-8 first."""
    return _SPELLED.get(codecs.lookup(encoding).name)
