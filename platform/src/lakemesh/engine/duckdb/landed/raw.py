"""The bytes of a file as DuckDB counts them: unpacked, and in UTF-8."""

import codecs
import gzip
from collections.abc import Iterator
from typing import BinaryIO, cast

from lakemesh.engine.duckdb.literal import path
from lakemesh.lake.store import File

_CHUNK = 1 << 20


def opened(file: File) -> BinaryIO:
    """The file's bytes, unpacked where its name says that it is packed."""
    place = path(file.location)
    if place.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.open(place, "rb"))
    return open(place, "rb")


def chunks(file: File, encoding: str) -> Iterator[bytes]:
    """Its text in UTF-8, piece by piece; a byte-order mark stays, as it is counted too."""
    name = codecs.lookup(encoding).name
    with opened(file) as source:
        if name in ("utf-8", "utf-8-sig", "ascii"):
            while chunk := source.read(_CHUNK):
                yield chunk
            return
        first = source.read(_CHUNK)
        if name == "utf-16":
            name = "utf-16-be" if first.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
        decoder = codecs.getincrementaldecoder(name)("replace")
        while first:
            yield decoder.decode(first).encode("utf-8", "replace")
            first = source.read(_CHUNK)
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")
