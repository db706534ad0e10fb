"""Date patterns: letters of Java's DateTimeFormatter, as strict about digits as it is."""

import re

from lakemesh.engine.duckdb.casts import cast, instant, utc
from lakemesh.engine.duckdb.rules.rule import Call, Rules, needs
from lakemesh.engine.duckdb.typed import BIGINT, DATE, NTZ, STRING, TIMESTAMP, Refused, Typed, text

RULES = Rules()

WRITTEN = {
    "yyyy": "%Y", "yy": "%y", "uuuu": "%Y",
    "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%-m", "LL": "%m", "L": "%-m", "LLL": "%b", "LLLL": "%B",
    "dd": "%d", "d": "%-d", "DDD": "%j", "D": "%-j",
    "HH": "%H", "H": "%-H", "hh": "%I", "h": "%-I", "mm": "%M", "m": "%-M", "ss": "%S", "s": "%-S",
    "SSS": "%g", "SSSSSS": "%f", "a": "%p", "E": "%a", "EE": "%a", "EEE": "%a", "EEEE": "%A",
    "XXX": "Z", "X": "Z", "XX": "Z", "xxx": "+00:00", "xx": "+0000", "x": "+00", "Z": "+0000", "z": "UTC", "VV": "UTC",
}  # fmt: skip
COMPUTED = {
    "y": "CAST(year({0}) AS VARCHAR)", "yyy": "spark_zeros(year({0}), 3)",
    **dict.fromkeys(("Q", "q"), "CAST(quarter({0}) AS VARCHAR)"), **dict.fromkeys(("QQ", "qq"), "'0' || quarter({0})"),
    "QQQ": "'Q' || quarter({0})", "qqq": "'Q' || quarter({0})", "F": "CAST((day({0}) - 1) % 7 + 1 AS VARCHAR)",
    **{"S" * n: f"left(strftime({{0}}, '%f'), {n})" for n in (1, 2, 4, 5)},
    "k": "CAST((hour({0}) + 23) % 24 + 1 AS VARCHAR)", "kk": "spark_zeros((hour({0}) + 23) % 24 + 1, 2)",
    "K": "CAST(hour({0}) % 12 AS VARCHAR)", "KK": "spark_zeros(hour({0}) % 12, 2)",
}  # fmt: skip
# How it is read: (what stands there, DuckDB's letter).
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_LONG = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
READ = {
    "yyyy": ("[0-9]{4}", "%Y"), "uuuu": ("[0-9]{4}", "%Y"), "y": ("[0-9]{1,4}", "%Y"), "yy": ("[0-9]{2}", "%Y"),
    "MM": ("[0-9]{2}", "%m"), "M": ("[0-9]{1,2}", "%m"), "MMM": (_MONTHS, "%b"), "MMMM": (_LONG, "%B"),
    "dd": ("[0-9]{2}", "%d"), "d": ("[0-9]{1,2}", "%d"), "DDD": ("[0-9]{3}", "%j"),
    "HH": ("[0-9]{2}", "%H"), "H": ("[0-9]{1,2}", "%H"), "hh": ("[0-9]{2}", "%I"), "h": ("[0-9]{1,2}", "%I"),
    "mm": ("[0-9]{2}", "%M"), "m": ("[0-9]{1,2}", "%M"), "ss": ("[0-9]{2}", "%S"), "s": ("[0-9]{1,2}", "%S"),
    "a": ("(?:AM|PM|am|pm)", "%p"),
    "XXX": ("(?:Z|[+-][0-9]{2}:[0-9]{2})", "%z"), "X": ("(?:Z|[+-][0-9]{2}(?:[0-9]{2})?)", "%z"),
    "XX": ("(?:Z|[+-][0-9]{4})", "%z"), "xxx": ("[+-][0-9]{2}:[0-9]{2}", "%z"), "xx": ("[+-][0-9]{4}", "%z"), "Z": ("[+-][0-9]{4}", "%z"),
    **{"S" * n: (f"[0-9]{{{n}}}", "%f") for n in range(1, 7)},
}  # fmt: skip


def pieces(pattern: str) -> list[tuple[str, bool]]:
    """A pattern in runs of one letter, and in literal parts (True)."""
    found: list[tuple[str, bool]] = []
    for match in re.finditer(r"'((?:[^']|'')*)'|([A-Za-z])\2*|([^A-Za-z']+)", pattern):
        if match[2]:
            found.append((match[0], False))
        elif match[1] is not None:
            found.append(("'" if match[0] == "''" else match[1].replace("''", "'"), True))
        else:
            found.append((match[0], True))
    return found


def _known(call: Call, piece: str, known: object) -> None:
    if piece not in known:  # type: ignore[operator]
        raise Refused(f'{call.name}() with "{piece}" in its pattern', "keep to yyyy MM dd HH mm ss SSS, MMM, a and XXX")


@RULES.of("date_format")
def date_format(call: Call) -> Typed:
    needs(call, 2)
    value = call.sql(0) if call.type(0) in (DATE, NTZ) else utc(call.as_(0, TIMESTAMP))
    parts, form = [], ""
    for piece, literal in pieces(call.text(1)):
        if literal or piece in WRITTEN:
            form += piece.replace("%", "%%") if literal else WRITTEN[piece]
            continue
        _known(call, piece, COMPUTED)
        parts += [f"strftime({value}, {text(form)})"] if form else []
        parts.append(COMPUTED[piece].format(value))
        form = ""
    parts += [f"strftime({value}, {text(form)})"] if form or not parts else []
    if call.text(1).startswith("yyyy"):
        parts.insert(0, f"CASE WHEN year({value}) > 9999 THEN '+' ELSE '' END")
    return Typed(parts[0] if len(parts) == 1 else f"({' || '.join(parts)})", STRING)


def parsed(call: Call, value: str, pattern: str) -> str:
    """A text read by a pattern, as a timestamp with a zone; null where it is not exactly so."""
    shape, form, zoned, short = "", "", False, ""
    for piece, literal in pieces(pattern):
        if literal:
            shape += re.escape(piece)
            form += piece.replace("%", "%%")
            continue
        _known(call, piece, READ)
        stands, letter = READ[piece]
        if piece == "yy":
            short = f"^({shape})([0-9]{{2}})"
        zoned = zoned or letter == "%z"
        shape, form = shape + stands, form + letter
    ready = f"regexp_replace({value}, {text(short)}, '\\120\\2')" if short else value
    if zoned:
        ready = f"regexp_replace({ready}, 'Z$', '+00:00')"
    if "%Y" not in form:
        ready, form = f"'1970 ' || {ready}", "%Y " + form
    read = f"try_strptime({ready}, {text(form)})"
    return f"CASE WHEN regexp_full_match({value}, {text(shape)}) THEN {read if zoned else instant(read)} END"


@RULES.of("to_timestamp", "try_to_timestamp", "to_timestamp_ltz", "to_date", "to_timestamp_ntz")
def to_timestamp(call: Call) -> Typed:
    needs(call, 1, 2)
    to = {"to_date": DATE, "to_timestamp_ntz": NTZ}.get(call.name, TIMESTAMP)
    if len(call) == 1 or call.type(0) != STRING:
        return cast(call.args[0], to, strict=call.name.startswith("try"))
    return cast(Typed(parsed(call, call.sql(0), call.text(1)), TIMESTAMP), to)


@RULES.of("unix_timestamp", "to_unix_timestamp")
def unix_timestamp(call: Call) -> Typed:
    needs(call, 1, 2)
    if call.type(0) == STRING:
        moment = parsed(call, call.sql(0), call.text(1, "yyyy-MM-dd HH:mm:ss"))
    else:
        moment = call.as_(0, TIMESTAMP)
    return Typed(f"(epoch_us({moment}) // 1000000)", BIGINT)


@RULES.of("from_unixtime")
def from_unixtime(call: Call) -> Typed:
    needs(call, 1, 2)
    value = Typed(f"make_timestamptz({call.as_(0, BIGINT)} * 1000000)", TIMESTAMP)
    pattern = call.text(1, "yyyy-MM-dd HH:mm:ss")
    return date_format(Call("from_unixtime", (value, Typed(text(pattern), STRING, pattern))))


MACROS: tuple[str, ...] = ("spark_zeros(n, w) AS lpad(CAST(n AS VARCHAR), w, '0')",)

CASES = (
    "select id, date_format(d, 'yyyy-MM-dd') as a, date_format(ts, 'yyyyMMdd HH:mm:ss') as b, date_format(ts, 'dd/MM/yy hh:mm a') as c, date_format(d, 'EEE, d MMM yyyy') as e, date_format(d, 'EEEE MMMM') as g from times",
    "select id, date_format(ts, 'HH:mm:ss.SSS') as a, date_format(ts, \"yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX\") as b, date_format(d, 'D') as c, date_format(d, 'y/M/d') as e, date_format('2020-01-05', 'yyyy') as g, date_format(ntz, 'yyyy-MM') as h from times",
    "select to_date('05/01/2020', 'dd/MM/yyyy') as a, to_date('20200105', 'yyyyMMdd') as b, to_date('5 Jan 2020', 'd MMM yyyy') as c, to_date('2020-13-01', 'yyyy-MM-dd') as e, to_date('xx', 'yyyy-MM-dd') as g, to_date(null, 'yyyy') as h, to_date('2020-1-5', 'yyyy-M-d') as j",
    "select to_timestamp('2020-01-05 10:11:12', 'yyyy-MM-dd HH:mm:ss') as a, to_timestamp('05.01.2020 22:15', 'dd.MM.yyyy HH:mm') as b, to_timestamp('2020-01-05T10:11:12+02:00', \"yyyy-MM-dd'T'HH:mm:ssXXX\") as c, to_timestamp('2020-01-05T10:11:12Z', \"yyyy-MM-dd'T'HH:mm:ssXXX\") as e, to_timestamp('10:30', 'HH:mm') as g, to_timestamp('01/05/2020 10:30 PM', 'MM/dd/yyyy hh:mm a') as h",
    "select to_timestamp('2020-01-05 10:11:12.123', 'yyyy-MM-dd HH:mm:ss.SSS') as a, to_timestamp('2020-01-05 10:11:12.123456', 'yyyy-MM-dd HH:mm:ss.SSSSSS') as b, to_timestamp('5/1/20', 'd/M/yy') as c, to_timestamp('2020', 'yyyy') as e, to_timestamp('2020-02', 'yyyy-MM') as g, to_timestamp_ntz('2020-01-05 10:11:12') as h, to_timestamp_ltz('2020-01-05', 'yyyy-MM-dd') as j",
    "select id, try_to_timestamp(ts, 'yyyy-MM-dd HH:mm:ss') as a, try_to_timestamp(dt, 'yyyy-MM-dd') as b, try_to_timestamp(dt, 'yyyy-M-d') as c from txt",
    "select id, to_date(dt) as a, to_timestamp(dt) as b, try_to_timestamp(ts) as c, to_date(ts) as e from txt",
    "select id, unix_timestamp(ts) as a, unix_timestamp(d) as b, from_unixtime(unix_timestamp(ts)) as c, from_unixtime(0, 'yyyy-MM-dd') as e, to_unix_timestamp(ts) as g from times",
    "select unix_timestamp('2020-01-05 10:11:12') as a, unix_timestamp('05/01/2020', 'dd/MM/yyyy') as b, unix_timestamp('x') as c, from_unixtime(1577836800) as e",
    "select date_format(timestamp '2020-01-05 00:00:00', \"yyyy 'year' ''x''\") as a, date_format(timestamp '2020-01-05 15:00:00', 'h a') as b, date_format(timestamp '2020-01-05 15:00:00', 'yyyy-MM-dd HH:mm:ss Z') as c",
)
