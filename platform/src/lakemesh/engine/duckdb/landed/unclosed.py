"""Files that end inside quotes. Of many files at once DuckDB drops what follows the last quote without a word; of one
file alone it tells."""

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator

from lakemesh.engine.duckdb.landed.raw import chunks, opened
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Format

_TAIL = 64 << 10
_BYTES = ("utf-8", "utf8", "latin-1", "iso-8859-1", "ascii", "cp1252")
"""Encodings in which every quote, delimiter and line end is that one byte."""


def unclosed(file: File, form: Format) -> bool:
    """Whether a quote is opened and not closed again by the end of the file; True where that cannot be told."""
    if not form.quote:
        return False
    quote, ends = form.quote.encode(), b"\r\n" + form.delimiter[-1:].encode()
    if form.encoding.lower() in _BYTES and not file.location.lower().endswith(".gz"):
        told, turned = _state(_tail(file), quote, ends)
        if told:
            return turned
    inside = False
    for piece in _whole(chunks(file, form.encoding), quote):
        told, turned = _state(piece, quote, ends)
        inside = turned if told else inside != turned
    return inside


def _state(text: bytes, quote: bytes, ends: bytes) -> tuple[bool, bool]:
    """From the end backwards, by runs of quotes. One after a delimiter or a line end opens, or closes what is open; one
    after anything else closes, or is a letter: before that, it does not matter what was. Pairs change nothing.
    Whether it is told; and whether a quote is open at the end, or else, whether the state changes in this text."""
    turned = False
    end = len(text)
    while (last := text.rfind(quote, 0, end)) >= 0:
        first = last
        while first and text[first - 1 : first] == quote:
            first -= 1
        end = first
        if (last - first) % 2:
            continue
        before = text[:first].rstrip(b" ") if text[first - 1 : first] == b" " else text[:first]
        if not before:
            return (True, True) if first else (False, not turned)
        if before[-1:] not in (ends[:1], ends[1:2], ends[2:]):
            return True, turned
        if len(before) < first:
            # After spaces it may be either.
            return True, True
        turned = not turned
    return False, turned


def _tail(file: File) -> bytes:
    """The end of the file, from within a line on: what stands before its first line end is not judged."""
    with opened(file) as source:
        size = source.seek(0, os.SEEK_END)
        source.seek(max(0, size - _TAIL))
        text = source.read()
    if size <= _TAIL:
        return b"\n" + text.removeprefix(BOM_UTF8)
    return text[text.find(b"\n") :] if b"\n" in text else b""


def _whole(pieces: Iterable[bytes], quote: bytes) -> Iterator[bytes]:
    """The pieces, cut anew where no run of quotes, and nothing that stands before one, lies across two of them."""
    held = b""
    across = re.compile(rb"[^ %b]?[ %b]*\Z" % (re.escape(quote), re.escape(quote)), re.DOTALL)
    for piece in pieces:
        # The mark is no letter, and a file begins as a line does.
        text = held + piece if held else b"\n" + piece.removeprefix(BOM_UTF8)
        found = across.search(text, max(0, len(text) - 1000))
        place = found.start() if found else len(text)
        held = text[place:]
        yield text[:place]
    yield held
