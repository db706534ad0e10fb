"""Works that change a table that is there: events with a version each, and more of them that arrive."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import events
from benchmarks.events import COLUMNS, seeded
from benchmarks.rivals.duckdb_copy import copied, copy
from benchmarks.work import Timed, Where

VERSION = ", try_cast(version AS INT) AS version"
BASE = "base.parquet"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of write. `says`: from where, and how; `folder`: where it arrives; `load`, `later`: files of what is
    there, and of what changes; `changes`: that, for a table of so many rows; `names`: its columns."""

    says: str
    folder: str
    load: str
    later: str
    changes: Callable[[int], str]
    names: tuple[str, ...] = (*COLUMNS, "version")

    @property
    def declaration(self) -> str:
        return f"{events.DECLARATION.format(pattern='in/*.csv', write='append')}  version: int\n".replace(
            "from: in/*.csv\nwrite: append", self.says
        )

    def prepare(self, where: Where) -> None:
        """The table as it is before, ours and bare, and the changes that wait."""
        from benchmarks.repository import Repository

        landing = where.data / "landing/shop" / self.folder
        loaded = events.select(0, where.rows, where.rows, more=", 1 AS version")
        events.write(loaded, landing / self.load)
        repository = Repository(where.data, where.out)
        repository.write({"ingest/event.yaml": self.declaration})
        events.settle()
        repository.run()
        repository.keep()
        source = events.read(str(landing / self.load), (*COLUMNS, "version"))
        copy(events.typed(source, VERSION), where.data / BASE)
        events.write(self.changes(where.rows), landing / self.later)

    def ran(self, where: Where) -> Timed:
        from benchmarks.repository import Repository

        repository = Repository(where.data, where.out)
        repository.back()
        return lambda: repository.total(())

    def bare(self, query: str, level: int = 1) -> Callable[[Where], Timed]:
        """That SELECT over `base` and `changes`, into one Parquet file."""

        def made(where: Where) -> str:
            return f"WITH {self.tables(where)} {query}"

        return copied(made, level)

    def tables(self, where: Where) -> str:
        """`base` and `changes`, to begin a SELECT with."""
        op = "Op, " if self.names[0] == "Op" else ""
        source = events.read(f"{where.data}/landing/shop/{self.folder}/{self.later}", self.names)
        more = f"{VERSION}{op and ', Op'}"
        return f"base AS (FROM read_parquet('{where.data / BASE}')), changes AS ({events.typed(source, more)})"


def changed(rows: int, version: str) -> str:
    """A fiftieth of the rows: nine of ten are there, all over the table, and the others come after it."""
    new = rows // 500
    some = f"({seeded('i', 20, 1000)} < 18 OR i >= {rows})"
    return events.select(0, rows + new, rows, more=f", {version} AS version", where=some)


MERGE = Kind(
    "from: in/*.csv\nwrite: merge\nkey: [event_id]\nnewest: version",
    "events/in",
    "events-0.csv",
    "events-1.csv",
    lambda rows: changed(rows, "2"),
)
HISTORY = Kind(
    "from: in/*.csv\nwrite: history\nkey: [event_id]\nnewest: version",
    "events/in",
    "events-0.csv",
    "events-1.csv",
    # One of ten is late: what was before what is there.
    lambda rows: changed(rows, f"CASE WHEN {seeded('i', 21, 10)} = 0 THEN 0 ELSE 2 END"),
)


def _operations(rows: int) -> str:
    """A fifth as many as rows: of ten, eight update or insert, and two of the keys' own draw delete; 84.8 % of them are
    of different keys."""
    many = rows // 5
    keys, first = many * 295 // 100, rows - many * 265 // 100
    drawn = f"{first} + {seeded('n', 22, keys)}"
    op = f"CASE WHEN {seeded('n', 23, 10)} = 0 THEN 'D' WHEN {drawn} < {rows} THEN 'U' ELSE 'I' END"
    source = f"(SELECT {drawn} AS i, n + 2 AS version, {op} AS op FROM range({many}) o(n)) t"
    made = events.select(0, 0, rows, source=source, more=", version, op")
    return f'SELECT op AS "Op", * EXCLUDE (op) FROM ({made}) ORDER BY version'


CDC = Kind(
    "from: {source: crm, table: sales.event}\nkey: [event_id]",
    "crm/sales/event",
    "LOAD00000001.csv",
    "20260201-000000000.csv",
    _operations,
    ("Op", *COLUMNS, "version"),
)
LAST = "last AS (FROM changes QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY version DESC) = 1)"
