"""Lines of a file by their numbers: the file is counted through, and only these are looked at."""

from collections.abc import Iterator, Sequence

from lakemesh.engine.duckdb.landed.raw import chunks
from lakemesh.lake.store import File

_STEP = 1 << 14


def placed(file: File, encoding: str, numbers: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Each line of these rising numbers, the first being 1, without its end. Lines end in `\\n`."""
    wanted = iter(numbers)
    sought = next(wanted, None)
    before, rest = 0, b""
    for chunk in chunks(file, encoding):
        if sought is None:
            return
        block = rest + chunk
        whole = block.rfind(b"\n") + 1
        block, rest = block[:whole], block[whole:]
        place = 0
        while place < whole and sought is not None:
            step = min(place + _STEP, whole)
            ends = block.count(b"\n", place, step)
            if before + ends < sought - 1:
                before, place = before + ends, step
                continue
            for _ in range(sought - 1 - before):
                place = block.index(b"\n", place) + 1
            before = sought - 1
            if place == whole:
                break
            end = block.index(b"\n", place)
            yield sought, block[place:end]
            before, place = sought, end + 1
            sought = next(wanted, None)
    if rest and sought == before + 1:
        yield sought, rest
