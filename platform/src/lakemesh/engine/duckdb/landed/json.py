"""JSON as a relation of text: one object a line, or one array of objects a file."""

import re
from collections.abc import Sequence

from lakemesh.engine.duckdb.landed.csv import LONGEST
from lakemesh.engine.duckdb.landed.encodings import spelled
from lakemesh.engine.duckdb.landed.part import FILE, Part, added
from lakemesh.engine.duckdb.landed.raw import opened
from lakemesh.engine.duckdb.literal import paths, quoted, text, texts
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File

_BROKEN = "The line is not one JSON object."
_STEP = re.compile(r"\.([^.\[\]]+)|\['([^']*)'\]|\[(\d+)\]")
_LONG = "[0-9.]{17}"
_TEXT_OR_LONG = r'("(?:[^"\\]|\\.)*")|(-?[0-9][0-9.]{16,}(?:[eE][-+]?[0-9]+)?)'


def json(given: Landed) -> list[Part]:
    """One scan for the files of lines, one for those that are an array; in the order of the files where it matters."""
    groups: list[tuple[bool, list[File]]] = []
    for file in given.files:
        array = _is_array(file)
        same = [files for kind, files in (groups[-1:] if given.numbered else groups) if kind is array]
        if same:
            same[0].append(file)
        else:
            groups.append((array, [file]))
    return [_part(given, number, array, files) for number, (array, files) in enumerate(groups)]


def cells(given: Landed, line: str) -> str:
    """What stands at the paths of all columns, as one list of texts: so a line is parsed once."""
    wanted = texts("$" + "".join(_step(*step) for step in _steps(pointer)) for pointer in given.columns.values())
    # A line that is no JSON at all fails in each function; `try` makes it null.
    found = f"try(json_extract_string({_exact(line) if given.exact else line}, {wanted}))"
    if not given.format.empty:
        return found
    return f"list_transform({found}, lambda cell: CASE WHEN cell NOT IN {_among(given.format.empty)} THEN cell END)"


def _steps(pointer: str) -> list[tuple[str, str]]:
    """The steps of a path, each a name or a place in a list."""
    if not pointer.startswith(("$.", "$[")):
        return [(pointer, "")]
    return [(name or odd, place) for name, odd, place in _STEP.findall(pointer)]


def _step(name: str, place: str) -> str:
    return f"[{place}]" if place else f'."{name}"'


def _among(values: Sequence[str]) -> str:
    return f"({', '.join(map(text, values))})"


def _exact(line: str) -> str:
    """The line with its long numbers as text: DuckDB makes doubles of them, which hold fifteen digits."""
    # Texts are matched too, so that no number is looked for inside them, and get back the quotes that follow them.
    marked = f"regexp_replace({line}, {text(_TEXT_OR_LONG)}, '\\1\x01\\2\x01', 'g')"
    quoted_ = f"replace(replace({marked}, '\x01\x01', ''), '\x01', '\"')"
    return f"CASE WHEN regexp_matches({line}, {text(_LONG)}) THEN {quoted_} ELSE {line} END"


def _part(given: Landed, number: int, array: bool, files: Sequence[File]) -> Part:
    # What a profile calls the column of each scan.
    mark = "json" if array else f"line{number}_"
    scan = _objects(files) if array else lines(files, given.format.encoding, mark)
    read = (
        f"SELECT {FILE}, {mark} AS line, {cells(given, f'{mark}::VARCHAR')} AS cells, "
        f"coalesce(try(json_type({mark})), '') = 'OBJECT' AS whole FROM {scan}"
    )
    chosen = [f"CASE WHEN whole THEN cells[{n}] END AS {quoted(name)}" for n, name in enumerate(given.columns, 1)]
    if given.keep_extra:
        chosen.append(_extra(given))
    broken = f"CASE WHEN NOT whole THEN {text(_BROKEN)} END"
    told = added(given, broken, "CASE WHEN NOT whole THEN line::VARCHAR END")
    return Part(f"SELECT {', '.join(chosen + told)} FROM ({read})", mark)


def lines(files: Sequence[File], encoding: str, name: str) -> str:
    """Every line of these files that is not empty, whole."""
    # Read as CSV of one column, whose delimiter and null no line can hold: so a line that is no JSON is there as text.
    return (
        f"read_csv({paths(file.location for file in files)}, columns={{{text(name)}: 'VARCHAR'}}, auto_detect=false, "
        "header=false, delim='\x01\x02\x03\x04', quote='', escape='', nullstr='\x05\x06', strict_mode=false, "
        "new_line='\\n', "
        f"store_rejects=true, max_line_size={LONGEST}, buffer_size={2 * LONGEST}, "
        f"encoding={text(spelled(encoding) or 'utf-8')}, hive_partitioning=false, filename={text(FILE)})"
    )


def _objects(files: Sequence[File]) -> str:
    places = paths(file.location for file in files)
    return (
        f"read_json_objects({places}, format='array', maximum_object_size={LONGEST}, hive_partitioning=false, "
        f"filename={text(FILE)})"
    )


def _extra(given: Landed) -> str:
    # A merge patch takes away what it says is null, which are the names that are declared.
    names = {_steps(pointer)[0][0] for pointer in given.columns.values()}
    gone = ", ".join(f"{text(name)}, NULL" for name in sorted(names))
    return f"CASE WHEN whole THEN nullif(json_merge_patch(line, json_object({gone}))::VARCHAR, '{{}}') END AS _extra"


def _is_array(file: File) -> bool:
    if not file.path.lower().endswith((".json", ".json.gz")):
        return False
    with opened(file) as raw:
        start = raw.read(4096)
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["
