"""CSV that is not as it should be."""

from bad_input_world import Case, Table, raw, text

NAMED = "id: int\nname: string"
GOOD = text("id,name\n#1,good\n")
HEAD = "id,name\n"
PLAIN = Table("plain", NAMED, GOOD)
A, B, C = (1, "a"), (2, "b"), (3, "c")


def _plain(what: str, said: str, *rows: tuple[object, ...], aside: tuple[tuple[int | None, str], ...] = ()) -> Case:
    return Case(what, PLAIN, text(said), rows, aside)


LINES = (
    _plain("a header and no rows", "id,name\n"),
    _plain("a header without a line end", "id,name"),
    _plain("one row and no line end", "id,name\n#1,a", A),
    _plain("a row with one cell", "id,name\n#1,a\n#2\n#3,c\n", A, C, aside=((3, "row"),)),
    _plain("a row with three cells", "id,name\n#1,a\n#2,b,x\n#3,c\n", A, C, aside=((3, "row"),)),
    _plain("a row with a cell more that is empty", "id,name\n#1,a\n#2,b,\n", A, B),
    _plain("every row ragged", "id,name\n#1\n#2,b,x\n", aside=((2, "row"), (3, "row"))),
    _plain("the last row torn off", "id,name\n#1,a\n#2", A, aside=((3, "row"),)),
    _plain("empty lines between", "id,name\n\n#1,a\n\n\n#2,b\n", A, B),
    _plain("empty lines at the end", "id,name\n#1,a\n\n\n", A),
    _plain("a line of spaces", "id,name\n#1,a\n   \n", A, aside=((3, "row"),)),
    _plain("a line of commas", "id,name\n#1,a\n,\n", A, (None, None)),
    _plain("windows' line ends", "id,name\r\n#1,a\r\n#2,b\r\n", A, B),
    _plain("an old Mac's line ends", "id,name\r#1,a\r#2,b\r", A, B),
    _plain("line ends of two kinds", "id,name\n#1,a\r\n#2,b\n", A, B),
    _plain("windows' line ends and one bad row", "id,name\r\n#1,a\r\nx,b\r\n", A, aside=((3, "id:type"),)),
    _plain("a byte-order mark", "\ufeffid,name\n#1,a\n", A),
    _plain("a byte-order mark before a quote", '\ufeff"id",name\n#1,a\n', A),
    _plain("a byte-order mark in the middle", "id,name\n#1,\ufeffa\n", (1, "\ufeffa")),
    _plain("a line end inside quotes", 'id,name\n#1,"a\nb"\n#2,b\n', (1, "a\nb"), B),
    _plain("windows' line end inside quotes", 'id,name\r\n#1,"a\r\nb"\r\n', (1, "a\r\nb")),
    _plain("quotes doubled inside quotes", 'id,name\n#1,"say ""a"""\n', (1, 'say "a"')),
    _plain("a delimiter inside quotes", 'id,name\n#1,"a,b"\n', (1, "a,b")),
    _plain("quotes in the middle of a cell", 'id,name\n#1,a "b" c\n', (1, 'a "b" c')),
    _plain("text after a closing quote", 'id,name\n#1,"a" x\n#2,b\n', B, aside=((2, "row"),)),
    _plain("a quote that is never closed", 'id,name\n#1,a\n#2,"b\n#3,c\n', A, aside=((3, "row"),)),
    _plain("a quote alone", 'id,name\n#1,"\n', aside=((2, "row"),)),
    _plain("an empty quoted cell", 'id,name\n#1,""\n', (1, None)),
    _plain("a quoted number", 'id,name\n"#1","a"\n', A),
    _plain("quoted headers", '"id","name"\n#1,a\n', A),
    _plain("columns in another order", "name,id\na,#1\n", A),
    _plain("headers in capitals", "ID,NAME\n#1,a\n", A),
    _plain("headers with spaces about them", " id , name\n#1,a\n", A),
    _plain("spaces about cells", "id,name\n #1 , a \n", (1, " a ")),
    _plain("tabs about a number", "id,name\n\t#1\t,a\n", A),
    _plain("a header that comes again", "id,name\n#1,a\nid,name\n#2,b\n", A, B, aside=((3, "id:type"),)),
    _plain("a NUL in a cell", "id,name\n#1,a\x00b\n", (1, "a\x00b")),
    _plain("controls in a cell", "id,name\n#1,a\x01\x1bb\n", (1, "a\x01\x1bb")),
    _plain("letters beyond the first plane", "id,name\n#1,\U0001f600\U00020000\n", (1, "\U0001f600\U00020000")),
    _plain("letters that are put together", "id,name\n#1,e\u0301\n", (1, "e\u0301")),
    _plain(
        "text from right to left", "id,name\n#1,\u05e9\u05dc\u05d5\u05dd\u202e\n", (1, "\u05e9\u05dc\u05d5\u05dd\u202e")
    ),
    _plain("an unbroken space about a number", "id,name\n\u00a0#1,a\n", aside=((2, "id:type"),)),
    _plain("a formula", "id,name\n#1,=1+1\n", (1, "=1+1")),
    _plain("a backslash", "id,name\n#1,a\\,b\n#2,b\n", B, aside=((2, "row"),)),
    _plain("words for null", "id,name\n#1,NULL\n#2,null\n#3,N/A\n", (1, "NULL"), (2, "null"), (3, "N/A")),
    _plain("a comment", "id,name\n# all of them\n#1,a\n", A, aside=((2, "row"),)),
    _plain("one id twice", "id,name\n#1,a\n#1,a\n", A, A),
    _plain("a cell of 100,000 letters", f"id,name\n#1,{'a' * 100_000}\n", (1, "a" * 100_000)),
    Case("latin-1 in one line", PLAIN, raw(b"id,name\n#1,a\n#2,Gr\xf6\xdfe\n#3,c\n"), (A, C), ((3, "row"),)),
    Case("latin-1 in the last line", PLAIN, raw(b"id,name\n#1,a\n#2,\xe9"), (A,), ((3, "row"),)),
    Case("half a letter at the end", PLAIN, raw(b"id,name\n#1,a\n#2,\xe2\x82"), (A,), ((3, "row"),)),
    Case("a surrogate in UTF-8", PLAIN, raw(b"id,name\n#1,a\n#2,\xed\xa0\x80\n"), (A,), ((3, "row"),)),
    Case("a letter spelled too long", PLAIN, raw(b"id,name\n#1,a\n#2,\xc0\xaf\n"), (A,), ((3, "row"),)),
    Case("random bytes after the header", PLAIN, raw(b"id,name\n\x00\xff\xfe\x01\n#1,a\n"), (A,), ((2, "row"),)),
)
STOPS = (
    ("an empty file", text(""), "is empty: it has not even a header"),
    ("nothing but a mark", text("\ufeff"), "is empty: it has not even a header"),
    ("nothing but line ends", text("\n\n\n"), "is empty: it has not even a header"),
    ("another delimiter", text("id;name\n#1;a\n"), 'has ";" between its cells'),
    ("tabs between", text("id\tname\n#1\ta\n"), "has tab between its cells"),
    ("a column missing", text("id\n#1\n"), 'lacks declared columns: "name"'),
    ("a column more", text("id,name,more\n#1,a,x\n"), 'has columns that are not declared: "more"'),
    ("a column of no name", text("id,name,\n#1,a,\n"), 'has columns that are not declared: ""'),
    ("a column renamed", text("id,full name\n#1,a\n"), 'has columns that are not declared: "full name", and lacks'),
    ("a column twice", text("id,name,name\n#1,a,b\n"), 'has two columns that are one name: "name" and "name"'),
    ("a column twice in other letters", text("id,name,NAME \n#1,a,b\n"), 'has two columns that are one name: "name"'),
    ("no header", text("#1,a\n#2,b\n"), "has columns that are not declared"),
    ("a header in latin-1", raw(b"id,n\xe4me\n#1,a\n"), "is not utf-8: invalid continuation byte at byte 4"),
    ("UTF-16", text("id,name\n#1,a\n", "utf-16"), "is not utf-8"),
    ("UTF-16 without a mark", text("id,name\n#1,a\n", "utf-16-le"), "is not utf-8: its header has zero bytes"),
    ("a quote in the header that is never closed", text('id,"name\n' + "#1,a\n" * 9), "has columns that are not"),
    ("a web page", text("<!DOCTYPE html>\n<html><body>503</body></html>\n"), "has columns that are not declared"),
    ("a zip", raw(b"PK\x03\x04\x14\x00\x00\x00\x08\x00\xff\xfe"), "is not utf-8"),
    ("JSON", text('{"id":#1,"name":"a"}\n'), "has columns that are not declared"),
)
WRITES = {
    "append": PLAIN,
    "merged": Table("merged", NAMED, GOOD, write="merge"),
    "replaced": Table("replaced", NAMED, GOOD, write="replace"),
}
LOGGED = Table("logged", NAMED, text("kind,id,name\nI,#1,good\n"), write="cdc")
KEYED = Table("keyed", NAMED, GOOD, more="key: [id]")


def _every() -> tuple[Case, ...]:
    """What any kind of write must do alike."""
    cases = [Case(what, table, made, stops=told) for what, made, told in STOPS for table in WRITES.values()]
    few = [case for case in LINES if case.table == PLAIN and case.what in FEW]
    for table in (WRITES["merged"], WRITES["replaced"], KEYED):
        cases += [Case(case.what, table, case.holds, case.rows, case.aside) for case in few]
    return tuple(cases)


FEW = (
    *("a header and no rows", "one row and no line end", "a row with one cell", "a row with three cells"),
    *("the last row torn off", "windows' line ends and one bad row", "a byte-order mark", "latin-1 in one line"),
    *("a line end inside quotes", "text after a closing quote", "columns in another order"),
)


def _log(what: str, said: str, *rows: tuple[object, ...], **words: object) -> Case:
    return Case(what, LOGGED, text(said), rows, **words)  # type: ignore[arg-type]


CHANGES = (
    _log("a header and no changes", "kind,id,name\n"),
    _log("an insert and an update", "kind,id,name\nI,#1,a\nU,#1,b\n", (1, "b"), more={"superseded": 1}),
    _log("a delete of nobody", "kind,id,name\nI,#1,a\nD,#2,\n", A, more={"deleted": 1}),
    _log("a kind that is none", "kind,id,name\nI,#1,a\nX,#2,b\n", A, aside=((3, "op"),)),
    _log("a kind that is missing, as in a full load", "kind,id,name\nI,#1,a\n,#2,b\n", A, B),
    _log("a change without a key", "kind,id,name\nI,#1,a\nU,,b\n", A, aside=((3, "id:not_null"),)),
    _log("a key that is no number", "kind,id,name\nI,#1,a\nU,x,b\n", A, aside=((3, "id:type"),)),
    _log("a row with one cell", "kind,id,name\nI,#1,a\nU\n", A, aside=((3, "row"),)),
    _log("columns in another order", "name,kind,id\na,I,#1\n", A),
    _log("small letters for a kind", "kind,id,name\ni,#1,a\n", aside=((2, "op"),)),
    _log("windows' line ends", "kind,id,name\r\nI,#1,a\r\n", A),
    Case("no column of kinds", LOGGED, text("id,name\n#1,a\n"), stops='lacks declared columns: "kind"'),
    Case("an empty log", LOGGED, text(""), stops="is empty: it has not even a header"),
    Case("a column more", LOGGED, text("kind,id,name,x\nI,#1,a,b\n"), stops='has columns that are not declared: "x"'),
    Case("a column missing", LOGGED, text("kind,id\nI,#1\n"), stops='lacks declared columns: "name"'),
    Case("another encoding", LOGGED, text("kind,id,name\nI,#1,a\n", "utf-16"), stops="is not utf-8"),
)
SEMI = Table(
    "semi",
    "id: int\nname: string\np: decimal(8,2)",
    text("id;name;p\n#1;good;1,5\n"),
    shown="id, name, cast(p as string) as p",
    more="format: {delimiter: ';', decimal: ',', quote: \"'\", empty: [NA, '-']}",
)
OTHER = (
    Case("a comma in a number", SEMI, text("id;name;p\n#1;a;1,25\n"), ((1, "a", "1.25"),)),
    Case("a point in a number", SEMI, text("id;name;p\n#1;a;1.25\n"), aside=((2, "p:type"),)),
    Case("thousands in a number", SEMI, text("id;name;p\n#1;a;1.234,50\n"), aside=((2, "p:type"),)),
    Case("words for null", SEMI, text("id;name;p\n#1;NA;-\n"), ((1, None, None),)),
    Case("nothing is not null there", SEMI, text("id;name;p\n#1;;NA\n"), ((1, "", None),)),
    Case("nothing is no number there", SEMI, text("id;name;p\n#1;a;\n"), aside=((2, "p:type"),)),
    Case("another quote", SEMI, text("id;name;p\n#1;'a;b';NA\n"), ((1, "a;b", None),)),
    Case("the usual quote is a letter", SEMI, text('id;name;p\n#1;"a";NA\n'), ((1, '"a"', None),)),
    Case("a comma is a letter", SEMI, text("id;name;p\n#1;a,b;NA\n"), ((1, "a,b", None),)),
    Case("a comma between", SEMI, text("id,name,p\n#1,a,1\n"), stops='has "," between its cells'),
)
LATIN = Table("latin", NAMED, text("id,name\n#1,good\n"), more="format: {encoding: latin-1}")
WIDE16 = Table("wide16", NAMED, text("id,name\n#1,good\n", "utf-16"), more="format: {encoding: utf-16}")
BARE = Table("bare", NAMED, text("#1,good\n"), more="format: {header: false}")
ENCODED = (
    Case("latin-1 as said", LATIN, text("id,name\n#1,Größe\n", "latin-1"), ((1, "Größe"),)),
    Case("UTF-8 where latin-1 is said", LATIN, text("id,name\n#1,ö\n"), ((1, "Ã¶"),)),
    Case("latin-1 and a torn row", LATIN, text("id,name\n#1,é\n#2\n", "latin-1"), ((1, "é"),), ((3, "row"),)),
    Case("UTF-16 as said", WIDE16, text("id,name\n#1,Größe\n", "utf-16"), ((1, "Größe"),)),
    Case("UTF-16 and a torn row", WIDE16, text("id,name\n#1,é\n#2\n", "utf-16"), ((1, "é"),), ((3, "row"),)),
    Case("UTF-16 the other way round", WIDE16, raw(b""), stops="is empty"),
    Case("UTF-8 where UTF-16 is said", WIDE16, text("id,name\n#1,a\n"), stops="is not utf-16"),
    Case("no header and none is said", BARE, text("#1,a\n#2,b\n"), (A, B)),
    Case("a header though none is said", BARE, text("id,name\n#1,a\n"), (A,), ((1, "id:type"),)),
    Case("no header and a torn row", BARE, text("#1,a\n#2\n"), (A,), ((2, "row"),)),
    Case("no header and nothing", BARE, text("")),
    Case("no header and a mark", BARE, text("\ufeff#1,a\n"), (A,)),
)
CASES = (*LINES, *_every(), *CHANGES, *OTHER, *ENCODED)
