"""Division and remainders: Spark gives null by zero, doubles for whole numbers, and its own digits for decimals."""

from lakemesh.engine.duckdb.rules.rule import Rules

RULES = Rules()

MACROS = (
    """spark_half_up(n, d) AS CASE WHEN d <> 0 THEN (CASE WHEN (n < 0) <> (d < 0) THEN -1 ELSE 1 END)::HUGEINT
    * (abs(n) // abs(d) + CASE WHEN abs(n) % abs(d) >= abs(d) - abs(n) % abs(d) THEN 1 ELSE 0 END) END""",
    "spark_point(t, scale) AS concat(left(t, length(t) - scale), '.', right(t, scale))",
    """spark_digits(t, scale) AS CASE WHEN t IS NULL THEN NULL
    WHEN t[1] = '-' THEN '-' || spark_point(lpad(substr(t, 2), CAST(greatest(length(t) - 1, scale + 1) AS INTEGER), '0'), scale)
    ELSE spark_point(lpad(t, CAST(greatest(length(t), scale + 1) AS INTEGER), '0'), scale) END""",
    "spark_scaled(n, scale) AS spark_digits(CAST(n AS VARCHAR), scale)",
    # The part before the point first, so that there is room for that behind it.
    """spark_long_division(n, d, f) AS CASE WHEN d <> 0 AND abs(n // d) <= 99999999999999999999999999999999999999::HUGEINT // f
    THEN (n // d) * f + spark_half_up((n % d) * f, d) END""",
)

CASES = (
    "select id, i + 1 as a, i - 1 as b, s * 2 as c, b + 1 as e, s + s as g, i * 1L as h from num where id < 8",
    "select id, i / 2 as a, i / 0 as b, b / 3 as c, d / 2 as e, d / 0 as g, 7 / 2 as h from num",
    "select id, i % 3 as a, i % 0 as b, -7 % 3 as c, d % 2 as e, dec % 7 as g, dec % 0 as h, mod(i, 4) as j from num",
    "select id, i div 3 as a, i div 0 as b, b div 7 as c, -7 div 2 as e from num where id < 12",
    "select id, dec + 1 as a, dec - 0.5 as b, dec * 2 as c, dec * dec2 as e, dec + dec2 as g, dec + i as h from num where id < 8",
    "select id, dec / 2 as a, dec / 3.0 as b, dec / dec2 as c, dec / i as e, i / dec2 as g, dec / 0 as h from num",
    "select id, dec + d as a, dec * f as b, d + i as c, f + i as e, f * 2 as g from num where id < 8",
    "select id, -i as a, -d as b, -dec as c, +i as e from num where id < 8",
    "select cast(10 as decimal(38,2)) / cast(3 as decimal(38,10)) as a, cast(-2 as decimal(38,18)) / cast(3 as decimal(38,18)) as b, cast(1 as decimal(30,10)) * cast(3 as decimal(30,10)) as c, cast(1 as decimal(38,10)) + cast(3 as decimal(38,2)) as e",
    "select 1.10 + 2.205 as a, 1.10 * 2.205 as b, 10 / 4.0 as c, 2.5 % 1.5 as e, 1.0 / 3 as g, 100 * 0.07 as h",
    "select id, d + null as a, i * null as b, null / 2 as c from num where id = 1",
    "select id, i & 6 as a, i | 1 as b, i ^ 3 as c, ~i as e, shiftleft(i, 2) as g, shiftright(i, 1) as h, shiftrightunsigned(i, 1) as j from num where id < 8",
    "select try_divide(10, 4) as a, try_divide(1, 0) as b, try_add(1, 2) as c, try_subtract(5, 3) as e, try_multiply(2, 4) as g, try_divide(1.5, 2.5) as h",
    "select dec div 2 as a, d > i as b, dec > d as c, i = dec as e, s <=> i as g from num where id < 8",
)
