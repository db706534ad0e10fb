"""CSV as a relation of text. Columns are found by each file's own header."""

from collections.abc import Sequence

from lakemesh.engine.duckdb.landed.encodings import spelled
from lakemesh.engine.duckdb.landed.part import FILE, Part, added, extra, found, runs
from lakemesh.engine.duckdb.literal import paths, quoted, struct, text, texts
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Format

LONGEST = 16 << 20
# No text holds it; a cell that is empty and one that is null would else be the same where `empty` is no token.
_NEVER = "\x05\x06"


def csv(given: Landed) -> list[Part]:
    """One scan for each header."""
    return [_part(given, number, header, files) for number, (header, files) in enumerate(runs(given))]


def alone(given: Landed, header: Sequence[str], file: File) -> str:
    """A scan of one of its files, which tells of everything that it leaves out."""
    fields = header if given.format.header else list(given.columns.values())
    return f"SELECT count(*) FROM {_scan([file], given.format, [f'c{place}' for place in range(len(fields))])}"


def _part(given: Landed, number: int, header: Sequence[str], files: Sequence[File]) -> Part:
    mark = f"csv{number}_"
    fields = list(header) if given.format.header else list(given.columns.values())
    cells = [f"{mark}{place}" for place in range(len(fields))]
    chosen: list[str] = []
    used: set[int] = set()
    for position, (name, wanted) in enumerate(given.columns.items()):
        place = found(fields, wanted) if given.format.header else position
        if place is not None:
            used.add(place)
        cell = "NULL::VARCHAR" if place is None else cells[place]
        chosen.append(f"{cell} AS {quoted(name)}")
    if given.keep_extra:
        chosen.append(extra([(fields[place], cell) for place, cell in enumerate(cells) if place not in used]))
    return Part(f"SELECT {', '.join(chosen + added(given))} FROM {_scan(files, given.format, cells)}", mark)


def _scan(files: Sequence[File], form: Format, cells: Sequence[str]) -> str:
    options = {
        "columns": struct(dict.fromkeys(cells, "VARCHAR")),
        "auto_detect": "false",
        "header": "true" if form.header else "false",
        "delim": text(form.delimiter),
        "quote": text(form.quote),
        "escape": text(form.quote),
        "encoding": text(spelled(form.encoding) or "utf-8"),
        "nullstr": texts(form.empty or (_NEVER,)),
        "store_rejects": "true",
        "max_line_size": str(LONGEST),
        "buffer_size": str(2 * LONGEST),
        "hive_partitioning": "false",
        "filename": text(FILE),
    }
    said = ", ".join(f"{name}={value}" for name, value in options.items())
    return f"read_csv({paths(file.location for file in files)}, {said})"
