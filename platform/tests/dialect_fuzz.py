"""Random statements of proved functions: each kind of value made of any others, over rows at the edges."""
# ruff: noqa: E501  (a kind is a block)

import random
import re
from collections.abc import Iterator

# A kind of value in capitals stands for any expression of that kind.
FORMS: dict[str, tuple[str, ...]] = {
    "INT": (
        "t", "s", "i", "n", "7", "-3", "0", "cast(null as int)", "length(STR)", "instr(STR, STR)", "ascii(STR)",
        "year(DAY)", "month(DAY)", "day(DAY)", "dayofweek(DAY)", "weekofyear(DAY)", "quarter(DAY)", "hour(TIME)",
        "minute(TIME)", "second(TIME)", "datediff(DAY, DAY)", "size(split(STR, ','))", "levenshtein(STR, STR)",
        "cast(REAL as int)", "cast(EXACT as int)", "cast(BIG as int)", "cast(STR as int)", "try_cast(REAL as int)",
        "pmod(INT, 7)", "INT % 5", "if(TRUTH, INT, INT)", "coalesce(INT, INT)", "greatest(INT, INT)", "least(INT, 4)",
        "INT & 15", "INT ^ INT", "bit_count(INT)", "octet_length(STR)", "find_in_set(STR, 'a,b,x')", "nullif(INT, INT)",
        "case when TRUTH then INT else INT end", "case INT when 0 then 1 when 7 then INT end", "locate(STR, STR)",
        "array_position(LIST, INT)", "element_at(LIST, 1)", "size(LIST)", "shiftright(INT, 2)", "cast(TRUTH as int)",
        "aggregate(LIST, 0, (acc, x) -> acc + coalesce(x % 10, 0))", "array_max(LIST)", "nvl(INT, -1)", "unix_date(DAY)",
    ),
    "BIG": (
        "b", "5000000000", "cast(REAL as bigint)", "floor(REAL)", "ceil(REAL)", "INT div 3", "unix_timestamp(TIME)",
        "cast(EXACT as bigint)", "cast(TIME as bigint)", "cast(STR as bigint)", "coalesce(BIG, BIG)", "floor(EXACT / 3)",
        "BIG % 1000", "shiftright(BIG, 3)", "if(TRUTH, BIG, INT)", "unix_millis(TIME)", "abs(cast(INT as bigint))",
        "timestampdiff(hour, TIME, TIME)", "timestampdiff(month, TIME, TIME)", "greatest(BIG, INT)",
    ),
    "REAL": (
        "d", "cast(f as double)", "2.5D", "-0.0D", "round(REAL, 2)", "round(REAL)", "sqrt(REAL)", "ln(REAL)",
        "REAL + REAL", "REAL - REAL", "REAL * REAL", "REAL / REAL", "INT / INT", "EXACT + REAL", "cast(INT as double)",
        "cast(EXACT as double)", "cast(BIG as double)", "pow(REAL, 2)", "months_between(DAY, DAY)", "cast(STR as double)",
        "nanvl(REAL, 1.5D)", "abs(REAL)", "-REAL", "coalesce(REAL, REAL)", "if(TRUTH, REAL, INT)", "greatest(REAL, REAL)",
        "bround(REAL, 1)", "sign(REAL)", "REAL % 3", "least(REAL, INT)", "cast(cast(REAL as float) as double)",
    ),
    "EXACT": (
        "m", "1.50", "-0.005", "EXACT + EXACT", "EXACT - 1", "EXACT * 1.1", "EXACT / 3", "round(EXACT, 1)",
        "round(EXACT)", "cast(REAL as decimal(12,3))", "cast(INT as decimal(10,0))", "EXACT % 3", "abs(EXACT)", "-EXACT",
        "coalesce(EXACT, EXACT)", "if(TRUTH, EXACT, 0)", "cast(STR as decimal(10,2))", "cast(EXACT as decimal(10,2))",
        "try_cast(REAL as decimal(8,2))", "greatest(EXACT, 0.5)", "bround(EXACT, 1)", "EXACT / EXACT", "nullif(EXACT, 0)",
    ),
    "STR": (
        "w", "'a,b'", "''", "'Éa'", "'12'", "' 7 '", "upper(STR)", "lower(STR)", "initcap(STR)", "trim(STR)",
        "substring(STR, 2, 3)", "substring(STR, INT)", "concat(STR, STR)", "STR || STR", "concat_ws('-', STR, INT)",
        "replace(STR, 'a', 'bc')", "lpad(STR, 5, '*')", "rpad(STR, 4)", "reverse(STR)", "repeat(STR, 2)", "left(STR, 2)",
        "right(STR, 3)", "regexp_replace(STR, '[a-z]+', '_')", "regexp_extract(STR, '([a-z])', 1)", "split(STR, ',')[0]",
        "cast(INT as string)", "cast(REAL as string)", "cast(EXACT as string)", "cast(DAY as string)", "coalesce(STR, STR)",
        "cast(TIME as string)", "cast(TRUTH as string)", "date_format(DAY, 'yyyy-MM-dd')", "date_format(TIME, 'HH:mm:ss')",
        "md5(STR)", "if(TRUTH, STR, STR)", "nullif(STR, '')", "translate(STR, 'abc', 'x')", "hex(INT)", "ltrim(STR)",
        "format_string('%s|%5d', STR, INT)", "substring_index(STR, ',', 1)", "array_join(transform(LIST, x -> cast(x as string)), '+')",
        "case when TRUTH then STR else cast(INT as string) end", "format_number(REAL, 2)", "btrim(STR)", "base64(cast(STR as binary))",
        "to_json(named_struct('a', INT, 'b', STR, 'c', LIST))", "get_json_object(concat('{\"k\":', INT, '}'), '$.k')",
    ),
    "DAY": (
        "day", "date '2020-02-29'", "date_add(DAY, INT % 100)", "add_months(DAY, INT % 50)", "last_day(DAY)",
        "trunc(DAY, 'month')", "trunc(DAY, 'week')", "next_day(DAY, 'Mon')", "to_date(STR)", "cast(TIME as date)",
        "if(TRUTH, DAY, DAY)", "coalesce(DAY, DAY)", "greatest(DAY, DAY)", "DAY - interval 1 month", "DAY + 1",
        "make_date(2020, INT, 15)", "to_date(date_format(DAY, 'dd/MM/yyyy'), 'dd/MM/yyyy')", "nullif(DAY, DAY)",
    ),
    "TIME": (
        "ts", "timestamp '2020-03-29 01:30:00'", "date_trunc('hour', TIME)", "date_trunc('month', TIME)",
        "TIME + interval 1 day", "TIME - interval 90 minutes", "cast(DAY as timestamp)", "coalesce(TIME, TIME)",
        "from_utc_timestamp(TIME, 'Europe/Amsterdam')", "to_utc_timestamp(TIME, 'America/New_York')", "if(TRUTH, TIME, DAY)",
        "timestampadd(month, INT % 20, TIME)", "timestamp_seconds(INT)", "to_timestamp(cast(TIME as string))", "least(TIME, TIME)",
    ),
    "TRUTH": (
        "flag", "true", "INT = INT", "INT < REAL", "REAL >= EXACT", "BIG <> INT", "STR = STR", "STR < STR", "DAY < DAY",
        "TIME >= DAY", "STR = INT", "REAL <=> REAL", "INT is null", "STR is not null", "STR like '%a%'", "STR rlike '[0-9]'",
        "INT in (0, 7, INT)", "STR in ('a', STR)", "INT between 0 and 100", "REAL between INT and REAL", "not TRUTH",
        "TRUTH and TRUTH", "TRUTH or TRUTH", "isnan(REAL)", "startswith(STR, 'a')", "contains(STR, STR)", "EXACT > INT",
        "array_contains(LIST, INT)", "exists(LIST, x -> x > 3)", "coalesce(TRUTH, false)", "DAY > '2000-01-01'", "EXACT = EXACT",
        "STR is distinct from STR", "cast(INT as boolean)", "cast(STR as boolean)", "forall(LIST, x -> x is not null)",
    ),
    "LIST": (
        "array(3, null, 1, 3)", "array(INT, INT)", "array(INT, null, 3)", "sort_array(LIST)", "array_distinct(LIST)", "filter(LIST, x -> x > 0)",
        "transform(LIST, x -> x % 7)", "slice(LIST, 1, 2)", "reverse(LIST)", "array_union(LIST, array(1, 2))",
        "array_except(LIST, array(3))", "concat(LIST, LIST)", "array_compact(LIST)", "sequence(1, abs(INT % 4) + 1)",
    ),
}  # fmt: skip
DEEPEST = 3
NAMES = re.compile(r"\b(?:" + "|".join(FORMS) + r")\b")


def statements(seed: int, count: int) -> Iterator[str]:
    """So many statements; the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        kinds = chance.choices(list(FORMS), k=2)
        items = ", ".join(f"{_made(chance, kind, DEEPEST)} as {name}" for kind, name in zip(kinds, "ab", strict=True))
        where = f" where {_made(chance, 'TRUTH', 1)}" if chance.random() < 0.2 else ""
        yield f"select id, {items} from mix{where}"


def _made(chance: random.Random, kind: str, depth: int) -> str:
    """An expression of a kind: at first one that holds others, at last one that holds none."""
    flat = [form for form in FORMS[kind] if not NAMES.search(form)]
    deep = [form for form in FORMS[kind] if NAMES.search(form)]
    form = chance.choice(deep if depth == DEEPEST else FORMS[kind] if depth > 0 else flat)
    return NAMES.sub(lambda found: f"({_made(chance, found[0], depth - 1)})", form)
