"""Tables on which our verdicts are compared with Great Expectations': each tries something that is easily got wrong."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        ("i", pa.int64()),
        ("j", pa.int32()),
        ("f", pa.float64()),
        ("g", pa.float64()),
        ("d", pa.decimal128(10, 2)),
        ("s", pa.string()),
        ("t", pa.string()),
        ("b", pa.bool_()),
        ("day", pa.date32()),
        ("at", pa.timestamp("us")),
        ("js", pa.string()),
    ]
)
TYPES = {
    "id": "bigint",
    "i": "bigint",
    "j": "int",
    "f": "double",
    "g": "double",
    "d": "decimal(10,2)",
    "s": "string",
    "t": "string",
    "b": "boolean",
    "day": "date",
    "at": "timestamp_ntz",
    "js": "string",
}
Row = dict[str, object]
NAN, INF = float("nan"), float("inf")


def good(n: int) -> Row:
    """A row with which every question is content, nearly."""
    return {
        "id": n,
        "i": n % 10,
        "j": n % 10,
        "f": float(n % 10),
        "g": float(n % 10) / 2,
        "d": Decimal(n % 10) + Decimal("0.50"),
        "s": "abcdefghij"[n % 10],
        "t": "abcdefghij"[n % 10],
        "b": n % 2 == 0,
        "day": date(2024, 1, 1) + timedelta(days=n % 10),
        "at": datetime(2024, 1, 1, 12) + timedelta(hours=n % 10),
        "js": f'{{"a": {n}}}',
    }


def bad(n: int) -> Row:
    """One with which few are."""
    return {
        "id": 0,
        "i": 1000 + n % 3,
        "j": -1000,
        "f": 1e6 + n % 2,
        "g": -1e6,
        "d": Decimal("-999.99"),
        "s": "Zebra 99",
        "t": "",
        "b": None,
        "day": date(1999, 12, 31),
        "at": datetime(1999, 12, 31),
        "js": "{not json",
    }


def nothing(n: int) -> Row:
    return dict.fromkeys(SCHEMA.names)


def _few(every: int, what: object, n: int) -> Row:
    return {name: what for name in SCHEMA.names if name != "id"} if n % every == 0 else {}


def _with(n: int, **more: object) -> Row:
    return {**good(n), **more}


def _random(seed: int, many: int) -> list[Row]:
    chance = random.Random(seed)
    rows = []
    for n in range(many):
        row = good(chance.randrange(12))
        row["id"] = n
        for name in SCHEMA.names[1:]:
            if chance.random() < 0.15:
                row[name] = None
        if chance.random() < 0.2:
            row["f"] = chance.choice([NAN, 0.5, -3.25, 99.0])
            row["s"] = chance.choice(["", "aa", "A1", "é", "x y"])
            row["j"] = chance.choice([-5, 0, 100])
        rows.append(row)
    return rows


_TEXTS = [
    "",
    " ",
    "a\n",
    "a\nb",
    "%",
    "_",
    "a%b",
    "'",
    '"',
    "\\",
    "a.b",
    "A",
    "aB",
    "0",
    "١٢",
    "ß",
    "e\u0301",
    "日本",
    "😀",
    "\t",
]
_JSONS = [
    "1",
    "null",
    "NaN",
    "{}",
    "[1, 2",
    '"x"',
    " [1] ",
    "{'a': 1}",
    "true",
    "Infinity",
    "",
    "01",
    "1e5",
    '{"a": "x"}',
]
_DATES = ["2024-01-01", "2024-13-01", "1 Jan 2024", "today", "2024-1-1", "01/02/2024", "24:00", "x", "2024-02-30", "12"]

DATASETS: dict[str, list[Row]] = {
    "good": [good(n) for n in range(20)],
    "empty": [],
    "one": [good(3)],
    "two": [good(1), good(8)],
    "nulls": [{**good(n), **_few(3, None, n)} for n in range(20)],
    "all_null": [nothing(n) for n in range(5)],
    "one_null": [nothing(0)],
    "nan": [_with(n, f=NAN if n % 4 == 0 else float(n), g=NAN if n % 5 == 0 else float(n)) for n in range(20)],
    "inf": [_with(n, f=INF if n == 3 else float(n), g=-INF if n == 4 else float(n)) for n in range(12)],
    "both_inf": [_with(n, f=(INF, -INF, 1.0)[n % 3], g=(NAN, 0.0, -0.0)[n % 3]) for n in range(9)],
    "unicode": [_with(n, s=text, t=text[::-1], js=_JSONS[n % len(_JSONS)]) for n, text in enumerate(_TEXTS)],
    "odd": [_with(n, s=_DATES[n % 10], t=_DATES[n % 7], js=_JSONS[(n + 3) % len(_JSONS)]) for n in range(20)],
    "all_bad": [bad(n) for n in range(20)],
    "at_95": [*(good(n) for n in range(19)), bad(19)],
    "at_90": [*(good(n) for n in range(18)), bad(18), bad(19)],
    "at_95_of_some": [*(nothing(n) for n in range(7)), *(good(n) for n in range(19)), bad(0)],
    "repeated": [good(n // 2) for n in range(21)],
    "constant": [good(4) for _ in range(6)],
    "extreme": [
        _with(n, i=2**53 * (1 if n % 2 else -1), j=2**31 - 1 - n, f=1e15 * n, g=1e-9 * n, d=Decimal("99999999.99"))
        for n in range(6)
    ],
    "random_1": _random(1, 40),
    "random_2": _random(2, 25),
    "random_3": _random(3, 60),
}


def table(name: str) -> pa.Table:
    """A dataset with the types that a table of ours has."""
    return pa.Table.from_pylist(DATASETS[name], SCHEMA)
