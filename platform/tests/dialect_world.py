"""The rows over which Spark and DuckDB answer the same statements."""
# ruff: noqa: E501  (a statement and what it gives are one line)

import datetime as dt
import math
from decimal import Decimal

import pyarrow as pa

from dialect_edges import edges

UTC = dt.UTC


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def num() -> pa.Table:
    """Numbers: plain, null, negative, extreme, halves."""
    schema = pa.schema(
        [
            ("id", pa.int32()), ("i", pa.int32()), ("b", pa.int64()), ("s", pa.int16()), ("d", pa.float64()), ("f", pa.float32()),
            ("dec", pa.decimal128(12, 2)), ("dec2", pa.decimal128(10, 4)), ("flag", pa.bool_()),
        ]
    )  # fmt: skip
    rows = [
        (1, 1, 1, 1, 1.5, 1.5, "1.50", "2.5000", True),
        (2, 2, 3000000000, 2, -2.5, -2.5, "-2.55", "0.3333", False),
        (3, None, None, None, None, None, None, None, None),
        (4, -7, -7, -7, 0.0, 0.0, "0.00", "-1.0001", True),
        (5, 42, 1234567890123, 300, 1e10, 16777216.0, "123456.78", "7.0000", False),
        (6, 0, 0, 0, 0.125, 0.25, "0.05", "0.0001", None),
        (7, 5, 5, 5, -0.5, 3.14159, "99999.99", "100.0000", True),
        (8, 1000, 2**40, 1000, 3.7, -3.7, "1000.005"[:7], "12.3456", True),
        (9, 3, 99, 3, -1e-5, 1e-5, "-0.01", "3.0000", False),
        (10, 12, -(2**40), -300, 2.345, 2.345, "9999999999.99", "999999.9999", False),
        (11, -2147483648, -(2**63), -32768, math.inf, math.inf, "-9999999999.99", "-999999.9999", True),
        (12, 2147483647, 2**63 - 1, 32767, math.nan, math.nan, "2.50", "2.5000", True),
        (13, 7, 7, 7, 1e20, 1e20, "3.50", "3.5000", None),
        (14, 15, 15, 15, -1.7976931348623157e308, -1e30, "4.45", "0.5000", False),
    ]
    columns = list(zip(*rows, strict=True))
    for place in (6, 7):
        columns[place] = tuple(None if value is None else Decimal(value) for value in columns[place])
    return pa.table({field.name: pa.array(column, field.type) for field, column in zip(schema, columns, strict=True)})


def txt() -> pa.Table:
    """Texts: words, numbers, dates, times and JSON as text, good and bad."""
    rows = [
        (1, "abc", "12", "2020-01-05", "2020-01-05 10:11:12", '{"a":1,"b":{"c":"x"},"l":[1,2]}', "true"),
        (2, "ABC abc", " 12 ", "2020-1-5", "2020-01-05T10:11:12.123Z", '{"a":"text","l":[]}', "f"),
        (3, "", "1.5", "2020-01", "2020-01-05 10:11:12+02:00", '{"a":null,"b":null}', "YES"),
        (4, None, None, None, None, None, None),
        (5, "  pad  ", "1e3", "2020", "2020-01-05", "not json", "on"),
        (6, "é漢🎉a", "abc", "2020-02-30", "2020-01-05 10:11", "", "0"),
        (7, "a\tb\nc", "", "20200105", "2020-01-05 24:00:00", "{}", " True "),
        (8, "aaa", "-0", "2020/01/05", "2020-01-05 10:11:12 Europe/Amsterdam", "[1,2,3]", "tru"),
        (
            9,
            'it\'s 50% \\ "q"',
            "99999999999",
            " 2020-01-05 ",
            "2020-1-5 1:2:3",
            '{"a":1.50,"b":{"c":[1,{"d":2}]}}',
            "1",
        ),
        (10, "x,y,,z", "1_000", "2020-01-05T10:00:00", "2020-01-05 10:11:12.123456789", '{"a":true,"a b":1}', "n"),
        (
            11,
            "abcabcabc",
            "0x1F",
            "2020-01-05 xyz",
            "2020-01-05  10:11:12",
            '{"a":{"z":1},"t":"2020-01-05T10:11:12Z","d":"2020-01-05","f":false}',
            "",
        ),
        (12, "b", "+7", "2020-1-05T", "2020-01-05 10:11:12 UTC", '{"l":[null,"s",2.5]}', "NO"),
        (13, "ab12", ".5", "2020-13-01", "2020-01-05 10:11:12 GMT+1", '{"a":"q\\"uote","b":{"c":"é"}}', "y"),
        (14, "Z", "NaN", "x", "2020-01-05 10:11:60", '{"a":1', "t"),
        (15, "straße İ", "Infinity", "2020-01-05Z", "2020-01-05 ", ' {"a" : 7 } ', "false"),
        (16, "a  b", "1.", "1900-01-01", "1969-12-31 23:59:59.5", '{"a":-3}', "T"),
        (17, "tab\t", "-1.005", "9999-12-31", "2020-02-29T00:00:00-05:30", '{"A":1}', "Y"),
        (18, "end b", "12abc", "1582-10-10", "2020-01-05 10", '"just text"', "2"),
        (19, "\u00a0nbsp", "\t8\n", "2020-01-5", "garbage", "null", "False"),
        (20, "a.b.c", "1.5d", "2020-1", "2020-01-05 10:11:12 +01:00", "12", "no "),
        (21, "A", "-2147483648", "2019-02-29", "2020-06-01 12:00:00 America/New_York", '{"a":[1]}', "yes"),
        (22, "-", "1,5", "2020-12-31", "2020-01-05 10:11:12z", "tru", "n0"),
        (23, "_x", "127", "2020-12-31T", "2020-01-05 10:11:12.", '{"l":[[1],[2]]}', "off"),
        (24, "%", "1e400", "+2020-01-01", "2020-12-31T23:59:59.999999", "[]", "null"),
    ]
    names = ("id", "s", "n", "dt", "ts", "js", "bt")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    return pa.table(
        {name: pa.array(values, pa.int32() if name == "id" else pa.string()) for name, values in columns.items()}
    )


def times() -> pa.Table:
    """Dates and times: leap days, ends of months and years, Sundays, before 1970, null."""
    rows = [
        (1, "2020-02-29", "2020-02-29T23:59:59.999999", "2020-01-31", "2020-01-31T12:30:00"),
        (2, "2019-12-31", "2020-01-01T00:00:00", "2020-01-01", "2019-02-28T23:59:59"),
        (3, "2020-01-05", "2020-01-05T10:11:12.123456", "2020-01-04", "2020-01-05T10:11:12"),
        (4, None, None, None, None),
        (5, "1970-01-01", "1969-12-31T23:59:59.500000", "1969-12-31", "1970-01-01T00:00:00"),
        (6, "2021-01-31", "2020-03-29T01:30:00", "2020-02-28", "2020-03-29T02:30:00"),
        (7, "2020-12-28", "2020-10-25T00:30:00", "2021-03-31", "2020-10-25T01:30:00"),
        (8, "2000-01-01", "2038-01-19T03:14:07", "1999-12-31", "2000-02-29T00:00:00.000001"),
    ]
    days = [(row[1], row[3]) for row in rows]
    moments = [(row[2], row[4]) for row in rows]
    return pa.table(
        {
            "id": pa.array([row[0] for row in rows], pa.int32()),
            "d": pa.array([_day(a) if a else None for a, _ in days], pa.date32()),
            "d2": pa.array([_day(b) if b else None for _, b in days], pa.date32()),
            "ts": pa.array([_moment(a) if a else None for a, _ in moments], pa.timestamp("us", "UTC")),
            "ts2": pa.array([_moment(b) if b else None for _, b in moments], pa.timestamp("us", "UTC")),
            "ntz": pa.array([dt.datetime.fromisoformat(a) if a else None for a, _ in moments], pa.timestamp("us")),
        }
    )


def nest() -> pa.Table:
    """Arrays, maps and structs: filled, empty, with nulls inside, null."""
    struct = pa.struct([("name", pa.string()), ("qty", pa.int32()), ("inner", pa.struct([("x", pa.float64())]))])
    pair = pa.struct([("k", pa.string()), ("v", pa.int32())])
    rows = [
        (1, [1, 2, 3], ["a", "b"], [("k", 1), ("z", 2)], {"name": "ann", "qty": 1, "inner": {"x": 1.5}}, [[1], [2, 3]], [{"k": "p", "v": 1}, {"k": "q", "v": 2}]),
        (2, [], [], [], {"name": "", "qty": 0, "inner": {"x": None}}, [], []),
        (3, None, None, None, None, None, None),
        (4, [3, None, 3, 1], [None, "x", ""], [("k", None)], {"name": None, "qty": None, "inner": None}, [[], None, [4]], [{"k": None, "v": None}]),
        (5, [2], ["x"], [("é", 5), ("k", 7)], {"name": 'q"é', "qty": -5, "inner": {"x": 1e10}}, [[5, None]], [{"k": "r", "v": 9}]),
        (6, [None], ["b", "a", "b"], [("a b", 0)], {"name": "x", "qty": 2, "inner": {"x": -0.5}}, [[7], [7]], [{"k": "s", "v": 3}, {"k": "s", "v": 4}]),
    ]  # fmt: skip
    kinds = (pa.int32(), pa.list_(pa.int32()), pa.list_(pa.string()), pa.map_(pa.string(), pa.int32()), struct,
             pa.list_(pa.list_(pa.int32())), pa.list_(pair))  # fmt: skip
    names = ("id", "a", "sa", "m", "st", "aa", "ast")
    columns = list(zip(*rows, strict=True))
    return pa.table(
        {name: pa.array(list(column), kind) for name, kind, column in zip(names, kinds, columns, strict=True)}
    )


def sales() -> pa.Table:
    """Rows to group, rank and join."""
    rows = [
        (1, "EU", "apple", "10.00", 1, "2020-01-01"), (2, "EU", "pear", "2.50", 4, "2020-01-02"), (3, "US", "apple", "7.25", 2, "2020-01-02"),
        (4, "US", "fig", "0.10", None, "2020-02-01"), (5, None, "fig", "5.00", 3, "2020-02-03"), (6, "AS", "pear", None, 5, "2020-03-01"),
        (7, "EU", "apple", "3.33", 2, "2021-01-01"), (8, "US", "pear", "99.99", 10, "2021-01-05"), (9, "AS", "fig", "6.67", 1, "2021-01-05"),
    ]  # fmt: skip
    return pa.table(
        {
            "id": pa.array([row[0] for row in rows], pa.int32()),
            "region": pa.array([row[1] for row in rows], pa.string()),
            "product": pa.array([row[2] for row in rows], pa.string()),
            "amount": pa.array([None if row[3] is None else Decimal(row[3]) for row in rows], pa.decimal128(12, 2)),
            "qty": pa.array([row[4] for row in rows], pa.int32()),
            "day": pa.array([_day(row[5]) for row in rows], pa.date32()),
            "at": pa.array([_moment(f"{row[5]}T0{row[0]}:30:00") for row in rows], pa.timestamp("us", "UTC")),
        }
    )


def rate() -> pa.Table:
    """A small table to join: one region too many, one too few."""
    return pa.table({"region": pa.array(["EU", "US", "AF"]), "factor": pa.array([1.1, 0.9, 2.0])})


def tables() -> dict[str, pa.Table]:
    """Every table by its name, in the domain `w`."""
    plain = {"num": num(), "txt": txt(), "times": times(), "nest": nest(), "sales": sales(), "rate": rate()}
    return {**plain, **edges()}
