"""Rows at the edges of what a type holds: the least and the most, no numbers, first and last days, letters of all kinds."""
# ruff: noqa: E501  (a row is one line)

import datetime as dt
import math
from decimal import Decimal

import pyarrow as pa

_INT8, _INT16, _INT32, _INT64 = (2 ** (bits - 1) for bits in (8, 16, 32, 64))


def edge() -> pa.Table:
    """Numbers at their ends, zero with either sign, the smallest there is, halves and thirds."""
    schema = pa.schema(
        [("id", pa.int32()), ("t", pa.int8()), ("s", pa.int16()), ("i", pa.int32()), ("b", pa.int64()), ("f", pa.float32()),
         ("d", pa.float64()), ("m", pa.decimal128(18, 6)), ("q", pa.decimal128(38, 0)), ("flag", pa.bool_())]
    )  # fmt: skip
    rows = [
        (1, -_INT8, -_INT16, -_INT32, -_INT64, -math.inf, -math.inf, "-999999999999.999999", "-" + "9" * 38, True),
        (2, _INT8 - 1, _INT16 - 1, _INT32 - 1, _INT64 - 1, math.inf, math.inf, "999999999999.999999", "9" * 38, False),
        (3, 0, 0, 0, 0, -0.0, -0.0, "0.000000", "0", None),
        (4, None, None, None, None, None, None, None, None, None),
        (5, 1, 1, 1, 1, math.nan, math.nan, "0.000001", "1", True),
        (6, -1, -1, -1, -1, 1.401298464324817e-45, 5e-324, "-0.000001", "-1", False),
        (7, 10, 10, 10, 10, 3.4028234663852886e38, 1.7976931348623157e308, "2.500000", "25", True),
        (8, -10, -10, -10, -10, 0.5, 2.5, "-2.500000", "-25", False),
        (9, 3, 7, 100, 2**53 + 1, 0.1, 0.1, "0.333333", "12345678901234567890", True),
        (10, 64, 255, 65536, 10**18, -1.5, -2.5, "1234567.891235", "-98765432109876543210987", None),
        (11, 7, 99, 12345, 1234567890123, 1234567.875, 123456.789, "100.500000", "7", False),
        (12, 0, 0, 0, 0, 0.0, 0.0, "0.000000", "0", True),
        (13, 2, 2, 2, 2, 1e-7, 9.999999999999999e-5, "99.999999", "100", False),
        (14, 5, 500, 50000, 5000000000, 1e7, 12345678.9, "-0.500000", "-3", True),
    ]
    columns = list(zip(*rows, strict=True))
    for place in (7, 8):
        columns[place] = tuple(None if value is None else Decimal(value) for value in columns[place])
    return pa.table({field.name: pa.array(column, field.type) for field, column in zip(schema, columns, strict=True)})


def far() -> pa.Table:
    """Days and moments: years 1 and 9999, the calendar's change, leap days, clocks put on and back, ends of years."""
    rows = [
        (1, "0001-01-01", "0001-01-03T00:00:00"),
        (2, "9999-12-31", "9999-12-30T23:59:59.999999"),
        (3, "1582-10-04", "1582-10-04T12:00:00"),
        (4, "1582-10-15", "1582-10-15T00:00:00.000001"),
        (5, None, None),
        (6, "1900-02-28", "1900-03-01T00:00:00"),
        (7, "1969-12-31", "1969-12-31T23:59:59.999999"),
        (8, "1970-01-01", "1970-01-01T00:00:00"),
        (9, "2000-02-29", "2000-02-29T12:34:56.789"),
        (10, "2019-03-31", "2019-03-31T01:30:00"),
        (11, "2019-10-27", "2019-10-27T00:30:00"),
        (12, "2019-10-27", "2019-10-27T02:30:00"),
        (13, "2020-03-08", "2020-03-08T10:00:00"),
        (14, "2020-11-01", "2020-11-01T06:30:00"),
        (15, "2024-12-30", "2024-12-30T23:59:59.5"),
        (16, "2021-01-03", "2021-01-03T00:00:00.001"),
        (17, "2400-02-29", "2400-02-29T00:00:00"),
        (18, "2023-12-31", "2023-12-31T12:00:00"),
        (19, "1883-11-18", "1883-11-18T17:00:00"),
        (20, "2024-02-29", "2024-02-29T09:05:07"),
    ]
    days = [None if day is None else dt.date.fromisoformat(day) for _, day, _ in rows]
    plain = [None if moment is None else dt.datetime.fromisoformat(moment) for _, _, moment in rows]
    known = [None if moment is None else moment.replace(tzinfo=dt.UTC) for moment in plain]
    return pa.table(
        {
            "id": pa.array([row[0] for row in rows], pa.int32()),
            "d": pa.array(days, pa.date32()),
            "ts": pa.array(known, pa.timestamp("us", "UTC")),
            "ntz": pa.array(plain, pa.timestamp("us")),
        }
    )


WORDS = (
    "", " ", None, "a", "A", "Straße", "ÀÉÎõü", "İstanbul", "ıI", "ΑΣ ΟΔΟΣ", "ﬁn", "e\u0301", "é", "日本語", "👨‍👩‍👧 family", "🇳🇱🎉",
    "שלום", "مرحبا", "١٢٣", "a\u200bb", "\u00a0x\u00a0", "tab\tx", "line\nx", "cr\r\nx", "null", "NULL", "'quoted'", '"double"',
    "back\\slash", "100%", "under_score", "semi;colon", "a,b,,c", "a.b.c", "  two  spaces  ", "0012", "-5", "x" * 60, "\ufeffbom", "ǅ ǆ",
)  # fmt: skip


def word() -> pa.Table:
    """Letters of all kinds, and what programs take for something else."""
    return pa.table(
        {
            "id": pa.array(list(range(1, len(WORDS) + 1)), pa.int32()),
            "w": pa.array(list(WORDS), pa.string()),
            "n": pa.array([place % 5 - 1 for place in range(len(WORDS))], pa.int32()),
        }
    )


def bags() -> pa.Table:
    """Arrays, maps and structs of what is hard inside."""
    pair = pa.struct([("k", pa.string()), ("v", pa.int32())])
    rows = [
        (1, [1.5, math.nan, None, -math.inf, 0.0], ["b", "a", None, "é", ""], [9, 3, 9, None], [("a", 1.5), ("b", None)], [True, None, False]),
        (2, [], [], [], [], []),
        (3, None, None, None, None, None),
        (4, [0.0, -0.0, 2.0], ["", " ", "A", "a"], [1], [("", 0.0), ("é", -0.0)], [None]),
        (5, [math.inf, 1e308], ["日本", "👍", "z"], [2**62, -(2**62)], [("x", math.nan)], [False, False]),
        (6, [None, None], [None], [None, None], [("k", 1e10)], [True, True]),
    ]  # fmt: skip
    structs = [
        [{"k": "p", "v": 1}],
        [],
        None,
        [None, {"k": None, "v": 2}],
        [{"k": "q", "v": None}],
        [{"k": "é", "v": 3}, {"k": "é", "v": 3}],
    ]
    days = [
        [dt.date(2020, 2, 29), None],
        [],
        None,
        [dt.date(1, 1, 1)],
        [dt.date(9999, 12, 31), dt.date(1970, 1, 1)],
        [None],
    ]
    columns = list(zip(*rows, strict=True))
    kinds = {
        "id": pa.int32(), "d": pa.list_(pa.float64()), "w": pa.list_(pa.string()), "b": pa.list_(pa.int64()),
        "m": pa.map_(pa.string(), pa.float64()), "f": pa.list_(pa.bool_()),
    }  # fmt: skip
    made = {name: pa.array(list(column), kind) for (name, kind), column in zip(kinds.items(), columns, strict=True)}
    return pa.table({**made, "st": pa.array(structs, pa.list_(pair)), "days": pa.array(days, pa.list_(pa.date32()))})


def mix() -> pa.Table:
    """Of each row of `word` one of `edge` and one of `far` beside it."""
    letters, numbers, times = word(), edge(), far()
    places = range(letters.num_rows)
    beside = numbers.take([place % numbers.num_rows for place in places]).drop_columns(["id"])
    when = times.take([place % times.num_rows for place in places]).drop_columns(["id"])
    columns = {name: letters[name] for name in letters.column_names}
    columns |= {name: beside[name] for name in beside.column_names}
    return pa.table({**columns, "day": when["d"], "ts": when["ts"], "ntz": when["ntz"]})


def edges() -> dict[str, pa.Table]:
    """Every such table by its name."""
    return {"edge": edge(), "far": far(), "word": word(), "bags": bags(), "mix": mix()}
