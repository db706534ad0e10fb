"""Seeded events, made by DuckDB: ten columns, 0.1 % of the rows dirty, 2 % late, thirty days."""

import time
from pathlib import Path

import duckdb

COLUMNS = (
    "event_id", "event_time", "customer_id", "quantity", "kind", "price", "country", "currency", "session", "payload",
)  # fmt: skip
LANDING = Path("landing/shop/events/in")
"""Where files arrive, below the data of a work."""
_PER_FILE = 1_250_000
DAYS = 30
_DATABASE = duckdb.connect()
_FORMATS = {"csv": "FORMAT csv, HEADER", "json": "FORMAT json", "parquet": "FORMAT parquet, COMPRESSION zstd"}


def seeded(number: str, salt: int, below: int) -> str:
    """A number in [0, below) that follows from the row's own and from `salt` alone."""
    return f"(hash({number} * 64 + {salt}) % {below})::BIGINT"


def select(
    first: int,
    after: int,
    rows: int,
    shuffled: bool = False,
    days: int = DAYS,
    source: str = "",
    more: str = "",
    where: str = "",
) -> str:
    """The rows [first, after) of `rows`, every cell as text lands. `source`: other rows, that have an `i` too; `more`:
    columns beside; `where`: which of them."""
    span = days * 86_400_000
    late = f"CASE WHEN {seeded('i', 1, 50)} = 0 THEN {seeded('i', 2, 3 * 86_400_000)} ELSE 0 END"
    at = seeded("i", 3, span) if shuffled else f"greatest((i::HUGEINT * {span} // {rows})::BIGINT - {late}, 0)"
    dirty = seeded("i", 4, 2000)
    payload = (
        f"""'{{"page": "/p/' || {seeded("i", 12, 5000)} || '", "ms": ' || {seeded("i", 13, 30000)} """
        f"""|| ', "agent": "' || ['phone', 'tablet', 'desktop'][1 + {seeded("i", 14, 3)}] || '"}}'"""
    )
    return f"""
        SELECT printf('%016x', hash(i)) AS event_id,
          CASE WHEN {dirty} = 0 THEN 'yesterday'
            ELSE strftime(make_timestamp(1767225600000000 + {at} * 1000), '%Y-%m-%d %H:%M:%S.%g') END AS event_time,
          {seeded("i", 5, 1_000_000)} AS customer_id,
          1 + {seeded("i", 6, 9)} AS quantity,
          ['view', 'cart', 'buy', 'back'][1 + {seeded("i", 7, 4)}] AS kind,
          CASE WHEN {dirty} = 1 THEN 'free'
            ELSE printf('%d.%02d', {seeded("i", 8, 500)}, {seeded("i", 9, 100)}) END AS price,
          ['NL', 'DE', 'FR', 'BE', 'ES', 'IT', 'PL', 'SE'][1 + {seeded("i", 10, 8)}] AS country,
          ['EUR', 'PLN', 'SEK'][1 + {seeded("i", 11, 3)}] AS currency,
          printf('%012x', hash(i // 7) & 281474976710655) AS session,
          {payload} AS payload{more}
        FROM {source or f"range({first}, {after}) t(i)"}{where and f" WHERE {where}"}"""


def land(
    folder: Path,
    rows: int,
    form: str = "csv",
    shuffled: bool = False,
    files: int = 0,
    suffix: str = "",
    days: int = DAYS,
) -> None:
    """Files of events in that folder, each with its part of the rows."""
    many = files or -(-rows // _PER_FILE)
    for number in range(many):
        query = select(rows * number // many, rows * (number + 1) // many, rows, shuffled, days)
        write(query, folder / f"events-{number:05}.{form}{suffix}")


def write(query: str, file: Path) -> None:
    """What that query gives, as a file that arrives; its form is what its name says."""
    file.parent.mkdir(parents=True, exist_ok=True)
    form = _FORMATS[next(form for form in _FORMATS if f".{form}" in file.name)]
    packed = ", COMPRESSION gzip" if file.suffix == ".gz" else ""
    _DATABASE.execute(f"COPY ({query}) TO '{file}' ({form}{packed})")


def settle() -> None:
    """So that what landed is old enough for its version to be believed: else the next run reads it once more."""
    time.sleep(2.5)


def typed(source: str, more: str = "") -> str:
    """The SELECT whose result a plain engine is to write: each cell cast, and only rows that keep the rules."""
    return f"""
        SELECT * FROM (
          SELECT event_id, try_cast(event_time AS TIMESTAMP) AS event_time, try_cast(customer_id AS INT) AS customer_id,
            try_cast(quantity AS INT) AS quantity, kind, try_cast(price AS DECIMAL(12,2)) AS price, country, currency,
            session, payload{more} FROM {source})
        WHERE event_id IS NOT NULL AND event_time IS NOT NULL AND customer_id IS NOT NULL AND price IS NOT NULL
          AND quantity BETWEEN 1 AND 100 AND kind IN ('view', 'cart', 'buy', 'back') AND length(country) = 2"""


def scan(folder: Path, form: str = "csv", suffix: str = "") -> str:
    """All files of a folder as DuckDB reads them by itself, every cell as text."""
    return read(f"{folder}/*.{form}{suffix}", COLUMNS, form)


def read(files: str, names: tuple[str, ...] = COLUMNS, form: str = "csv") -> str:
    """The same of some files with these columns."""
    columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    match form:
        case "csv":
            return f"read_csv('{files}', columns={{{columns}}}, auto_detect=false, header=true)"
        case "json":
            return f"read_json('{files}', columns={{{columns}}}, format='newline_delimited')"
    return f"read_parquet('{files}')"


DECLARATION = """\
description: One row per thing that somebody did.
from: {pattern}
write: {write}
partition: [day(event_time)]
max_bad: 1 %
columns:
  event_id: string not null
  event_time: timestamp not null
  customer_id: int not null
  quantity: {{type: int, range: 1..100}}
  kind: {{type: string, one_of: [view, cart, buy, back]}}
  price: decimal(12,2) not null
  country: {{type: string, length: 2..2}}
  currency: string
  session: string
  payload: string
"""
