"""Regular expressions: all matches replaced, groups written with $, and Java's look-around refused."""

import re

from lakemesh.declare.types import Array
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BOOLEAN, INT, STRING, Refused, Typed, text

RULES = Rules()
JAVA = re.compile(
    r"\(\?(?:[=!>]|<[=!])|\[\[|\\[1-9]|[*+?}]\+|\\[ZGhHRXv]|\[[^\]]*&&|\\p\{(?:java|Is|Alpha|Lower|Upper|Punct|Alnum|Digit|Space)"
)


def pattern(call: Call, place: int) -> str:
    """The SQL of a pattern; refused where only Java reads it."""
    value = call.args[place].value if place < len(call.args) else None
    if isinstance(value, str) and "(?<" in value:
        value = re.sub(r"\(\?<([A-Za-z])", r"(?P<\1", value)
        if not JAVA.search(value):
            return text(value)
    if isinstance(value, str) and (found := JAVA.search(value)):
        raise Refused(
            f'the pattern part "{found[0]}"', "say it without look-around, back references and possessive marks"
        )
    return call.as_(place, STRING)


@RULES.of("rlike", "regexp", "regexp_like")
def rlike(call: Call) -> Typed:
    needs(call, 2)
    return Typed(f"regexp_matches({call.as_(0, STRING)}, {pattern(call, 1)})", BOOLEAN)


@RULES.of("regexp_replace")
def regexp_replace(call: Call) -> Typed:
    needs(call, 3, 4)
    start = call.number(3, 1)
    if start < 1 or (start > 1 and re.search(r"\^|\\[bBA]", call.text(1))):
        raise Refused("regexp_replace() from a position", "cut the text with substring first")
    _takes_something(call)
    new = re.sub(r"\\(.)|\$(\d)", lambda m: "\\" + m[2] if m[2] else ("\\\\" if m[1] == "\\" else m[1]), call.text(2))
    value = call.as_(0, STRING)
    if start > 1:
        rest = f"regexp_replace(substr({value}, {start}), {pattern(call, 1)}, {text(new)}, 'g')"
        return Typed(f"(left({value}, {start - 1}) || {rest})", STRING)
    return Typed(f"regexp_replace({value}, {pattern(call, 1)}, {text(new)}, 'g')", STRING)


def _takes_something(call: Call) -> None:
    """Refuses a pattern that is met by nothing: where it then stands is not the same."""
    said = call.args[1].value
    if not isinstance(said, str) or not re.search(r"[*?]|\{0?,", said):
        return
    try:
        empty = re.compile(said).fullmatch("")
    except re.error:
        return
    if empty:
        raise Refused(f'{call.name}() of "{said}", which nothing matches too', "write + in the place of *")


@RULES.of("regexp_extract", "regexp_substr")
def regexp_extract(call: Call) -> Typed:
    needs(call, 2, 3)
    value, wanted = call.as_(0, STRING), pattern(call, 1)
    if call.name == "regexp_substr":
        return Typed(f"CASE WHEN regexp_matches({value}, {wanted}) THEN regexp_extract({value}, {wanted}) END", STRING)
    return Typed(f"regexp_extract({value}, {wanted}, {call.number(2, 1)})", STRING)


@RULES.of("regexp_instr")
def regexp_instr(call: Call) -> Typed:
    needs(call, 2)
    said = call.text(1)
    if re.search(r"\^|\\[bBA]|\$", said):
        raise Refused("regexp_instr() with an anchor", "use rlike, or instr of what regexp_extract finds")
    before = text(f"(?s)^(.*?)(?:{said})")
    value, wanted = call.as_(0, STRING), pattern(call, 1)
    found = f"CAST(spark_units(regexp_extract({value}, {before}, 1)) + 1 AS INTEGER)"
    return Typed(f"CASE WHEN regexp_matches({value}, {wanted}) THEN {found} WHEN {value} IS NOT NULL THEN 0 END", INT)


@RULES.of("regexp_extract_all")
def regexp_extract_all(call: Call) -> Typed:
    needs(call, 2, 3)
    return Typed(f"regexp_extract_all({call.as_(0, STRING)}, {pattern(call, 1)}, {call.number(2, 1)})", Array(STRING))


@RULES.of("regexp_count")
def regexp_count(call: Call) -> Typed:
    needs(call, 2)
    return Typed(f"CAST(len(regexp_extract_all({call.as_(0, STRING)}, {pattern(call, 1)})) AS INTEGER)", INT)


@RULES.of("split")
def split(call: Call) -> Typed:
    needs(call, 2, 3)
    wanted, value = call.text(1), call.as_(0, STRING)
    plain = re.sub(r"\\([^A-Za-z0-9])|\[([^\]\\^])\]", lambda m: m[1] or m[2], wanted)
    special = re.sub(r"\\[^A-Za-z0-9]|\[[^\]\\^]\]", "", wanted)
    if not wanted:
        if len(call) == 3:
            raise Refused("split() by nothing with a limit", "split without a limit and slice the array")
        return Typed(f"CASE WHEN {value} = '' THEN [''] ELSE spark_letters({value}) END", Array(STRING))
    simple = not re.search(r"[.\\+*?\[^\]$(){}=!<>|:-]", special) or not special
    made = f"string_split({value}, {text(plain)})" if simple else f"string_split_regex({value}, {pattern(call, 1)})"
    limit = call.number(2, -1)
    if limit > 0:
        if not simple:
            raise Refused("split() by a pattern with a limit", "split without a limit and slice the array")
        joined = f"array_to_string(list_slice({made}, {limit}, len({made})), {text(plain)})"
        made = f"CASE WHEN len({made}) > {limit} THEN list_slice({made}, 1, {limit - 1}) || [{joined}] ELSE {made} END"
    return Typed(made, Array(STRING))


MACROS: tuple[str, ...] = ()

CASES = (
    "select id, s rlike 'b' as a, s rlike '^a' as b, s rlike '[0-9]+$' as c, regexp_like(s, 'A') as e, s regexp '(?i)A' as g, not s rlike 'x' as h from txt",
    "select id, regexp_replace(s, '[a-b]', '#') as a, regexp_replace(s, '(a)(b)', '$2$1') as b, regexp_replace(s, 'a', '') as c, regexp_replace(s, '\\\\s+', ' ') as e from txt",
    "select regexp_replace('100-200', '(\\\\d+)-(\\\\d+)', '$2:$1') as a, regexp_replace('a.b.c', '\\\\.', '\\\\$') as b, regexp_replace('abc', 'b', '\\\\\\\\') as c",
    "select regexp_extract('100-200', '(\\\\d+)-(\\\\d+)') as a, regexp_extract('100-200', '(\\\\d+)-(\\\\d+)', 2) as b, regexp_extract('100-200', '(\\\\d+)-(\\\\d+)', 0) as c, regexp_extract('abc', '(x)') as e, regexp_extract(null, '(x)') as g, regexp_extract('ab', '(a)|(b)', 2) as h",
    "select regexp_extract_all('1a2b3', '(\\\\d)') as a, regexp_extract_all('100-200, 300-400', '(\\\\d+)-(\\\\d+)', 1) as b, regexp_count('banana', 'a') as c, regexp_substr('banana', 'n.') as e, regexp_substr('abc', 'x') as g",
    "select split('a,b,c', ',') as a, split('a1b2c', '[0-9]') as b, split('a.b', '\\\\.') as c, split('', ',') as e, split('a,,b,', ',') as g, split('a|b', '[|]') as h, split('a,b,c', ',', 2) as j, split(null, ',') as k, split('a  b', ' +') as l",
    "select id, split(s, 'b') as a, size(split(s, 'b')) as b, split(s, 'b')[0] as c, split(s, 'b')[1] as e from txt",
)
