"""Texts: null in concat, whole numbers as int, padding, positions, and what is no function of DuckDB at all."""

from lakemesh.declare.types import Array
from lakemesh.engine.duckdb.casts import cast
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BINARY, BOOLEAN, INT, STRING, Refused, Typed, widest

RULES = Rules()

# name: (how many texts it takes, DuckDB's form)
TEXTS = {
    "translate": (3, "translate({0}, {1}, {2})"),
}
WHOLE = {
    "length": "CAST(length({0}) AS INTEGER)",
    "char_length": "CAST(length({0}) AS INTEGER)",
    "character_length": "CAST(length({0}) AS INTEGER)",
    "len": "CAST(length({0}) AS INTEGER)",
    "bit_length": "CAST(octet_length(encode({0})) * 8 AS INTEGER)",
    "octet_length": "CAST(octet_length(encode({0})) AS INTEGER)",
    "ascii": "CASE WHEN {0} = '' THEN 0 ELSE CAST(unicode({0}) AS INTEGER) END",
}
TESTS = {"startswith": "starts_with", "endswith": "ends_with", "contains": "contains"}


@RULES.of(*TEXTS)
def texts(call: Call) -> Typed:
    count, form = TEXTS[call.name]
    needs(call, count)
    return Typed(form.format(*(call.as_(place, STRING) for place in range(count))), STRING)


@RULES.of("length", "char_length", "character_length", "len", "octet_length", "bit_length", "ascii")
def whole(call: Call) -> Typed:
    needs(call, 1)
    if call.type(0) == BINARY:
        size = f"CAST(octet_length({call.sql(0)}) AS INTEGER)"
        return Typed(f"({size} * 8)" if call.name == "bit_length" else size, INT)
    return Typed(WHOLE[call.name].format(call.as_(0, STRING)), INT)


@RULES.of("startswith", "endswith", "contains")
def tests(call: Call) -> Typed:
    needs(call, 2)
    return Typed(f"{TESTS[call.name]}({call.as_(0, STRING)}, {call.as_(1, STRING)})", BOOLEAN)


@RULES.of("concat")
def concat(call: Call) -> Typed:
    kinds = [value.type for value in call.args]
    if any(isinstance(kind, Array) for kind in kinds):
        kind = widest(kinds)
        return Typed("(" + " || ".join(cast(value, kind).sql for value in call.args) + ")", kind)
    if kinds and all(kind == BINARY for kind in kinds):
        return Typed("(" + " || ".join(value.sql for value in call.args) + ")", BINARY)
    return Typed("(" + (" || ".join(cast(value, STRING).sql for value in call.args) or "''") + ")", STRING)


@RULES.of("concat_ws")
def concat_ws(call: Call) -> Typed:
    parts = []
    for value in call.args[1:]:
        if isinstance(value.type, Array):
            parts.append(
                f"CASE WHEN len(list_filter({value.sql}, lambda e_: e_ IS NOT NULL)) > 0 THEN array_to_string({cast(value, Array(STRING)).sql}, {call.as_(0, STRING)}) END"
            )
        else:
            parts.append(cast(value, STRING).sql)
    if not parts:
        return Typed(f"CASE WHEN {call.as_(0, STRING)} IS NOT NULL THEN '' END", STRING)
    return Typed(f"concat_ws({', '.join([call.as_(0, STRING), *parts])})", STRING)


@RULES.of("trim", "btrim", "ltrim", "rtrim")
def trim(call: Call) -> Typed:
    needs(call, 1, 2)
    if len(call) == 1:
        return Typed(f"{call.name.replace('btrim', 'trim')}({call.as_(0, STRING)}, ' ')", STRING)
    if call.name == "btrim":
        return Typed(f"trim({call.as_(0, STRING)}, {call.as_(1, STRING)})", STRING)
    # ltrim('xy', s) has the characters first, as trim(leading 'xy' from s).
    return Typed(f"{call.name}({call.as_(1, STRING)}, {call.as_(0, STRING)})", STRING)


@RULES.of("lpad", "rpad")
def pad(call: Call) -> Typed:
    needs(call, 2, 3)
    filler = call.as_(2, STRING) if len(call) > 2 else "' '"
    value, size = call.as_(0, STRING), call.as_(1, INT)
    return Typed(
        f"CASE WHEN {size} <= 0 THEN left({value}, 0) WHEN {filler} = '' THEN left({value}, {size}) ELSE {call.name}({value}, {size}, {filler}) END",
        STRING,
    )


@RULES.of("substring", "substr")
def substring(call: Call) -> Typed:
    needs(call, 2, 3)
    value, start = call.as_(0, STRING), call.as_(1, INT)
    if call.type(0) == BINARY:
        raise Refused(f"{call.name}() of binary", "cast it to string first")
    if len(call) == 2:
        simple = isinstance(call.args[1].value, int) and call.args[1].value > 0
        return Typed(
            f"substr({value}, {start})" if simple else f"spark_substring({value}, {start}, 2147483647)", STRING
        )
    size = call.as_(2, INT)
    if all(isinstance(part.value, int) and part.value > 0 for part in call.args[1:]):
        return Typed(f"substr({value}, {start}, {size})", STRING)
    return Typed(f"spark_substring({value}, {start}, {size})", STRING)


@RULES.of("left", "right")
def side(call: Call) -> Typed:
    needs(call, 2)
    size = call.as_(1, INT)
    return Typed(
        f"{call.name}({call.as_(0, STRING)}, greatest({size}, CASE WHEN {size} IS NULL THEN NULL ELSE 0 END))", STRING
    )


@RULES.of("instr")
def instr(call: Call) -> Typed:
    needs(call, 2)
    return Typed(f"spark_locate({call.as_(1, STRING)}, {call.as_(0, STRING)})", INT)


@RULES.of("locate", "position")
def locate(call: Call) -> Typed:
    needs(call, 2, 3)
    if len(call) == 2:
        return Typed(f"spark_locate({call.as_(0, STRING)}, {call.as_(1, STRING)})", INT)
    return Typed(f"spark_locate_from({call.as_(0, STRING)}, {call.as_(1, STRING)}, {call.as_(2, INT)})", INT)


@RULES.of("replace")
def replace(call: Call) -> Typed:
    needs(call, 2, 3)
    new = call.as_(2, STRING) if len(call) > 2 else "''"
    value, old = call.as_(0, STRING), call.as_(1, STRING)
    return Typed(
        f"CASE WHEN {old} = '' THEN {value} ELSE replace({value}, {old}, {new}) END"
        if not call.args[1].value
        else f"replace({value}, {old}, {new})",
        STRING,
    )


@RULES.of("repeat")
def repeat(call: Call) -> Typed:
    needs(call, 2)
    return Typed(f"repeat({call.as_(0, STRING)}, greatest({call.as_(1, INT)}, 0))", STRING)


@RULES.of("space")
def space(call: Call) -> Typed:
    needs(call, 1)
    return Typed(f"repeat(' ', greatest({call.as_(0, INT)}, 0))", STRING)


@RULES.of("reverse")
def reverse(call: Call) -> Typed:
    needs(call, 1)
    if isinstance(call.type(0), Array):
        return Typed(f"list_reverse({call.sql(0)})", call.type(0))
    return Typed(f"spark_reverse({call.as_(0, STRING)})", STRING)


@RULES.of("char", "chr")
def char(call: Call) -> Typed:
    needs(call, 1)
    code = call.as_(0, INT)
    return Typed(f"CASE WHEN {code} < 0 THEN '' ELSE chr({code} % 256) END", STRING)


@RULES.of("split_part")
def split_part(call: Call) -> Typed:
    needs(call, 3)
    return Typed(f"split_part({call.as_(0, STRING)}, {call.as_(1, STRING)}, {call.as_(2, INT)})", STRING)


@RULES.of("substring_index")
def substring_index(call: Call) -> Typed:
    needs(call, 3)
    return Typed(f"spark_substring_index({call.as_(0, STRING)}, {call.as_(1, STRING)}, {call.as_(2, INT)})", STRING)


@RULES.of("levenshtein")
def levenshtein(call: Call) -> Typed:
    needs(call, 2, 3)
    steps = f"CAST(levenshtein({call.as_(0, STRING)}, {call.as_(1, STRING)}) AS INTEGER)"
    return Typed(steps if len(call) == 2 else f"CASE WHEN {steps} <= {call.as_(2, INT)} THEN {steps} ELSE -1 END", INT)


@RULES.of("elt")
def elt(call: Call) -> Typed:
    listed = ", ".join(cast(value, STRING).sql for value in call.args[1:])
    return Typed(f"CASE WHEN {call.as_(0, INT)} > 0 THEN list_extract([{listed}], {call.as_(0, INT)}) END", STRING)


@RULES.of("find_in_set")
def find_in_set(call: Call) -> Typed:
    needs(call, 2)
    value, listed = call.as_(0, STRING), call.as_(1, STRING)
    return Typed(
        f"CASE WHEN contains({value}, ',') THEN 0 ELSE CASE WHEN {value} IS NOT NULL AND {listed} IS NOT NULL THEN coalesce(list_position(string_split({listed}, ','), {value}), 0) END END",
        INT,
    )


MACROS = (
    """spark_substring(s, p, n) AS CASE WHEN p IS NULL OR n IS NULL THEN NULL WHEN n <= 0 THEN left(s, 0)
    WHEN p > 0 THEN substr(s, p, n::BIGINT) WHEN p = 0 THEN substr(s, 1, n::BIGINT)
    ELSE substr(s, greatest(length(s) + p + 1, 1), greatest(least(n::BIGINT, n::BIGINT + length(s) + p), 0)) END""",
    "spark_locate(sub, s) AS CAST(strpos(s, sub) AS INTEGER)",
    """spark_locate_from(sub, s, p) AS CAST(CASE WHEN p IS NULL THEN 0 WHEN sub IS NULL OR s IS NULL THEN NULL WHEN p < 1 THEN 0
    WHEN sub = '' THEN CASE WHEN p <= length(s) + 1 THEN p ELSE 0 END
    WHEN strpos(substr(s, p), sub) = 0 THEN 0 ELSE strpos(substr(s, p), sub) + p - 1 END AS INTEGER)""",
    """spark_substring_index(s, d, n) AS CASE WHEN n = 0 OR d = '' THEN left(s, 0)
    WHEN n > 0 THEN array_to_string(list_slice(string_split(s, d), 1, n), d)
    ELSE array_to_string(list_slice(string_split(s, d), greatest(len(string_split(s, d)) + n + 1, 1), len(string_split(s, d))), d) END""",
)

CASES = (
    "select id, upper(substring(lpad(trim(concat_ws('-', s, upper(s), lower(s))), 12, initcap(concat(s, s))), 2, 7)) as a, substring_index(replace(translate(concat(s, 'x', lower(s)), 'ab', 'ba'), 'x', '-'), '-', -1) as b, lpad(rpad(left(right(concat(s, s, s), 5), 4), 6, 'z'), 8, 'y') as c from txt",
    "select id, round(round(sqrt(abs(coalesce(d, 0)) + 2) * 3.14159, 3) / 7, 2) as a, cast(round(cast(cast(round(d * 1.1, 2) as string) as double) / 3, 1) as decimal(30,2)) as b from num where id < 10",
    "select id, case trim(lower(concat(s, ' '))) when 'abc' then 1 when upper(concat(s, '', s)) then 2 else length(concat(s, s)) end as a, substring(lower(concat(s, s)), 1, 2) between substring(upper(s), 1, 1) and 'zz' as b from txt",
    "select id, upper(s) as a, lower(s) as b, initcap(s) as c, length(s) as e, reverse(s) as g, char_length(s) as h, octet_length(s) as j, character_length(s) as k, len(s) as l, ucase(s) as m, lcase(s) as n from txt",
    "select id, concat(s, 'x') as a, s || n as b, concat(s) as c, concat('a', 1, true, 1.5) as e, concat(null, 'a') as g from txt",
    "select id, concat_ws('-', s, n, 'z') as a, concat_ws(',', array('a', null, 'b'), s) as b, concat_ws(',') as c, concat_ws(null, 'a') as e from txt",
    "select id, trim(s) as a, ltrim(s) as b, rtrim(s) as c, trim(both 'a' from s) as e, btrim(s, 'xa') as g, trim(leading 'a' from s) as h from txt",
    "select id, lpad(s, 5, '*') as a, rpad(s, 5, '*') as b, lpad(s, 2) as c, rpad(s, 0, 'x') as e, lpad(s, 4, '') as g, lpad(id, 4, '0') as h from txt",
    "select id, substring(s, 2) as a, substring(s, 2, 2) as b, substring(s, -2) as c, substring(s, -3, 2) as e, substring(s, 0, 2) as g, substr(s, 1, 0) as h, substring(s, 100) as j, substring(s, -100, 3) as k from txt",
    "select id, left(s, 2) as a, right(s, 2) as b, left(s, -1) as c, right(s, 0) as e from txt",
    "select id, instr(s, 'a') as a, locate('a', s) as b, locate('a', s, 3) as c, position('a' in s) as e, position('', s) as g, locate('a', s, 0) as h from txt",
    "select id, replace(s, 'a', 'b') as a, replace(s, 'a') as b, translate(s, 'abc', 'xy') as c, repeat(s, 2) as e, repeat(s, -1) as g, replace(s, '', 'z') as h from txt",
    "select substring_index('www.apache.org', '.', 2) as a, substring_index('www.apache.org', '.', -2) as b, substring_index('a', '.', 1) as c, substring_index('a.b', '.', 0) as e, substring_index('a.b.c', '.', -9) as g, substring_index(null, '.', 1) as h",
    "select id, substring_index(s, 'a', 1) as a, substring_index(s, 'a', -1) as b from txt",
    "select split_part('a,b,c', ',', 2) as a, split_part('a,b,c', ',', -1) as b, split_part('a,b', ',', 5) as c",
    "select levenshtein('kitten', 'sitting') as a, ascii('a') as b, ascii('') as c, ascii('é') as e, char(65) as g, chr(97) as h, space(3) as j, bit_length('ab') as k",
    "select elt(2, 'a', 'b') as a, elt(5, 'a') as b, find_in_set('b', 'a,b,c') as c, find_in_set('z', 'a,b') as e, find_in_set('a,b', 'a,b') as g",
    "select id, startswith(s, 'a') as a, endswith(s, 'c') as b, contains(s, 'b') as c from txt",
    "select id, s like 'a%' as a, s like '_b%' as b, s not like '%c' as c, s like '%\\\\%%' as e, s ilike 'A%' as g, s like any ('a%', 'z%') as h, s like all ('a%', '%c') as j from txt",
    "select '50%' like '50!%' escape '!' as a, 'a_b' like 'a\\\\_b' as b, 'axb' like 'a\\\\_b' as c",
    "select upper(5) as a, length(12.5) as b, concat(date '2020-01-01', 1) as c, lower(true) as e, length('é漢🎉') as g",
    "select id from txt where s in ('abc', 'é') or s is null",
    "select s, count(*) as c from txt group by s order by s",
    "select id, s < 'b' as a, s >= 'a' as b, s <=> null as c, s = s as e, s <> 'abc' as g, s is distinct from 'abc' as h from txt",
)
