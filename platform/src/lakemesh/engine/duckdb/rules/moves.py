"""Moving and measuring: a date stays a date, whole units count when they are over, months clip to their last day."""

from lakemesh.engine.duckdb.casts import instant
from lakemesh.engine.duckdb.rules.dates import moment
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    DATE,
    DOUBLE,
    INT,
    INTERVAL,
    NTZ,
    STRING,
    TIMESTAMP,
    WHOLE,
    Refused,
    Typed,
)

RULES = Rules()

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


def days(call: Call, place: int) -> str:
    """A whole number of days."""
    if call.type(place) not in (*WHOLE, STRING) and call.sql(place) != "NULL":
        raise Refused(f"{call.name}() with {call.type(place)} days", "cast them to int")
    return call.as_(place, INT)


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


@RULES.of("make_interval", "make_dt_interval")
def make_interval(call: Call) -> Typed:
    """Days that go with a date: `interval`'s own type is not that of a column."""
    needs(call, 1, 4)
    seconds = call.name == "make_dt_interval"
    counts = [call.as_(place, DOUBLE if seconds and place == 3 else BIGINT) for place in range(len(call))]
    if seconds:
        sizes = (MICROS["DAY"], MICROS["HOUR"], MICROS["MINUTE"], MICROS["SECOND"])
        micros = " + ".join(f"{count} * {size}" for count, size in zip(counts, sizes, strict=False))
        return Typed(f"to_microseconds(CAST({micros} AS BIGINT))", INTERVAL, "time")
    years, months, weeks, days_ = [*counts, "0", "0", "0"][:4]
    whole = f"to_months(CAST({years} * 12 + {months} AS INTEGER))"
    return Typed(f"({whole} + to_days(CAST({weeks} * 7 + {days_} AS INTEGER)))", INTERVAL, "day")


MACROS = (
    "spark_in_month(t) AS day(t) * 86400000000 + hour(t) * 3600000000 + minute(t) * 60000000 + microsecond(t)",
    """spark_months_between(a, b) AS CASE
    WHEN day(a) = day(b) OR (CAST(a AS DATE) = last_day(a) AND CAST(b AS DATE) = last_day(b))
    THEN CAST((year(a) - year(b)) * 12 + month(a) - month(b) AS DOUBLE)
    ELSE (year(a) - year(b)) * 12 + month(a) - month(b) + ((day(a) - day(b)) * 86400
    + hour(a) * 3600 + minute(a) * 60 + second(a) - hour(b) * 3600 - minute(b) * 60 - second(b)) / 2678400.0::DOUBLE END""",
    # Whole months between two instants: the last day counts where its time is reached, as Java counts it.
    """spark_last_whole(a, b) AS CASE WHEN b::DATE > a::DATE AND b::TIME < a::TIME THEN b::DATE - 1
    WHEN b::DATE < a::DATE AND b::TIME > a::TIME THEN b::DATE + 1 ELSE b::DATE END""",
    "spark_packed(d) AS (year(d) * 12 + month(d)) * 32 + day(d)",
    "spark_months(a, b) AS (spark_packed(spark_last_whole(a, b)) - spark_packed(a::DATE)) // 32",
)

CASES = (
    "select id, ts + make_dt_interval(id, 1, 2, 3.5) as a, d + make_interval(0, 1, 0, id) as b, d - make_interval(1) as c, ts + make_interval(0, 1, 1, 1) as e from times",
    "select id, date_add(d, 1) as a, date_sub(d, 30) as b, date_add(d, id) as c, d + 1 as e, d - 1 as g, date_add('2020-02-28', 1) as h, date_add(ts, 2) as j from times",
    "select id, add_months(d, 1) as a, add_months(d, -12) as b, add_months(ts, 3) as c, last_day(d) as e, next_day(d, 'Mon') as g, next_day(d, 'sunday') as h, next_day(d, 'x') as j from times",
    "select id, datediff(d, d2) as a, datediff(ts, d) as b, datediff('2020-03-01', '2020-02-01') as c, datediff(day, d2, d) as e, datediff(month, d2, d) as g, date_diff(d, d2) as h from times",
    "select id, months_between(d, d2) as a, months_between(ts, ts2) as b, months_between(d, d2, false) as c, months_between(last_day(d), last_day(d2)) as e from times",
    "select id, timestampdiff(hour, ts2, ts) as a, timestampdiff(minute, ts, ts2) as b, timestampdiff(day, ts2, ts) as c, timestampdiff(month, ts2, ts) as e, timestampdiff(year, ts2, ts) as g, timestampdiff(week, ts2, ts) as h, timestampdiff(second, ts, ts2) as j from times",
    "select id, timestampadd(hour, 5, ts) as a, timestampadd(day, -1, ts) as b, dateadd(month, 1, ts) as c, timestampadd(year, 1, ntz) as e, dateadd(day, 1, d) as g, timestampadd(quarter, 1, ts) as h, timestampadd(week, 1, ts) as j from times",
)
