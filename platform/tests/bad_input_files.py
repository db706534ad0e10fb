"""JSON, Parquet and packed files that are not as they should be, and names that mean something to somebody."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from bad_input_csv import GOOD, NAMED
from bad_input_world import Case, Make, Table, packed, raw, text

A, B = (1, "a"), (2, "b")
ROW = '{"id":#1,"name":"a"}\n'
LINES = Table("lines", NAMED, text('{"id":#1,"name":"good"}\n'), ".jsonl")
DEEP = 200


def _line(what: str, said: str, *rows: tuple[object, ...], aside: tuple[tuple[int | None, str], ...] = ()) -> Case:
    return Case(what, LINES, text(said), rows, aside)


JSON = (
    _line("nothing", ""),
    _line("line ends alone", "\n\n\n"),
    _line("no line end", ROW.strip(), A),
    _line("no JSON", ROW + "not json\n", A, aside=((2, "row"),)),
    _line("a torn line", ROW + '{"id":#2,"na', A, aside=((2, "row"),)),
    _line("two objects on a line", ROW + '{"id":1}{"id":2}\n', A, aside=((2, "row"),)),
    _line("a list", ROW + "[1,2]\n", A, aside=((2, "row"),)),
    _line("a text", ROW + '"x"\n', A, aside=((2, "row"),)),
    _line("a number", ROW + "5\n", A, aside=((2, "row"),)),
    _line("null", ROW + "null\n", A, aside=((2, "row"),)),
    _line("an object over lines", '{\n"id":#1\n}\n', aside=((1, "row"), (2, "row"), (3, "row"))),
    _line("an empty object", "{}\n", (None, None)),
    _line("a comma too many", '{"id":#1,}\n', (1, None)),
    _line("quotes of one stroke", "{'id':#1}\n", aside=((1, "row"),)),
    _line("a comment", "// all of them\n" + ROW, A, aside=((1, "row"),)),
    _line("NaN", '{"id":NaN}\n', aside=((1, "id:type"),)),
    _line("an escape that is none", '{"id":#1,"name":"\\x"}\n', aside=((1, "row"),)),
    _line("half a pair of letters", '{"id":#1,"name":"\\ud800"}\n', aside=((None, "row"),)),
    _line("a mark", "\ufeff" + ROW, A),
    _line("windows' line ends", ROW.replace("\n", "\r\n") * 2, A, A),
    _line("spaces about an object", "  " + ROW.strip() + "  \n", A),
    _line("another key", '{"id":#1,"other":1}\n', (1, None)),
    _line("a key in capitals", '{"id":#1,"NAME":"a"}\n', (1, None)),
    _line("objects in objects where a text is declared", '{"id":#1,"name":{"a":{"b":[1]}}}\n', (1, '{"a":{"b":[1]}}')),
    _line(
        "deeper than anybody declares",
        '{"id":#1,"name":' + "[" * DEEP + "]" * DEEP + "}\n",
        (1, "[" * DEEP + "]" * DEEP),
    ),
    _line("a text of a million letters", f'{{"id":#1,"name":"{"a" * 1_000_000}"}}\n', (1, "a" * 1_000_000)),
    Case("latin-1", LINES, raw(b'{"id":#1,"name":"a"}\n{"id":#2,"name":"\xf6"}\n'), (A,), ((2, "row"),)),
    Case("UTF-16", LINES, text('{"id":#1}\n', "utf-16"), (), ((1, "row"), (2, "row"))),
)
PACKED = Table("packed", NAMED, packed(GOOD), ".csv.gz")
PACKS = (
    Case("packed as it should be", PACKED, packed(text("id,name\n#1,a\n#2\n")), (A,), ((3, "row"),)),
    Case("two packs in one", PACKED, lambda base: packed(GOOD)(base) + packed(text("#2,b\n"))(base), ((1, "good"), B)),
    Case(
        "a header and no rows",
        PACKED,
        packed(text("id,name\n")),
    ),
    Case(
        "one line that unpacks to 40 MB",
        PACKED,
        packed(lambda base: b"id,name\n%d,%s\n" % (base + 1, b"a" * (40 << 20))),
        (),
        ((2, "row"),),
    ),
    Case("no pack at all", PACKED, GOOD, stops="cannot be read"),
    Case("nothing", PACKED, text(""), stops="is empty"),
    Case("a pack of nothing", PACKED, packed(text("")), stops="is empty: it has not even a header"),
    Case(
        "a torn pack",
        PACKED,
        lambda base: packed(text("id,name\n" + "".join(f"{n},{n * n}\n" for n in range(20_000))))(base)[:-4000],
        stops="cannot be read",
    ),
    Case(
        "a pack that does not add up", PACKED, lambda base: packed(GOOD)(base)[:-8] + b"\0" * 8, stops="cannot be read"
    ),
)


def _parquet(**columns: object) -> Make:
    def make(base: int) -> bytes:
        out = io.BytesIO()
        ids = {name: [base + 1] for name, values in columns.items() if name.lower() == "id" and values == [1]}
        pq.write_table(pa.table({**columns, **ids}), out)
        return out.getvalue()

    return make


TYPED = Table(
    "typed",
    NAMED + "\nd: date\np: decimal(8,2)",
    _parquet(id=[1], name=["good"], d=[None], p=[None]),
    ".parquet",
    shown="id, name, cast(d as string) as d, cast(p as string) as p",
)
NONE = {"d": [None], "p": [None]}
EMPTY = _parquet(**{name: pa.array([], pa.string()) for name in ("id", "name", "d", "p")})
WHOLE = _parquet(id=[1], name=["a"], **NONE)
TEN_THOUSAND = pa.array([2932897], pa.int32()).cast(pa.date32())
PARQUET = (
    Case(
        "other types that fit",
        TYPED,
        _parquet(id=[1], name=[5], d=["2024-01-01"], p=[1.25]),
        ((1, "5", "2024-01-01", "1.25"),),
    ),
    Case("a text that is no date", TYPED, _parquet(id=[1], name=["a"], d=["x"], p=[None]), (), ((None, "d:type"),)),
    Case(
        "a day of the year 10000",
        TYPED,
        _parquet(id=[1], name=["a"], d=TEN_THOUSAND, p=[None]),
        (),
        ((None, "d:type"),),
    ),
    Case(
        "a number with too many digits", TYPED, _parquet(id=[1], name=["a"], d=[None], p=[1e9]), (), ((None, "p:type"),)
    ),
    Case("an id that is text", TYPED, _parquet(id=["x"], name=["a"], **NONE), (), ((None, "id:type"),)),
    Case("columns in another order", TYPED, _parquet(p=[None], name=["a"], d=[None], id=[1]), ((1, "a", None, None),)),
    Case("no rows", TYPED, EMPTY),
    Case("a column missing", TYPED, _parquet(id=[1], name=["a"], d=[None]), stops='lacks declared columns: "p"'),
    Case(
        "a column more",
        TYPED,
        _parquet(id=[1], name=["a"], x=[1], **NONE),
        stops='has columns that are not declared: "x"',
    ),
    Case(
        "a column twice in other letters",
        TYPED,
        _parquet(id=[1], ID=[1], name=["a"], **NONE),
        stops="has two columns that are one name",
    ),
    Case("CSV", TYPED, GOOD, stops="is no Parquet file"),
    Case("nothing", TYPED, text(""), stops="is no Parquet file"),
    Case("a torn file", TYPED, lambda base: WHOLE(base)[:-20], stops="is no Parquet file"),
)
NAMES = Table("names", NAMED, GOOD)
CALLED = (
    *(
        "a b.csv",
        "a+b.csv",
        "100%.csv",
        "%41.csv",
        "%2e%2e.csv",
        "größe.csv",
        "gro\u0308ße.csv",
        "日本.csv",
        "it's.csv",
        'a"b.csv',
    ),
    *("a;b.csv", "a,b.csv", "a#b.csv", "a?b.csv", "a*b.csv", "a[1].csv", "a{b}.csv", "day=1/x.csv", "-a.csv", "~a.csv"),
    *(
        "a\\b.csv",
        "a\nb.csv",
        "a .csv",
        "a..b.csv",
        f"{'n' * 200}.csv",
        "$HOME.csv",
        "a&b.csv",
        "file:.csv",
        "s3:x.csv",
    ),
)
IGNORED = ("_SUCCESS.csv", ".hidden.csv", "x.csv.tmp", "x.csv.part", "A.CSV2", "x.csv.crc", "_temporary/x.csv")
NAMES_OF = (
    *(Case(repr(name), NAMES, text("id,name\n#1,a\n#2\n"), (A,), ((3, "row"),), named=name) for name in CALLED),
    *(Case(repr(name), NAMES, GOOD, named=name, ignored=True) for name in IGNORED),
)
CASES = (*JSON, *PACKS, *PARQUET, *NAMES_OF)
