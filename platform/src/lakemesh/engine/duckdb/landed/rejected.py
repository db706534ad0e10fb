"""Lines that were no rows, as rows that say why: known only after the scan."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lakemesh.engine.duckdb.landed.arrived import Arrived
from lakemesh.engine.duckdb.landed.csv import alone
from lakemesh.engine.duckdb.landed.mend import EVENED
from lakemesh.engine.duckdb.landed.part import ERRORS, SCANS, runs
from lakemesh.engine.duckdb.landed.raw import chunks
from lakemesh.engine.duckdb.landed.unclosed import unclosed
from lakemesh.engine.duckdb.literal import path, quoted, text
from lakemesh.engine.duckdb.session import Session
from lakemesh.engine.duckdb.types import to_duckdb
from lakemesh.lake.store import File

_FIELDS: tuple[tuple[str, pa.DataType], ...] = (
    ("_source_file", pa.large_string()),
    ("_broken", pa.large_string()),
    ("_raw", pa.large_string()),
    ("_source_line", pa.int64()),
)
_SHAPE = pa.schema(_FIELDS)
_AT_ONCE = 10_000
_SENTENCES = {
    "UNQUOTED VALUE": "A quote is opened and not closed.",
    "INVALID ENCODING": "It is not in the encoding that the format names.",
    "LINE SIZE OVER MAXIMUM": "The line is longer than 16 MB.",
    "INVALID STATE": "Its quotes do not match.",
}


def rejected(session: Session, arrived: Arrived) -> tuple[str, int] | None:
    """A relation with the columns of `arrived`, of the lines that its scans left out, and how many; None for none."""
    _tell_all(session, arrived)
    if not arrived.marks or not session.rows(f"SELECT 1 FROM duckdb_tables() WHERE table_name = '{ERRORS}'"):
        return None
    # A scan that ran twice met each of them twice, and a line may be wrong in several ways.
    session.run(
        f"CREATE OR REPLACE TEMP TABLE rejected_lines AS SELECT s.file_path AS file, e.line_byte_position AS place, "
        f"arg_min(e.error_type::VARCHAR, e.byte_position) AS kind, arg_min(e.error_message, e.byte_position) AS said, "
        f"any_value(e.csv_line) AS line FROM {ERRORS} e JOIN {SCANS} s USING (scan_id, file_id) GROUP BY ALL"
    )
    ((count,),) = session.rows("SELECT count(*) FROM rejected_lines")
    if not count:
        return None
    target = session.folder / "rejected.parquet"
    _keep(session, arrived, target)
    names = [
        quoted(name) if name in _SHAPE.names else f"NULL::{to_duckdb(kind)} AS {quoted(name)}"
        for name, kind in arrived.columns.items()
    ]
    query = f"SELECT {', '.join(names)} FROM read_parquet({text(str(target))}, hive_partitioning=false)"
    return query, int(str(count))


def _tell_all(session: Session, arrived: Arrived) -> None:
    """Of more files than it has threads for, DuckDB reads each in one go, and then says nothing of a quote that is
    never closed. Those that end so are read once more, alone."""
    given = arrived.given
    if given.format.kind != "csv":
        return
    ((threads,),) = session.rows("SELECT current_setting('threads')")
    for header, files in runs(given):
        if len(files) > 2 * int(str(threads)):
            for file in files:
                if unclosed(file, given.format):
                    session.rows(alone(given, header, file))


def _keep(session: Session, arrived: Arrived, target: Path) -> None:
    files = {path(file.location): file for file in arrived.given.files}
    encoding = arrived.given.format.encoding
    with pq.ParquetWriter(target, _SHAPE) as out:
        for (name,) in session.rows("SELECT DISTINCT file FROM rejected_lines ORDER BY 1"):
            file = files[str(name)]
            lines = _Lines(file, encoding)
            these = f"SELECT place, kind, said, line FROM rejected_lines WHERE file = {text(str(name))} ORDER BY place"
            answer = session.connection.execute(these)
            while some := answer.fetchmany(_AT_ONCE):
                out.write_batch(_batch(file.path, some, lines))


def _batch(file: str, some: list[tuple[int, str, str, str]], lines: "_Lines") -> pa.RecordBatch:
    columns: list[list[object]] = [[], [], [], []]
    for place, kind, said, line in some:
        number, raw = lines.at(place - 1, kind == "INVALID ENCODING")
        row = (file, _sentence(kind, said, lines.evened), raw or line.strip("\r\n"), number)
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _SHAPE, strict=True)]
    return pa.record_batch(arrays, schema=_SHAPE)


def _sentence(kind: str, said: str, evened: bool) -> str:
    if counted := re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said):
        told = f"The line has {counted[2]} cells, and {counted[1]} are expected"
        return f"{told}; a carriage return (CR) outside of quotes ends a line of this file." if evened else f"{told}."
    return _SENTENCES.get(kind, said.strip().splitlines()[0] if said.strip() else kind)


class _Lines:
    """The number of a line by where it begins, for places in rising order: DuckDB's own number counts rows."""

    def __init__(self, file: File, encoding: str) -> None:
        self._chunks: Iterator[bytes] = chunks(file, encoding)
        self._chunk = b""
        self._begins = 0
        self._before = 0
        self.evened = path(file.location).rpartition("/")[2].startswith(EVENED)

    def at(self, place: int, with_text: bool) -> tuple[int, str | None]:
        while place >= self._begins + len(self._chunk):
            self._before += self._ends(self._chunk)
            self._begins += len(self._chunk)
            following = next(self._chunks, None)
            if following is None:
                self._chunk = b""
                break
            self._chunk = following
        inside = place - self._begins
        # Where lines end in two letters, DuckDB may take the second for the beginning of the next.
        while self._chunk[inside : inside + 1] in (b"\r", b"\n"):
            inside += 1
        return self._before + self._ends(self._chunk[:inside]) + 1, self._text(inside) if with_text else None

    def _ends(self, piece: bytes) -> int:
        return piece.count(b"\n") or piece.count(b"\r")

    def _text(self, begin: int) -> str:
        while b"\n" not in self._chunk[begin:] and (following := next(self._chunks, None)):
            self._chunk += following
        line = self._chunk[begin:].split(b"\n", 1)[0]
        return line.rstrip(b"\r").decode("utf-8", "backslashreplace")
