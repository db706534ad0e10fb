"""Values that do not fit their types, or only just: out of CSV and out of JSON."""

import json

from bad_input_world import Case, Table, text

TYPES = {
    "n": "bigint",
    "d": "date",
    "t": "timestamp",
    "l": "timestamp_ntz",
    "p": '"decimal(8,2)"',
    "f": "double",
    "k": "boolean",
    "s": "string",
}
COLUMNS = "id: int\n" + "".join(f"{name}: {kind}\n" for name, kind in TYPES.items())
SHOWN = "id, " + ", ".join(f"cast({name} as string) as {name}" for name in TYPES)
HEAD = f"id,{','.join(TYPES)}\n"
CELLS = Table("cells", COLUMNS, text(f"{HEAD}#1{',' * len(TYPES)}\n"), shown=SHOWN)
KEYS = Table("keys", COLUMNS, text('{"id":#1}\n'), ".jsonl", shown=SHOWN)
ZONED = Table("zoned", COLUMNS, CELLS.good, more="format: {time_zone: Europe/Amsterdam}", shown=SHOWN)
PATTERN = Table(
    "pattern", COLUMNS, CELLS.good, more="format: {dates: dd/MM/yyyy, timestamps: 'dd/MM/yyyy HH:mm:ss'}", shown=SHOWN
)
NO = None
"""In quarantine: it does not fit."""
NOTHING = ""
"""Null."""

OF_CSV: dict[str, dict[str, str | None]] = {
    "n": {
        "9223372036854775807": "9223372036854775807",
        "9223372036854775808": NO,
        "-9223372036854775808": "-9223372036854775808",
        "-9223372036854775809": NO,
        "+5": "5",
        " 5 ": "5",
        "-0": "0",
        "00012": "12",
        "5.0": NO,
        "5.5": NO,
        "1e3": NO,
        "0x10": NO,
        "1_000": NO,
        "1,000": NO,
        "1 000": NO,
        "\u0661\u0662": NO,
        "NaN": NO,
        "true": NO,
        "--5": NO,
        "5-": NO,
        "'5'": NO,
    },
    "d": {
        "0000-01-01": NO,
        "0001-01-01": "0001-01-01",
        "9999-12-31": "9999-12-31",
        "10000-01-01": NO,
        "2024-02-29": "2024-02-29",
        "2023-02-29": NO,
        "2024-13-01": NO,
        "2024-00-10": NO,
        "2024-04-31": NO,
        "2024-1-5": "2024-01-05",
        "2024-01": "2024-01-01",
        "2024": "2024-01-01",
        "24-01-01": NO,
        "20240101": NO,
        "01/02/2024": NO,
        "2024-01-01T10:00:00": "2024-01-01",
        "-2024-01-01": NO,
        "today": NO,
        "2024-01-01x": NO,
        "45292": NO,
        "1900-01-01": "1900-01-01",
        "1582-10-10": "1582-10-10",
    },
    "t": {
        "2024-01-01 10:00:00": "2024-01-01 10:00:00",
        "2024-01-01T10:00:00Z": "2024-01-01 10:00:00",
        "2024-01-01T10:00:00+05:00": "2024-01-01 05:00:00",
        "2024-01-01 25:00:00": NO,
        "2024-01-01 10:60:00": NO,
        "2024-01-01 10:00:60": NO,
        "2024-01-01 10:00": "2024-01-01 10:00:00",
        "1704100000": NO,
        "2024-01-01 10:00:00.123456789": "2024-01-01 10:00:00.123456",
        "10000-01-01 00:00:00": NO,
        "0000-01-01 00:00:00": NO,
        "2024-02-30 00:00:00": NO,
        "2024-01-01 10:00:00 PM": NO,
        "now": NO,
        "2024-03-31 02:30:00": "2024-03-31 02:30:00",
        "2024-03-31T02:30:00+01:00": "2024-03-31 01:30:00",
        "2024-01-01 10:00:00+99:00": NO,
        "2024-01-01 10:00:00+18:01": NO,
        "2024-01-01 10:00:00 +5:75": NO,
        "2024-01-01 10:00:00 Mars/Base": NO,
        "2024-01-01 10:00:00 Europe/Amsterdam": "2024-01-01 09:00:00",
        "2024-01-01 10:00:00 -18:00": "2024-01-02 04:00:00",
    },
    "l": {
        "2024-03-31 02:30:00": "2024-03-31 02:30:00",
        "2024-13-01 00:00:00": NO,
        "10000-01-01 00:00:00": NO,
        "2024-01-01T10:00:00.5": "2024-01-01 10:00:00.5",
        "noon": NO,
    },
    "p": {
        "999999.99": "999999.99",
        "1000000.00": NO,
        "-999999.99": "-999999.99",
        "1.234": "1.23",
        "1.235": "1.24",
        "-1.235": "-1.24",
        "999999.995": NO,
        ".5": "0.50",
        "5.": "5.00",
        "1e2": "100.00",
        "1,5": NO,
        "1.2.3": NO,
        "NaN": NO,
        "Infinity": NO,
        "\u20ac5": NO,
        "5%": NO,
        "1" * 40: NO,
        "0." + "1" * 40: "0.11",
        "": NOTHING,
    },
    "f": {
        "1e308": "1.0E308",
        "1e309": "Infinity",
        "-1e-400": "-0.0",
        "NaN": "NaN",
        "1,5": NO,
        "abc": NO,
        "1.5d": "1.5",
    },
    "k": {
        "true": "true",
        "T": "true",
        "yes": "true",
        "1": "true",
        "0": "false",
        "N": "false",
        " FALSE ": "false",
        "maybe": NO,
        "2": NO,
        "on": NO,
    },
}
OF_JSON: dict[str, dict[str, str | None]] = {
    "n": {
        "9223372036854775807": "9223372036854775807",
        "9223372036854775808": NO,
        "-9223372036854775809": NO,
        "1" * 60: NO,
        "1e3": NO,
        "5.5": NO,
        "5.0": NO,
        '"5"': "5",
        '" 5 "': "5",
        "true": NO,
        "null": NOTHING,
        "[5]": NO,
        '{"n":5}': NO,
        '""': NO,
        '"x"': NO,
    },
    "d": {
        '"0000-01-01"': NO,
        '"10000-01-01"': NO,
        '"0001-01-01"': "0001-01-01",
        "20240101": NO,
        "45292": NO,
        '"2024-02-30"': NO,
        '"2024-01-01T10:00:00Z"': "2024-01-01",
        "null": NOTHING,
    },
    "t": {
        '"2024-01-01T10:00:00Z"': "2024-01-01 10:00:00",
        '"2024-01-01T10:00:00+05:00"': "2024-01-01 05:00:00",
        "1704100000": NO,
        "1704100000000": NO,
        '"2024-01-01 25:00:00"': NO,
        '"10000-01-01T00:00:00Z"': NO,
    },
    "p": {
        "1.235": "1.24",
        "1000000": NO,
        "0.1": "0.10",
        "1e2": "100.00",
        "12345678901234567890.12": NO,
        '"1.5"': "1.50",
        "1." + "0" * 40 + "1": "1.00",
        "true": NO,
        "[]": NO,
    },
    "f": {"1e308": "1.0E308", "0.1": "0.1", '"NaN"': "NaN", "false": NO},
    "k": {"true": "true", "false": "false", '"true"': "true", "1": "true", '"maybe"': NO, "[]": NO},
    "s": {
        "5": "5",
        "true": "true",
        "null": NOTHING,
        '""': "",
        '{"a":[1]}': '{"a":[1]}',
        '"\\u0000"': "\x00",
        '"\\ud83d\\ude00"': "\U0001f600",
        "12345678901234567890123": "12345678901234567890123",
    },
}
OF_ZONE: dict[str, dict[str, str | None]] = {
    "t": {
        # Not on any clock: moved on by the hour that is left out. There twice: the first is meant.
        "2024-03-31 02:30:00": "2024-03-31 01:30:00",
        "2024-10-27 02:30:00": "2024-10-27 00:30:00",
        "2024-03-31 03:00:00": "2024-03-31 01:00:00",
        "2024-10-27 03:00:00": "2024-10-27 02:00:00",
        "2024-10-27T02:30:00+01:00": "2024-10-27 01:30:00",
        "2024-03-31T02:30:00Z": "2024-03-31 02:30:00",
        "2024-03-31 26:30:00": NO,
        "0000-03-31 02:30:00": NO,
    },
    "l": {"2024-03-31 02:30:00": "2024-03-31 02:30:00"},
}
OF_PATTERN: dict[str, dict[str, str | None]] = {
    "d": {
        "31/01/2024": "2024-01-31",
        "01/31/2024": NO,
        "2024-01-31": NO,
        "30/02/2024": NO,
        "1/1/2024": NO,
        "31/01/24": NO,
    },
    "t": {"31/01/2024 10:00:00": "2024-01-31 10:00:00", "31/01/2024 24:00:00": NO, "31/01/2024": NO},
}


def _case(table: Table, column: str, said: str, value: str | None) -> Case:
    if table is KEYS:
        holds = f'{{"id":#1,"{column}":{said}}}\n'
    else:
        cells = ('"' + said.replace('"', '""') + '"' if name == column and said else "" for name in TYPES)
        holds = f"{HEAD}#1,{','.join(cells)}\n"
    kind = TYPES[column].strip('"')
    shown = f"{said[:40]}..." if len(said) > 40 else said
    null = value == NOTHING and not (table is KEYS and said == '""' and column == "s")
    rows = ((1, *(value if name == column and not null else None for name in TYPES)),)
    fits = value is not NO
    aside = () if fits else ((1 if table is KEYS else 2, f"{column}:type"),)
    return Case(f"{json.dumps(shown, ensure_ascii=False)} as {kind}", table, text(holds), rows if fits else (), aside)


CASES = tuple(
    _case(table, column, said, value)
    for table, of in ((CELLS, OF_CSV), (KEYS, OF_JSON), (ZONED, OF_ZONE), (PATTERN, OF_PATTERN))
    for column, values in of.items()
    for said, value in values.items()
)
