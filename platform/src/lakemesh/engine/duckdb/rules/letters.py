"""Letters: capitals that are two letters, the Greek sigma at a word's end, texts turned round and masked letter by letter."""

from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import INT, STRING, Typed, text

RULES = Rules()
FORMS = {name: f"spark_{name}({{0}})" for name in ("upper", "lower", "initcap")}
FORMS |= {"ucase": FORMS["upper"], "lcase": FORMS["lower"]}


@RULES.of(*FORMS)
def cased(call: Call) -> Typed:
    needs(call, 1)
    return Typed(FORMS[call.name].format(call.as_(0, STRING)), STRING)


@RULES.of("mask")
def mask(call: Call) -> Typed:
    needs(call, 1, 5)
    value = call.as_(0, STRING)
    classes = [("\\p{Lu}", "X"), ("\\p{Ll}", "x"), ("\\p{Nd}", "n")]
    tests = []
    for place, (letters, usual) in enumerate(classes, 1):
        given = call.sql(place) if place < len(call) else text(usual)
        if given != "NULL":
            tests.append(f"WHEN regexp_full_match(c_, '{letters}') THEN {given}")
        else:
            tests.append(f"WHEN regexp_full_match(c_, '{letters}') THEN c_")
    other = call.sql(4) if len(call) > 4 and call.sql(4) != "NULL" else "c_"
    letters = f"list_transform(spark_letters({value}), lambda c_: CASE {' '.join(tests)} ELSE {other} END)"
    return Typed(f"array_to_string({letters}, '')", STRING)


@RULES.of("overlay")
def overlay(call: Call) -> Typed:
    needs(call, 3, 4)
    value, new, start = call.as_(0, STRING), call.as_(1, STRING), call.as_(2, INT)
    size = call.as_(3, INT) if len(call) > 3 else "-1"
    return Typed(f"spark_overlay({value}, {new}, {start}, {size})", STRING)


def _longer() -> tuple[str, str]:
    """Every letter whose capital is more than one letter, with it, as a map of DuckDB; and those letters."""
    # None lies above (a test looks): to go through all of Unicode would be felt at the start of each command.
    pairs = [(one, one.upper()) for one in map(chr, range(128, 0x10000)) if len(one.upper()) > 1]
    listed = ", ".join(f"{text(one)}: {text(many)}" for one, many in pairs)
    return f"MAP {{{listed}}}", "".join(one for one, _ in pairs)


_MAP, _LETTERS = _longer()
MACROS = (
    "spark_letters(s) AS regexp_extract_all(s, '(?s).')",
    f"""spark_upper(s) AS CASE WHEN strlen(s) = length(s) OR NOT regexp_matches(s, '[{_LETTERS}]') THEN upper(s)
    ELSE array_to_string(list_transform(spark_letters(s), lambda c_: coalesce(({_MAP})[c_], upper(c_))), '') END""",
    # A sigma that ends a word is another letter; a dotted capital I keeps its dot.
    r"""spark_lower(s) AS CASE WHEN contains(s, 'Σ') OR contains(s, 'İ') THEN lower(replace(regexp_replace(s,
    '([\p{L}\p{M}][''.]*)Σ([^\p{L}\p{M}]|$)', '\1ς\2', 'g'), 'İ', 'i̇')) ELSE lower(s) END""",
    """spark_initcap(s) AS array_to_string(list_transform(string_split(spark_lower(s), ' '),
    lambda w_: translate(upper(left(w_, 1)), 'ǄǇǊǱẞ', 'ǅǈǋǲß') || substr(w_, 2)), ' ')""",
    """spark_reverse(s) AS CASE WHEN strlen(s) = length(s) THEN reverse(s)
    ELSE array_to_string(list_reverse(spark_letters(s)), '') END""",
    """spark_overlay(s, r, p, n) AS concat(spark_substring(s, 1, p - 1), r,
    spark_substring(s, p + CASE WHEN n < 0 THEN length(r) ELSE n END, 2147483647))
    || CASE WHEN s IS NULL OR r IS NULL OR p IS NULL OR n IS NULL THEN NULL ELSE '' END""",
)

CASES = (
    "select upper('straße ﬁn') as a, lower('ΑΣ ΟΔΟΣ Σ') as b, initcap('ǆungla ßa') as c, upper(null) as e",
    "select mask('AbCD123-@$#') as a, mask('AbCD123-@$#', 'Q', 'q', 'd', 'o') as b, mask('Ab1', null, 'q') as c, mask(null) as e",
    "select overlay('Spark SQL', '_', 6) as a, overlay('Spark SQL', 'ANSI ', 7, 0) as b, overlay('abc', 'X', 2, 1) as c, overlay(null, 'x', 1) as e",
)
