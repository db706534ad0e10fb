"""A text that is cast: Spark trims it, takes no underscores or exponents in whole numbers, and no slashes in dates."""

from lakemesh.engine.duckdb.rules.rule import Rules

RULES = Rules()

# Spark's years have four digits or more; hours, minutes and seconds one or two.
_MOMENT = (
    r"\s*\+?([0-9]{4,6})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[ T]([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})(?:\.([0-9]{0,9}))?)?)?"
    r"\s*(Z|[+-][0-9]{1,2}(?::?[0-9]{1,2})?|(?:UTC|GMT|UT)(?:[+-][0-9]{1,2}(?::[0-9]{1,2})?)?|[A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+)*)?)?)?)?\s*"
)
_PLAIN_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
_DIGITS = "".join(one for one in map(chr, range(128, 0xFFFF)) if one.isdecimal())
_PLAIN = "".join(str(int(one)) for one in _DIGITS)
_TRUE, _FALSE = "('t', 'true', 'y', 'yes', '1')", "('f', 'false', 'n', 'no', '0')"

MACROS = (
    tuple(
        f"spark_{name}_strict(s) AS CASE WHEN regexp_full_match(s, '\\s*[+-]?[0-9]+\\s*') THEN TRY_CAST(s AS {kind}) END"
        for name, kind in (("tinyint", "TINYINT"), ("smallint", "SMALLINT"), ("int", "INTEGER"), ("bigint", "BIGINT"))
    )
    + tuple(
        f"""spark_{name}_loose(s) AS CASE WHEN regexp_full_match(s, '\\s*[+-]?[0-9]+\\s*') THEN TRY_CAST(s AS {kind})
    WHEN regexp_full_match(s, '\\s*[+-]?[0-9]*\\.[0-9]*\\s*')
    THEN TRY_CAST(regexp_replace(s, '^\\s*([+-]?)([0-9]*)\\..*$', '\\10\\2') AS {kind}) END"""
        for name, kind in (("tinyint", "TINYINT"), ("smallint", "SMALLINT"), ("int", "INTEGER"), ("bigint", "BIGINT"))
    )
    + tuple(
        f"""spark_{name}(s) AS CASE WHEN NOT contains(s, '_') THEN coalesce(TRY_CAST(s AS {kind}),
    CASE WHEN regexp_full_match(s, '\\s*[+-]?[0-9.]+([eE][+-]?[0-9]+)?[dDfF]\\s*')
    THEN TRY_CAST(regexp_replace(s, '[dDfF]\\s*$', '') AS {kind}) END) END"""
        for name, kind in (("double", "DOUBLE"), ("float", "FLOAT"))
    )
    + (
        # Java reads the digits of every script.
        f"""spark_decimal_text(s) AS CASE WHEN strlen(s) <> length(s) THEN CASE WHEN NOT contains(s, '_') THEN translate(s, '{_DIGITS}', '{_PLAIN}') END
    WHEN NOT contains(s, '_') THEN s END""",
        f"""spark_boolean(s) AS CASE WHEN s = 'true' THEN true WHEN s = 'false' THEN false WHEN lower(trim(s, ' \t\n\r')) IN {_TRUE} THEN true
    WHEN lower(trim(s, ' \t\n\r')) IN {_FALSE} THEN false END""",
        """spark_date(s) AS CASE WHEN regexp_full_match(s, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(s AS DATE)
    WHEN regexp_full_match(s, '(?s)\\s*\\+?[0-9]{4,6}(-[0-9]{1,2}(-[0-9]{1,2}([ T].*)?)?)?\\s*')
    THEN TRY_CAST(regexp_replace(regexp_replace(s, '(?s)^\\s*\\+?([0-9]{4,6}(?:-[0-9]+)?(?:-[0-9]+)?).*$', '\\1') || '-1-1',
        '^([0-9]+-[0-9]+-[0-9]+).*$', '\\1') AS DATE) END""",
        # No place on earth is more than 18 hours away, and Java takes nothing else.
        """spark_offset(zone) AS CASE WHEN NOT regexp_full_match(zone, '.(19|[2-9][0-9]).*|.18:?(0?[1-9]|[1-9][0-9]).*|.[0-9]{1,2}:?[6-9][0-9]')
    THEN to_minutes(CASE WHEN zone[1] = '-' THEN -1 ELSE 1 END * (
    60 * TRY_CAST(regexp_extract(zone, '^[+-]([0-9]{1,2})', 1) AS INTEGER)
    + coalesce(TRY_CAST(regexp_extract(zone, '^[+-][0-9]{1,2}:?([0-9]{1,2})$', 1) AS INTEGER), 0))) END""",
        # A list of one is a name for a value: what is below would repeat it dozens of times.
        """spark_parts(p) AS CASE WHEN p.y <> '' AND coalesce(TRY_CAST(p.h AS INTEGER), 0) < 24 THEN TRY_CAST(concat(p.y, '-', coalesce(nullif(p.m, ''), '1'), '-',
    coalesce(nullif(p.d, ''), '1'), ' ', lpad(p.h, 2, '0'), ':', lpad(p.i, 2, '0'), ':', lpad(p.s, 2, '0'), '.', rpad(left(p.f, 6), 6, '0'))
    AS TIMESTAMP) END""",
        # No TRY helps against AT TIME ZONE of a zone that there is not; a cast of text takes the same ones.
        """spark_zoned(q) AS CASE WHEN q.z IN ('', 'Z', 'UTC', 'GMT', 'UT') THEN make_timestamptz(epoch_us(q.local))
    WHEN regexp_full_match(q.z, '(UTC|GMT|UT)?[+-].*') THEN make_timestamptz(epoch_us(q.local - spark_offset(regexp_replace(q.z, '^[A-Z]+', ''))))
    ELSE TRY_CAST(q.local::VARCHAR || ' ' || q.z AS TIMESTAMPTZ) END""",
        f"""spark_odd_parts(s) AS regexp_extract(s, '^{_MOMENT}$', ['y', 'm', 'd', 'h', 'i', 's', 'f', 'z'])""",
        """spark_odd_moment(s) AS list_extract(list_transform(list_transform([spark_odd_parts(s)],
    lambda p_: struct_pack(local := spark_parts(p_), z := p_.z)), lambda q_: spark_zoned(q_)), 1)""",
        f"""spark_timestamp(s) AS CASE WHEN regexp_full_match(s, '{_PLAIN_MOMENT}Z?') THEN make_timestamptz(epoch_us(TRY_CAST(s AS TIMESTAMP)))
    WHEN regexp_full_match(s, '{_PLAIN_MOMENT}[+-](0[0-9]|1[0-7]):[0-5][0-9]') THEN TRY_CAST(s AS TIMESTAMPTZ)
    ELSE spark_odd_moment(s) END""",
        f"""spark_timestamp_ntz(s) AS CASE WHEN regexp_full_match(s, '{_PLAIN_MOMENT}') THEN TRY_CAST(s AS TIMESTAMP)
    ELSE list_extract(list_transform([spark_odd_parts(s)], lambda p_: spark_parts(p_)), 1) END""",
    )
)

CASES = (
    "select id, try_cast(n as int) as i, try_cast(n as bigint) as b, try_cast(n as smallint) as s, try_cast(n as tinyint) as t from txt",
    "select id, cast(n as int) as i, cast(n as bigint) as b, cast(n as smallint) as s, cast(n as tinyint) as t from txt",
    "select id, try_cast(n as double) as d, try_cast(n as float) as f, cast(n as double) as c from txt",
    "select id, try_cast(n as decimal(10,2)) as a, try_cast(n as decimal(38,0)) as b, cast(n as decimal(5,4)) as c from txt",
    "select id, try_cast(n as boolean) as a, try_cast(bt as boolean) as b, cast(bt as boolean) as c from txt",
    "select id, try_cast(dt as date) as a, cast(dt as date) as b from txt",
    "select id, try_cast(ts as timestamp) as a, cast(ts as timestamp) as b, to_timestamp(ts) as c from txt",
    "select id, try_cast(ts as timestamp_ntz) as a, cast(dt as timestamp) as b from txt",
    "select id, try_cast(ts as date) as a from txt",
    "select id, cast(s as binary) as a, cast(cast(s as binary) as string) as b from txt",
    "select id, int(n) as i, double(n) as d, date(dt) as dd, boolean(bt) as b, string(id) as s, bigint(n) as l from txt",
    "select id, n + 1 as a, n * 2.5 as b, -n as c from txt where id in (1, 2, 3, 4)",
    "select id from txt where n = 12",
    "select id from txt where n > 1.5",
    "select id from txt where dt = date '2020-01-05'",
    "select id from txt where dt >= '2020'",
    "select id from txt where ts < timestamp '2020-01-06 00:00:00Z'",
    "select try_cast('2147483648' as int) as a, cast('2147483648' as int) as b, cast('-2147483648' as int) as c, cast('9223372036854775808' as bigint) as d",
    "select cast('.' as int) as a, cast('-.5' as int) as b, cast('1.' as int) as c, cast('+' as int) as d, cast('' as int) as e, cast('1.x' as int) as f",
)
