"""Dates and times: parts are int, Sunday is 1, a date stays a date, months clip, all in UTC."""

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
    text,
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
MICROS = {
    "MICROSECOND": 1,
    "MILLISECOND": 1000,
    "SECOND": 10**6,
    "MINUTE": 60 * 10**6,
    "HOUR": 3600 * 10**6,
    "DAY": 86400 * 10**6,
    "WEEK": 7 * 86400 * 10**6,
}
MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
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


def days(call: Call, place: int) -> str:
    """A whole number of days."""
    if call.type(place) not in (*WHOLE, STRING) and call.sql(place) != "NULL":
        raise Refused(f"{call.name}() with {call.type(place)} days", "cast them to int")
    return call.as_(place, INT)


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


@RULES.of("date_add", "date_sub", "dateadd", "timestampadd")
def date_add(call: Call) -> Typed:
    if len(call) == 3:
        return _timestamp_add(call)
    needs(call, 2)
    sign = "-" if call.name == "date_sub" else "+"
    return Typed(f"({call.as_(0, DATE)} {sign} {days(call, 1)})", DATE)


def _timestamp_add(call: Call) -> Typed:
    unit = call.text(0).upper().rstrip("S")
    value, count = moment(call, 2), call.as_(1, INT)
    moved = ""
    if unit in MICROS:
        moved = f"({value} + to_microseconds(CAST({count} AS BIGINT) * {MICROS[unit]}))"
    elif unit in MONTHS:
        moved = f"({value} + to_months(CAST({count} * {MONTHS[unit]} AS INTEGER)))"
    if moved:
        return Typed(moved, NTZ) if call.type(2) == NTZ else Typed(instant(moved), TIMESTAMP)
    raise Refused(f'{call.name}() by "{unit}"', "take year, quarter, month, week, day, hour, minute or second")


@RULES.of("datediff", "date_diff", "timestampdiff")
def datediff(call: Call) -> Typed:
    if len(call) == 2:
        return Typed(f"CAST({call.as_(0, DATE)} - {call.as_(1, DATE)} AS INTEGER)", INT)
    needs(call, 3)
    unit = call.text(0).upper().rstrip("S")
    start, end = moment(call, 1), moment(call, 2)
    if unit in MICROS:
        return Typed(f"CAST(trunc((epoch_us({end}) - epoch_us({start})) // {MICROS[unit]}) AS BIGINT)", BIGINT)
    if unit in MONTHS:
        return Typed(f"CAST(spark_months({start}, {end}) // {MONTHS[unit]} AS BIGINT)", BIGINT)
    raise Refused(f'{call.name}() in "{unit}"', "take year, quarter, month, week, day, hour, minute or second")


@RULES.of("add_months")
def add_months(call: Call) -> Typed:
    needs(call, 2)
    return Typed(f"CAST({call.as_(0, DATE)} + to_months({call.as_(1, INT)}) AS DATE)", DATE)


@RULES.of("months_between")
def months_between(call: Call) -> Typed:
    needs(call, 2, 3)
    rounded = len(call) == 2 or call.sql(2) == "true"
    made = f"spark_months_between({moment(call, 0)}, {moment(call, 1)})"
    return Typed(f"round({made}, 8)" if rounded else made, DOUBLE)


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
    needs(call, 6)
    parts = [f"CAST({call.as_(place, INT)} AS BIGINT)" for place in range(5)]
    made = f"make_timestamp({', '.join(parts)}, {call.as_(5, DOUBLE)})"
    return Typed(f"TRY({made})", NTZ) if call.name.endswith("ntz") else Typed(f"TRY({instant(made)})", TIMESTAMP)


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
    if call.name == "to_utc_timestamp":
        return Typed(f"({utc(value)} AT TIME ZONE {_zone(call, zone)})", TIMESTAMP)
    return Typed(instant(f"(({value}) AT TIME ZONE {_zone(call, zone)})"), TIMESTAMP)


def _zone(call: Call, sql: str) -> str:
    said = call.args[1].value
    if isinstance(said, str) and said[:1] in "+-":
        # A zone that starts with a sign is read the other way round by DuckDB, as POSIX has it.
        sign = {"+": "-", "-": "+"}[said[0]]
        hours, _, minutes = said[1:].partition(":")
        if minutes.strip("0"):
            raise Refused(f'the zone "{said}"', "name a region, such as Asia/Kolkata")
        return text(f"Etc/GMT{sign}{int(hours)}")
    return sql


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
        f"CAST(floor(epoch_us({call.as_(0, TIMESTAMP)}) / {factor}::DOUBLE) AS BIGINT)"
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


MACROS = (
    "spark_in_month(t) AS day(t) * 86400000000 + hour(t) * 3600000000 + minute(t) * 60000000 + microsecond(t)",
    """spark_months_between(a, b) AS CASE
    WHEN day(a) = day(b) OR (CAST(a AS DATE) = last_day(a) AND CAST(b AS DATE) = last_day(b))
    THEN CAST((year(a) - year(b)) * 12 + month(a) - month(b) AS DOUBLE)
    ELSE (year(a) - year(b)) * 12 + month(a) - month(b) + ((day(a) - day(b)) * 86400
    + hour(a) * 3600 + minute(a) * 60 + second(a) - hour(b) * 3600 - minute(b) * 60 - second(b)) / 2678400.0::DOUBLE END""",
    # Whole months between two instants: not counted until day and time are reached.
    """spark_months(a, b) AS (year(b) - year(a)) * 12 + month(b) - month(a)
    - CASE WHEN b > a AND spark_in_month(b) < spark_in_month(a) THEN 1 WHEN b < a AND spark_in_month(b) > spark_in_month(a) THEN -1 ELSE 0 END""",
)

CASES = (
    "select id, year(d) as a, month(d) as b, day(d) as c, dayofweek(d) as e, weekday(d) as g, dayofyear(d) as h, quarter(d) as j, weekofyear(d) as k, dayofmonth(d) as l from times",
    "select id, year(ts) as a, month(ts) as b, dayofweek(ts) as c, hour(ts) as e, minute(ts) as g, second(ts) as h, hour(ntz) as j, quarter(ts) as k from times",
    "select id, extract(year from d) as a, extract(month from ts) as b, extract(dow from d) as c, extract(second from ts) as e, extract(doy from d) as g, extract(week from d) as h, date_part('hour', ts) as j, datepart('year', ts) as l, date_part('dayofweek_iso', d) as k from times",
    "select id, date_add(d, 1) as a, date_sub(d, 30) as b, date_add(d, id) as c, d + 1 as e, d - 1 as g, date_add('2020-02-28', 1) as h, date_add(ts, 2) as j from times",
    "select id, add_months(d, 1) as a, add_months(d, -12) as b, add_months(ts, 3) as c, last_day(d) as e, next_day(d, 'Mon') as g, next_day(d, 'sunday') as h, next_day(d, 'x') as j from times",
    "select id, datediff(d, d2) as a, datediff(ts, d) as b, datediff('2020-03-01', '2020-02-01') as c, datediff(day, d2, d) as e, datediff(month, d2, d) as g, date_diff(d, d2) as h from times",
    "select id, months_between(d, d2) as a, months_between(ts, ts2) as b, months_between(d, d2, false) as c, months_between(last_day(d), last_day(d2)) as e from times",
    "select id, timestampdiff(hour, ts2, ts) as a, timestampdiff(minute, ts, ts2) as b, timestampdiff(day, ts2, ts) as c, timestampdiff(month, ts2, ts) as e, timestampdiff(year, ts2, ts) as g, timestampdiff(week, ts2, ts) as h, timestampdiff(second, ts, ts2) as j from times",
    "select id, timestampadd(hour, 5, ts) as a, timestampadd(day, -1, ts) as b, dateadd(month, 1, ts) as c, timestampadd(year, 1, ntz) as e, dateadd(day, 1, d) as g, timestampadd(quarter, 1, ts) as h, timestampadd(week, 1, ts) as j from times",
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
