"""What a task of Spark does for one file that landed: read it as a laptop does, line for line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from lakemesh.declare.types import Columns
from lakemesh.engine.duckdb import landed
from lakemesh.engine.duckdb.failures import TwoLineEnds, told
from lakemesh.engine.duckdb.landed.rejected import rejected
from lakemesh.engine.duckdb.literal import quoted
from lakemesh.engine.duckdb.session import Session, Sessions
from lakemesh.engine.duckdb.types import to_duckdb
from lakemesh.engine.spark.failures import TWO_LINE_ENDS, carried
from lakemesh.errors import Mistakes, Stopped
from lakemesh.lake.landing.batch import Landed

_BATCH = 10_000
Read = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Reading:
    """`columns`: what every file gives, in its type. `even`: a file whose lines end in two ways is read from a copy.
    `whole`: lines that are no rows come too, as rows that say why."""

    given: Landed
    columns: Columns
    memory: int
    scratch: Path | None
    even: bool
    whole: bool


def reader(how: Reading) -> Read:
    """For `mapInArrow`: numbers of files in, their rows out."""

    def read(numbers: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in numbers:
            for number in batch.column(0).to_pylist():
                yield from _file(how, int(number or 0))

    return read


def _file(how: Reading, number: int) -> Iterator[pa.RecordBatch]:
    file = how.given.files[number]
    one = replace(how.given, files=(file,))
    try:
        with Sessions(how.memory, 1, how.scratch).alone(True) as session, told(file.path):
            # Spark's own strings are short.
            session.run("SET arrow_large_buffer_size = false")
            arrived = landed.arrived(session, one, how.even)
            yield from _rows(session, how.columns, arrived.sql)
            if how.whole and (rest := rejected(session, arrived)):
                yield from _rows(session, how.columns, rest[0])
    except TwoLineEnds:
        raise RuntimeError(TWO_LINE_ENDS) from None
    except (Mistakes, Stopped) as error:
        raise RuntimeError(carried(error)) from None


def _rows(session: Session, columns: Columns, relation: str) -> Iterator[pa.RecordBatch]:
    chosen = ", ".join(f"CAST({quoted(name)} AS {to_duckdb(kind)}) AS {quoted(name)}" for name, kind in columns.items())
    yield from session.connection.sql(f"SELECT {chosen} FROM ({relation})").to_arrow_reader(_BATCH)
