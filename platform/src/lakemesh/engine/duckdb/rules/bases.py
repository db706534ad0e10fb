"""Digits of other bases, single bits, bytes written as text, and what stands in an address."""

from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BIGINT, BINARY, BOOLEAN, INT, STRING, TINYINT, Refused, Typed, text

RULES = Rules()
FIRST = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@RULES.of("conv")
def conv(call: Call) -> Typed:
    needs(call, 3)
    base, to = call.number(1), call.number(2)
    if not 2 <= base <= 36 or to not in (2, 10, 16):
        raise Refused(f"conv() from {base} to {to}", "take a base from 2 to 36, and make it 2, 10 or 16")
    digits = f"[{FIRST[:base]}]" if base <= 10 else f"[{FIRST[:base]}{FIRST[10:base].lower()}]"
    value = call.as_(0, STRING)
    number = f"spark_based({value}, '^[ ]*(-?{digits}+)', {base})"
    made = {2: "bin(CAST({0} AS UBIGINT))", 10: "CAST({0} AS VARCHAR)", 16: "hex(CAST({0} AS UBIGINT))"}[to]
    return Typed(f"CASE WHEN trim({value}) <> '' THEN {made.format(number)} END", STRING)


@RULES.of("bit_get", "getbit")
def bit_get(call: Call) -> Typed:
    needs(call, 2)
    value = f"(CAST({call.as_(0, BIGINT)} AS HUGEINT) & 18446744073709551615)"
    return Typed(f"CAST(({value} >> {call.as_(1, INT)}) & 1 AS TINYINT)", TINYINT)


@RULES.of("to_binary", "try_to_binary")
def to_binary(call: Call) -> Typed:
    needs(call, 1, 2)
    form, value = call.text(1, "hex").lower(), call.as_(0, STRING)
    if form in ("utf-8", "utf8"):
        return Typed(f"encode({value})", BINARY)
    if call.name == "to_binary" or form not in ("hex", "base64"):
        raise Refused(f'{call.name}() from "{form}"', "use try_to_binary from hex, unhex or unbase64")
    made = f"unhex(CASE WHEN length({value}) % 2 = 1 THEN '0' || {value} ELSE {value} END)"
    return Typed(f"TRY({made})" if form == "hex" else f"TRY(from_base64({value}))", BINARY)


@RULES.of("url_encode")
def url_encode(call: Call) -> Typed:
    needs(call, 1)
    made = f"url_encode({call.as_(0, STRING)})"
    return Typed(f"replace(replace(replace({made}, '%20', '+'), '%2A', '*'), '~', '%7E')", STRING)


@RULES.of("url_decode")
def url_decode(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"url_decode(replace({call.as_(0, STRING)}, '+', ' '))", STRING)


@RULES.of("luhn_check")
def luhn_check(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"spark_luhn({call.as_(0, STRING)})", BOOLEAN)


@RULES.of("typeof")
def typeof(call: Call) -> Typed:
    needs(call, 1)
    return Typed(text(f"{call.type(0)}"), STRING)


MACROS = (
    """spark_luhn(s) AS CASE WHEN s IS NOT NULL THEN regexp_full_match(s, '[0-9]+')
    AND list_sum(list_transform(list_reverse(regexp_extract_all(s, '[0-9]')), lambda c_, i_: CASE WHEN i_ % 2 = 1
    THEN CAST(c_ AS INTEGER) ELSE CAST(c_ AS INTEGER) * 2 - CASE WHEN c_ > '4' THEN 9 ELSE 0 END END)) % 10 = 0 END""",
    """spark_parsed(t, base) AS least(list_reduce(list_transform(regexp_extract_all(upper(t), '[0-9A-Z]'),
    lambda c_: (strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', c_) - 1)::HUGEINT),
    lambda n_, c_: least(n_ * base + c_, 18446744073709551616::HUGEINT), 0::HUGEINT), 18446744073709551615::HUGEINT)""",
    """spark_based(s, form, base) AS CASE WHEN s IS NULL THEN NULL WHEN NOT regexp_matches(s, form) THEN 0::HUGEINT
    WHEN contains(regexp_extract(s, form, 1), '-')
    THEN CASE WHEN spark_parsed(regexp_extract(s, form, 1), base) > 9223372036854775808 THEN 18446744073709551615::HUGEINT
    ELSE (18446744073709551616::HUGEINT - spark_parsed(regexp_extract(s, form, 1), base)) % 18446744073709551616::HUGEINT END
    ELSE spark_parsed(regexp_extract(s, form, 1), base) END""",
)

CASES = (
    "select conv('100', 2, 10) as a, conv('ff', 16, 2) as b, conv('-10', 10, 16) as c, conv('zz', 36, 10) as e, conv('x', 10, 16) as g, conv('', 10, 16) as h, conv(null, 10, 16) as j, conv('12xyz', 10, 16) as k",
    "select id, bit_get(b, 0) as a, getbit(i, 3) as c, bit_get(b, 63) as e from num",
    "select url_encode('a b&c=é*~.-_') as a, url_decode('a+b%26c%C3%A9') as b, typeof(1) as c, typeof('x') as e, typeof(array(1)) as g, typeof(1.50) as h, typeof(null) as j",
    "select luhn_check('79927398713') as a, luhn_check('79927398714') as b, luhn_check('x1') as c, luhn_check(null) as e, luhn_check('0') as g, luhn_check('') as h",
    "select to_binary('abc', 'utf-8') as a, try_to_binary('zz', 'hex') as b, try_to_binary('ABC') as c",
)
