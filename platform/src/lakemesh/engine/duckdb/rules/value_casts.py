"""A value that is cast: Spark truncates where DuckDB rounds, wraps where it stops, and writes numbers as Java does."""

from lakemesh.declare.types import Decimal
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import (
    BIGINT,
    BINARY,
    BOOLEAN,
    DATE,
    DOUBLE,
    FLOAT,
    INT,
    SMALLINT,
    STRING,
    TIMESTAMP,
    TINYINT,
    Typed,
)

RULES = Rules()
NAMED = {
    "boolean": BOOLEAN,
    "tinyint": TINYINT,
    "smallint": SMALLINT,
    "int": INT,
    "bigint": BIGINT,
    "float": FLOAT,
    "double": DOUBLE,
    "string": STRING,
    "binary": BINARY,
    "date": DATE,
    "timestamp": TIMESTAMP,
}


@RULES.of("decimal")
def decimal(call: Call) -> Typed:
    needs(call, 1)
    return cast(call.args[0], Decimal(10, 0))


@RULES.of(*NAMED)
def named(call: Call) -> Typed:
    needs(call, 1)
    return cast(call.args[0], NAMED[call.name])


MACROS = (
    """spark_saturated_int(x) AS CASE WHEN isnan(x) THEN 0 WHEN x >= 2147483647 THEN 2147483647
    WHEN x <= -2147483648 THEN -2147483648 ELSE CAST(trunc(x) AS INTEGER) END""",
    """spark_saturated_bigint(x) AS CASE WHEN isnan(x) THEN 0::BIGINT WHEN x >= 9.223372036854775807e18 THEN 9223372036854775807
    WHEN x <= -9.223372036854775808e18 THEN (-9223372036854775808)::BIGINT ELSE CAST(trunc(x) AS BIGINT) END""",
    """spark_narrow(x) AS CASE WHEN isfinite(x) AND abs(x) > 3.4028235677973366e38 THEN
    CASE WHEN x > 0 THEN 'inf'::FLOAT ELSE '-inf'::FLOAT END ELSE CAST(x AS FLOAT) END""",
    "spark_exponent(d, e) AS concat(left(d, 1), '.', coalesce(nullif(substr(d, 2), ''), '0'), 'E', e)",
    """spark_scientific(v) AS CASE WHEN contains(v, 'e')
    THEN spark_exponent(replace(split_part(v, 'e', 1), '.', ''), CAST(split_part(v, 'e', 2) AS INTEGER))
    WHEN v[1] = '0' THEN spark_exponent(ltrim(substr(v, 3), '0'), length(ltrim(substr(v, 3), '0')) - length(v) + 1)
    ELSE spark_exponent(rtrim(replace(v, '.', ''), '0'), length(split_part(v, '.', 1)) - 1) END""",
    # The whole units that an instant lies after 1970: counted down, not towards it.
    "spark_floor_by(us, n) AS CAST((us - (us % n + n) % n) // n AS BIGINT)",
    """spark_java_number(x, v) AS CASE WHEN x IS NULL THEN NULL WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
    WHEN x = 0 OR (abs(x) >= 0.001 AND abs(x) < 10000000) THEN CAST(x AS VARCHAR)
    ELSE concat(CASE WHEN x < 0 THEN '-' ELSE '' END, spark_scientific(v)) END""",
    # Of the smallest there is Java writes one digit more than it takes.
    "spark_double_text(x) AS spark_java_number(x, CASE WHEN abs(x) = 5e-324 THEN '4.9e-324' ELSE CAST(abs(x) AS VARCHAR) END)",
    "spark_float_text(x) AS spark_java_number(x, CASE WHEN abs(x) = 1.4e-45::FLOAT THEN '1.4e-45' ELSE CAST(abs(x) AS VARCHAR) END)",
    """spark_small(d, scale) AS concat(left(d, 1), CASE WHEN length(d) > 1 THEN '.' || substr(d, 2) ELSE '' END,
    'E', length(d) - 1 - scale)""",
    """spark_decimal_as_text(x, scale) AS CASE WHEN x = 0 THEN concat('0E-', scale)
    WHEN length(ltrim(replace(CAST(abs(x) AS VARCHAR), '.', ''), '0')) - 1 - scale < -6
    THEN concat(CASE WHEN x < 0 THEN '-' ELSE '' END, spark_small(ltrim(replace(CAST(abs(x) AS VARCHAR), '.', ''), '0'), scale))
    ELSE CAST(x AS VARCHAR) END""",
)

CASES = (
    "select cast(650.935D as decimal(12,2)) as a, cast(-16.525D as decimal(12,2)) as b, cast(1.005D as decimal(5,2)) as c, cast(0.285D as decimal(3,2)) as e, cast(1.005F as decimal(5,2)) as g, try_cast(2.675D as decimal(4,2)) as h, cast(1e20 as decimal(5,2)) as j, cast(double('NaN') as decimal(5,2)) as k",
    "select id, cast(d as int) as a, cast(d as bigint) as b, cast(d as smallint) as c, cast(d as tinyint) as e from num",
    "select id, try_cast(d as int) as a, try_cast(d as bigint) as b from num",
    "select id, cast(dec as int) as a, cast(dec as bigint) as b, try_cast(dec as int) as c, cast(dec as smallint) as e from num",
    "select id, cast(b as int) as a, cast(b as smallint) as c, cast(i as tinyint) as e, try_cast(b as int) as f from num",
    "select id, cast(d as string) as a, cast(f as string) as b, cast(dec as string) as c, cast(i as string) as e, cast(flag as string) as g from num",
    "select id, cast(d as decimal(10,2)) as a, cast(i as decimal(5,2)) as b, cast(dec as decimal(6,1)) as c, cast(dec as decimal(20,6)) as e from num",
    "select id, cast(i as boolean) as a, cast(flag as int) as b, cast(d as boolean) as c, cast(dec as boolean) as e, cast(flag as double) as g from num",
    "select id, cast(i as double) as a, cast(d as float) as b, cast(f as double) as c, cast(dec as double) as e, cast(b as float) as g from num",
    "select id, cast(ts as string) as a, cast(ntz as string) as b, cast(d as string) as c from times",
    "select id, cast(ts as date) as a, cast(d as timestamp) as b, cast(ts as timestamp_ntz) as c, cast(ntz as timestamp) as e from times",
    "select id, cast(ts as bigint) as a, cast(ts as int) as b, cast(ts as double) as c from times",
    "select cast(0 as timestamp) as a, cast(1577836800 as timestamp) as b, cast(1.5 as timestamp) as c, cast(-1.5D as timestamp) as e",
    "select cast(1e10 as string) as a, cast(123456789.123D as string) as b, cast(0.0001D as string) as c, cast(1e7 as string) as e, cast(-1.5e300 as string) as g, cast(9999999D as string) as h",
    "select cast(cast(0 as decimal(20,10)) as string) as a, cast(cast('0.0000000012' as decimal(20,10)) as string) as b, cast(cast('0.00000123' as decimal(20,8)) as string) as c",
    "select id, cast(a as string) as a, cast(st as string) as b from nest",
    "select id, cast(a as array<bigint>) as a, cast(a as array<string>) as b, cast(st as struct<name:string,qty:bigint,inner:struct<x:float>>) as c from nest",
    "select decimal(2.5) as a, decimal('7') as b, float(1) as c, smallint(3) as e, tinyint(4) as g, timestamp('2020-01-05 00:00:00') as h, binary('ab') as j",
    "select cast(null as int) as a, cast(null as string) as b, cast(null as decimal(10,2)) as c, cast(null as timestamp) as e, cast(null as array<int>) as g",
    "select 1 as a, 3000000000 as b, 1.5 as c, 1.50 as e, 1e3 as g, 1.5D as h, 10L as j, 1Y as k, 2S as l, 1.5BD as m, 2.5F as n, 12345678901234567890 as o",
    "select -2147483648 as a, -5 as b, +3 as c, - 2.5 as e, -(-1) as g",
    "select 'it''s' as a, 'a\\tb' as b, \"dq\" as c, 'é漢🎉' as e, r'raw\\n' as g, 'a\\\\b' as h, 'x' 'y' as j",
    "select true as a, false as b, null as c, x'1F2a' as e",
    "select date '2020-02-29' as a, timestamp '2020-02-29 12:00:00' as b, timestamp '2020-02-29 12:00:00.123+02:00' as c, timestamp_ntz '2020-02-29 12:00:00' as e",
)
