"""Dates and times: parts are int, Sunday is 1, a date stays a date, months clip, all in UTC."""

import re

from lakemesh.declare.types import Decimal
from lakemesh.engine.duckdb.casts import instant, utc
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    DATE,
    DOUBLE,
    INT,
    NTZ,
    STRING,
    TIMESTAMP,
    WHOLE,
    Refused,
    Typed,
)

RULES = Rules()

OF_DATE = {
    "year": "year({0})",
    "month": "month({0})",
    "day": "day({0})",
    "dayofmonth": "day({0})",
    "dayofyear": "dayofyear({0})",
    "quarter": "quarter({0})",
    "weekofyear": "weekofyear({0})",
    "dayofweek": "(dayofweek({0}) + 1)",
    "weekday": "(isodow({0}) - 1)",
}
OF_TIME = ("hour", "minute", "second")
PARTS = {
    **dict.fromkeys(("year", "y", "years", "yr", "yrs"), "year"),
    **dict.fromkeys(("quarter", "qtr"), "quarter"),
    **dict.fromkeys(("month", "mon", "mons", "months"), "month"),
    **dict.fromkeys(("week", "w", "weeks"), "week"),
    **dict.fromkeys(("day", "d", "days"), "day"),
    **dict.fromkeys(("dayofweek", "dow"), "dayofweek"),
    **dict.fromkeys(("dayofweek_iso", "dow_iso"), "isodow"),
    **dict.fromkeys(("doy",), "dayofyear"),
    **dict.fromkeys(("hour", "h", "hours", "hr", "hrs"), "hour"),
    **dict.fromkeys(("minute", "m", "min", "mins", "minutes"), "minute"),
    **dict.fromkeys(("yearofweek",), "isoyear"),
}
TRUNCATED = {
    **dict.fromkeys(("year", "yyyy", "yy"), "year"),
    **dict.fromkeys(("month", "mm", "mon"), "month"),
    "quarter": "quarter",
    "week": "week",
}
TRUNCATED_TIME = {
    **TRUNCATED,
    **dict.fromkeys(("day", "dd"), "day"),
    **{unit: unit for unit in ("hour", "minute", "second", "millisecond", "microsecond")},
}


def moment(call: Call, place: int) -> str:
    """An argument as a plain time in UTC."""
    return call.as_(place, NTZ) if call.type(place) in (DATE, NTZ, TIMESTAMP) else utc(call.as_(place, TIMESTAMP))


@RULES.of(*OF_DATE)
def of_date(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"CAST({OF_DATE[call.name].format(call.as_(0, DATE))} AS INTEGER)", INT)


@RULES.of(*OF_TIME)
def of_time(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"CAST({call.name}({moment(call, 0)}) AS INTEGER)", INT)


@RULES.of("date_part", "datepart", "extract")
def date_part(call: Call) -> Typed:
    needs(call, 2)
    said = call.text(0).lower()
    if said in ("second", "s", "sec", "seconds", "secs"):
        return Typed(
            f"CAST(((epoch_us({moment(call, 1)}) % 60000000 + 60000000) % 60000000) / 1000000.0 AS DECIMAL(8,6))",
            Decimal(8, 6),
        )
    part = PARTS.get(said)
    if part is None:
        raise Refused(
            f'{call.name}() of "{said}"', "take year, quarter, month, week, day, dayofweek, doy, hour, minute or second"
        )
    if part in ("hour", "minute"):
        return Typed(f"CAST({part}({moment(call, 1)}) AS INTEGER)", INT)
    form = OF_DATE.get("weekofyear" if part == "week" else part, f"{part}({{0}})")
    return Typed(f"CAST({form.format(call.as_(1, DATE))} AS INTEGER)", INT)


@RULES.of("last_day")
def last_day(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"last_day({call.as_(0, DATE)})", DATE)


@RULES.of("next_day")
def next_day(call: Call) -> Typed:
    needs(call, 2)
    wanted = call.text(1).lower()
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    place = next((n for n, name in enumerate(names) if wanted in (name, name[:3], name[:2])), None)
    if place is None:
        return Typed("CAST(NULL AS DATE)", DATE)
    value = call.as_(0, DATE)
    return Typed(f"({value} + CAST(7 - (isodow({value}) + {6 - place}) % 7 AS INTEGER))", DATE)


@RULES.of("make_date")
def make_date(call: Call) -> Typed:
    needs(call, 3)
    return Typed(f"TRY(make_date({', '.join(call.as_(place, INT) for place in range(3))}))", DATE)


@RULES.of("make_timestamp", "make_timestamp_ltz", "make_timestamp_ntz")
def make_timestamp(call: Call) -> Typed:
    needs(call, 6, 7)
    parts = [f"CAST({call.as_(place, INT)} AS BIGINT)" for place in range(5)]
    plain = f"TRY(make_timestamp({', '.join(parts)}, {call.as_(5, DOUBLE)}))"
    # 24 o'clock is none.
    made = f"CASE WHEN {parts[3]} < 24 THEN {plain} END"
    if call.name.endswith("ntz"):
        return Typed(made, NTZ)
    if len(call) == 7:
        return Typed(f"spark_first_instant({made}, {call.as_(6, STRING)})", TIMESTAMP)
    return Typed(instant(made), TIMESTAMP)


@RULES.of("trunc")
def trunc(call: Call) -> Typed:
    needs(call, 2)
    unit = TRUNCATED.get(call.text(1).lower())
    if unit is None:
        return Typed("CAST(NULL AS DATE)", DATE)
    return Typed(f"CAST(date_trunc('{unit}', {call.as_(0, DATE)}) AS DATE)", DATE)


@RULES.of("date_trunc")
def date_trunc(call: Call) -> Typed:
    needs(call, 2)
    unit = TRUNCATED_TIME.get(call.text(0).lower())
    if unit is None:
        return Typed("CAST(NULL AS TIMESTAMP WITH TIME ZONE)", TIMESTAMP)
    return Typed(instant(f"date_trunc('{unit}', {moment(call, 1)})"), TIMESTAMP)


@RULES.of("to_utc_timestamp", "from_utc_timestamp")
def shifted(call: Call) -> Typed:
    needs(call, 2)
    value, zone = call.as_(0, TIMESTAMP), call.as_(1, STRING)
    if (moved := _offset(call.args[1].value)) is not None:
        sign = "-" if call.name == "to_utc_timestamp" else "+"
        return Typed(instant(f"({utc(value)} {sign} to_minutes({moved}))"), TIMESTAMP)
    if call.name == "to_utc_timestamp":
        return Typed(f"spark_first_instant({utc(value)}, {zone})", TIMESTAMP)
    return Typed(instant(f"(({value}) AT TIME ZONE {zone})"), TIMESTAMP)


def _offset(said: object) -> int | None:
    """The minutes of a zone such as +05:30, which DuckDB reads the other way round, as POSIX has it."""
    found = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", said) if isinstance(said, str) else None
    return None if found is None else int(f"{found[1]}1") * (int(found[2]) * 60 + int(found[3] or 0))


@RULES.of("convert_timezone")
def convert_timezone(call: Call) -> Typed:
    needs(call, 2, 3)
    start = call.as_(0, STRING) if len(call) == 3 else "'UTC'"
    to, value = call.as_(len(call) - 2, STRING), call.as_(len(call) - 1, NTZ)
    if any(_offset(part.value) is not None for part in call.args):
        raise Refused("convert_timezone() by hours", "name regions, such as Asia/Kolkata")
    return Typed(f"(spark_first_instant({value}, {start}) AT TIME ZONE {to})", NTZ)


@RULES.of("timestamp_seconds", "timestamp_millis", "timestamp_micros")
def from_epoch(call: Call) -> Typed:
    needs(call, 1)
    factor = {"timestamp_seconds": 10**6, "timestamp_millis": 1000, "timestamp_micros": 1}[call.name]
    return Typed(
        f"make_timestamptz(CAST(trunc({call.as_(0, BIGINT) if call.type(0) in WHOLE else call.as_(0, DOUBLE) if call.type(0) == STRING else call.sql(0)} * {factor}) AS BIGINT))",
        TIMESTAMP,
    )


@RULES.of("unix_seconds", "unix_millis", "unix_micros")
def to_epoch(call: Call) -> Typed:
    needs(call, 1)
    factor = {"unix_seconds": 10**6, "unix_millis": 1000, "unix_micros": 1}[call.name]
    return Typed(
        f"spark_floor_by(epoch_us({call.as_(0, TIMESTAMP)}), {factor})"
        if factor > 1
        else f"epoch_us({call.as_(0, TIMESTAMP)})",
        BIGINT,
    )


@RULES.of("unix_date")
def unix_date(call: Call) -> Typed:
    return Typed(f"CAST({call.as_(0, DATE)} - DATE '1970-01-01' AS INTEGER)", INT)


@RULES.of("date_from_unix_date")
def date_from_unix_date(call: Call) -> Typed:
    return Typed(f"(DATE '1970-01-01' + {call.as_(0, INT)})", DATE)


# Where clocks are put back, an hour (on Lord Howe half of one) comes twice: Spark takes the first, and DuckDB the second.
_BACK = ("1 HOUR", "30 MINUTE")
_FIRST = " ".join(
    f"WHEN timezone(z, timezone(z, t) - INTERVAL {back}) = t THEN timezone(z, t) - INTERVAL {back}" for back in _BACK
)
MACROS: tuple[str, ...] = (f"spark_first_instant(t, z) AS CASE {_FIRST} ELSE timezone(z, t) END",)

CASES = (
    "select id, year(d) as a, month(d) as b, day(d) as c, dayofweek(d) as e, weekday(d) as g, dayofyear(d) as h, quarter(d) as j, weekofyear(d) as k, dayofmonth(d) as l from times",
    "select id, year(ts) as a, month(ts) as b, dayofweek(ts) as c, hour(ts) as e, minute(ts) as g, second(ts) as h, hour(ntz) as j, quarter(ts) as k from times",
    "select id, extract(year from d) as a, extract(month from ts) as b, extract(dow from d) as c, extract(second from ts) as e, extract(doy from d) as g, extract(week from d) as h, date_part('hour', ts) as j, datepart('year', ts) as l, date_part('dayofweek_iso', d) as k from times",
    "select id, trunc(d, 'MM') as a, trunc(d, 'year') as b, trunc(d, 'quarter') as c, trunc(d, 'week') as e, trunc(ts, 'month') as g, trunc(d, 'x') as h from times",
    "select id, date_trunc('month', ts) as a, date_trunc('DAY', ts) as b, date_trunc('hour', ts) as c, date_trunc('week', d) as e, date_trunc('quarter', ts) as g, date_trunc('year', ntz) as h, date_trunc('x', ts) as j, date_trunc('minute', ts) as k from times",
    "select id, to_date(date_trunc('month', ts)) as m, count(*) over () as c from times",
    "select id, d + interval 1 month as a, d - interval 1 day as b, d + interval 2 hours as c, ts + interval 1 day as e, ts - interval 90 minutes as g, ts + interval '3' month as h, ntz + interval 1 year as j, ts + interval 1 day 2 hours as k from times",
    "select make_date(2020, 2, 29) as a, make_date(2019, 2, 29) as b, make_date(2020, 13, 1) as c, make_date(null, 1, 1) as e, make_timestamp(2020, 1, 2, 3, 4, 5.678) as g, make_timestamp_ntz(2020, 1, 2, 3, 4, 5) as h, make_timestamp(2020, 13, 1, 0, 0, 0) as j, make_timestamp_ltz(2020, 1, 2, 3, 4, 5) as k",
    "select id, to_utc_timestamp(ts, 'Europe/Amsterdam') as a, from_utc_timestamp(ts, 'America/New_York') as b, to_utc_timestamp(ts, '+02:00') as c, from_utc_timestamp(ts, 'UTC') as e, from_utc_timestamp(ts, '-05:00') as g from times",
    "select timestamp_seconds(1577836800) as a, timestamp_millis(1577836800123) as b, timestamp_micros(1577836800123456) as c, timestamp_seconds(-1) as e, timestamp_seconds(1.5) as g, date_from_unix_date(18262) as h",
    "select id, unix_seconds(ts) as a, unix_millis(ts) as b, unix_micros(ts) as c, unix_date(d) as e, cast(ts as bigint) as g from times",
    "select id, d < d2 as a, ts >= d as b, d = '2020-02-29' as c, ts > '2020-01-01' as e, d between '2020-01-01' and '2020-12-31' as g, d <=> d2 as h, ntz < ts as j from times",
    "select id, greatest(d, d2) as a, least(ts, ts2) as b, coalesce(d, d2) as c, if(d > d2, d, ts) as e from times",
    "select min(d) as a, max(ts) as b, count(distinct year(d)) as c, min(ntz) as e from times",
    "select id from times where ts >= timestamp '2020-01-01 00:00:00Z' and ts < timestamp '2021-01-01T00:00:00Z'",
    "select id from times where year(ts) = 2020 and month(d) in (1, 2)",
    "select sequence(date '2020-01-30', date '2020-02-02') as a, sequence(date '2020-01-31', date '2020-04-01', interval 1 month) as b, sequence(timestamp '2020-01-01 00:00:00', timestamp '2020-01-01 03:00:00', interval 1 hour) as c",
    "select dayname_ as x from (select date_format(date '2020-01-05', 'EEEE') as dayname_)",
)
