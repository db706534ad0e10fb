"""What is said the same way of every kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass

from lakemesh.engine.duckdb.literal import path, quoted, text, texts
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File

FILE = "__lakemesh_file"
SCANS = "reject_scans"
ERRORS = "reject_errors"


@dataclass(frozen=True, slots=True)
class Part:
    """Files that one scan reads. `mark`: how the names of its columns begin, by which a profile knows the scan."""

    sql: str
    mark: str


def added(given: Landed, broken: str = "NULL", raw: str = "NULL") -> list[str]:
    """The columns that come with every row; `broken` and `raw` as expressions."""
    return [
        f"{source(given.files)} AS _source_file",
        f"{broken}::VARCHAR AS _broken",
        f"{raw}::VARCHAR AS _raw",
        "NULL::BIGINT AS _source_line",
    ]


def source(files: Sequence[File]) -> str:
    """From the location that an engine opens to the path by which everybody else knows the file."""
    roots = {path(file.location).removesuffix(file.path) for file in files}
    root = next(iter(roots), "")
    if len(roots) == 1 and all(path(file.location) == root + file.path for file in files):
        return f"substr({FILE}, {len(root) + 1})"
    # Each call sees one file at a time, so it is looked up once per file and not per row.
    places, names = texts(path(file.location) for file in files), texts(file.path for file in files)
    return f"{names}[list_position({places}, {FILE})]"


def found(header: Sequence[str], wanted: str) -> int | None:
    """Where a column stands in a header: as it is written, else after lowering and trimming."""
    if wanted in header:
        return header.index(wanted)
    plain = [name.strip().lower() for name in header]
    return plain.index(wanted.strip().lower()) if wanted.strip().lower() in plain else None


def extra(names: Sequence[tuple[str, str]]) -> str:
    """JSON of the columns that nobody declared, by (name, expression); nulls are left out."""
    if not names:
        return "NULL::VARCHAR AS _extra"
    pairs = ", ".join(f"{text(name)}, {value}" for name, value in names)
    told = f"json_merge_patch('{{}}', json_object({pairs}))::VARCHAR"
    return f"nullif({told}, '{{}}') AS _extra"


def whole(given: Landed, parts: Sequence[Part], columns: Sequence[str]) -> str:
    """The scans as one relation, with the number of each row where order matters."""
    body = "\nUNION ALL\n".join(part.sql for part in parts)
    names = ", ".join(map(quoted, columns))
    if not given.numbered:
        return f"SELECT {names} FROM ({body})"
    return f"SELECT {names}, row_number() OVER () AS _source_row FROM ({body})"


def runs(given: Landed) -> list[tuple[tuple[str, ...], list[File]]]:
    """Files by header: all that share one, or, where order matters, only those that follow one another."""
    groups: list[tuple[tuple[str, ...], list[File]]] = []
    seen: dict[tuple[str, ...], list[File]] = {}
    for file in given.files:
        header = given.headers.get(file.path, ())
        if groups and groups[-1][0] == header:
            groups[-1][1].append(file)
        elif header in seen and not given.numbered:
            seen[header].append(file)
        else:
            groups.append((header, [file]))
            seen[header] = groups[-1][1]
    return groups
