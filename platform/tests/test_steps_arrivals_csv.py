"""CSV as people send it, from its bytes to what readers see and to the quarantine."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from arrivals_world import Arrivals

NAMED = "id: int\nname: string"


@pytest.fixture
def shop(tmp_path: Path) -> Arrivals:
    return Arrivals(tmp_path)


def test_a_delimiter_and_a_quote_of_its_own(shop: Arrivals) -> None:
    shop.thing(NAMED, more="format: {delimiter: ';', quote: \"'\"}")
    shop.put("in/a.csv", "id;name\n1;'a;b'\n2;'it''s'\n3;\"x\"\n4;\n")
    assert shop.take() == {"read": 4, "inserted": 4}
    assert shop.rows("thing", "id, name") == [(1, "a;b"), (2, "it's"), (3, '"x"'), (4, None)]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "cp1252"])
def test_letters_and_lines_are_right_in_every_encoding(shop: Arrivals, encoding: str) -> None:
    shop.thing(NAMED, more=f"format: {{encoding: {encoding}}}")
    shop.put("in/a.csv", "id,name\n1,Größe\n2,ÿé\nx,ü\n3\n".encode(encoding))
    assert shop.take() == {"read": 4, "inserted": 2, "quarantined": 2}
    assert shop.rows("thing", "id, name") == [(1, "Größe"), (2, "ÿé")]
    assert shop.aside() == [(4, "id:type", '{"id":"x","name":"ü"}'), (5, "row", "3")]


def test_a_line_in_another_encoding_is_one_bad_row_and_a_header_in_another_stops(shop: Arrivals) -> None:
    shop.thing(NAMED)
    broken = shop.put("in/a.csv", b"id,n\xe4me\n1,a\n")
    assert "a.csv is not utf-8: invalid continuation byte at byte 4" in shop.stop()
    broken.write_bytes(b"id,name\n1,ok\n2,Gr\xf6\xdfe\n3,ok\n")
    assert shop.take() == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.aside() == [(3, "row", "2,Gr\\xf6\\xdfe")]


def test_a_comma_before_fractions(shop: Arrivals) -> None:
    shop.thing("id: int\na: decimal(8,2)\nb: double", more="format: {delimiter: ';', decimal: ','}")
    shop.put("in/a.csv", "id;a;b\n1;3,50;1,5e3\n2;1.234,50;1\n")
    assert shop.take() == {"read": 2, "inserted": 1, "quarantined": 1}
    assert shop.rows("thing", "a, b") == [(Decimal("3.50"), 1500.0)]
    assert shop.aside("_source_line, _rule") == [(3, "a:type")]


def test_dates_and_times_are_read_by_their_patterns_and_no_others(shop: Arrivals) -> None:
    shop.thing(
        "id: int\nd: date\nt: timestamp\nn: timestamp_ntz",
        more="format: {dates: dd-MM-yyyy, timestamps: dd/MM/yyyy HH:mm}",
    )
    shop.put(
        "in/a.csv",
        "id,d,t,n\n1,31-01-2024,31/01/2024 13:45,01/02/2024 00:00\n"
        "2,2024-01-31,,\n3,,2024-01-31 13:45:00,\n4,30-02-2024,,\n",
    )
    assert shop.take() == {"read": 4, "inserted": 1, "quarantined": 3}
    assert shop.rows("thing", "d, t, n") == [
        (date(2024, 1, 31), datetime(2024, 1, 31, 13, 45, tzinfo=UTC), datetime(2024, 2, 1))
    ]
    assert shop.aside("_source_line, _rule") == [(3, "d:type"), (4, "t:type"), (5, "d:type")]


def test_local_times_follow_their_zone_through_both_changes_of_the_clock(shop: Arrivals) -> None:
    shop.thing("id: int\nt: timestamp", more="format: {time_zone: Europe/Amsterdam}")
    local = {
        "2024-01-15 12:00:00": "2024-01-15T11:00:00",
        "2024-03-31 01:59:59": "2024-03-31T00:59:59",
        # This half hour is not on any clock: Java, and so Spark, moves it on by the hour that is left out.
        "2024-03-31 02:30:00": "2024-03-31T01:30:00",
        "2024-03-31 03:00:00": "2024-03-31T01:00:00",
        "2024-07-15 12:00:00": "2024-07-15T10:00:00",
        # This one is there twice: the first is meant.
        "2024-10-27 02:30:00": "2024-10-27T00:30:00",
        "2024-10-27 03:00:00": "2024-10-27T02:00:00",
        # What names its own zone is an instant already.
        "2024-07-15T12:00:00Z": "2024-07-15T12:00:00",
        "2024-07-15T12:00:00+05:00": "2024-07-15T07:00:00",
    }
    shop.put("in/a.csv", "id,t\n" + "".join(f"{n},{text}\n" for n, text in enumerate(local, 1)))
    assert shop.take() == {"read": 9, "inserted": 9}
    expected = [(n, datetime.fromisoformat(text).replace(tzinfo=UTC)) for n, text in enumerate(local.values(), 1)]
    assert shop.rows("thing", "id, t") == expected


def test_without_a_header_columns_come_in_the_order_in_which_they_are_declared(shop: Arrivals) -> None:
    shop.thing(NAMED, more="format: {header: false}")
    shop.put("in/a.csv", "1,a\nx,b\n3\n")
    shop.put("in/b.csv", b"\xef\xbb\xbf4,d\n")
    assert shop.take() == {"read": 4, "inserted": 2, "quarantined": 2}
    assert shop.rows("thing", "id, name") == [(1, "a"), (4, "d")]
    assert shop.aside() == [(2, "id:type", '{"id":"x","name":"b"}'), (3, "row", "3")]


def test_only_what_is_said_to_stand_for_null_is_null(shop: Arrivals) -> None:
    shop.thing("id: int\nname: string\nn: int", more="format: {empty: [NA, '-']}")
    shop.put("in/a.csv", 'id,name,n\n1,NA,-\n2,,3\n3,na,"NA"\n4,x,\n')
    assert shop.take() == {"read": 4, "inserted": 3, "quarantined": 1}
    assert shop.rows("thing", "id, name, n") == [(1, None, None), (2, "", 3), (3, "na", None)]
    assert shop.aside() == [(5, "n:type", '{"id":"4","name":"x","n":""}')]


def test_headers_in_any_order_with_capitals_and_spaces_and_under_other_names(shop: Arrivals) -> None:
    shop.thing("id: int\nname: {type: string, as: Full Name}\nn: int")
    shop.put("in/a.csv", "id,Full Name,n\n1,a,1\n")
    shop.put("in/b.csv", " N ,ID,FULL NAME\n2,2,b\n")
    shop.put("in/c.csv", "full name , n,Id\nc,3,3\nd,x,4\n")
    assert shop.take() == {"read": 4, "inserted": 3, "quarantined": 1}
    assert shop.rows("thing", "id, name, n") == [(1, "a", 1), (2, "b", 2), (3, "c", 3)]
    assert shop.aside() == [(3, "n:type", '{"id":"4","name":"d","n":"x"}')]


def test_numbers_fit_their_types_to_the_last_digit(shop: Arrivals) -> None:
    shop.thing("i: int\nb: bigint\nd: 'decimal(38,2)'\nk: boolean")
    big = "123456789012345678901234567890123456.78"
    good = f"1,9223372036854775807,{big},true\n 2 ,-9223372036854775808, 1.5 ,no\n"
    bad = "1.5,,,\n1e3,,,\n2147483648,,,\n,9223372036854775808,,\n,,1234567890123456789012345678901234567,\n,,,maybe\n"
    shop.put("in/a.csv", "i,b,d,k\n" + good + bad)
    assert shop.take() == {"read": 8, "inserted": 2, "quarantined": 6}
    assert shop.rows("thing", "i, b, d, k") == [
        (1, 2**63 - 1, Decimal(big), True),
        (2, -(2**63), Decimal("1.50"), False),
    ]
    told = [(4, "i:type"), (5, "i:type"), (6, "i:type"), (7, "b:type"), (8, "d:type"), (9, "k:type")]
    assert shop.aside("_source_line, _rule") == told


def test_line_ends_inside_quotes_are_text_and_lines_are_counted_as_an_editor_does(shop: Arrivals) -> None:
    shop.thing(NAMED)
    text = 'id,name\n1,"a\nb\nc"\nx,"d"\n3\n4,"e\n\nf"\ny,"g\nh"\n5,z,z\n'
    shop.put("in/a.csv", text)
    shop.put("in/b.csv", text.replace("\n", "\r\n"))
    assert shop.take() == {"read": 12, "inserted": 4, "quarantined": 8}
    assert [name for (name,) in shop.rows("thing", "name")] == ["a\nb\nc", "a\r\nb\r\nc", "e\n\nf", "e\r\n\r\nf"]
    for file in ("a", "b"):
        told = [
            row[1:] for row in shop.aside("_source_file, _source_line, _rule") if str(row[0]).endswith(f"{file}.csv")
        ]
        assert sorted(told) == [(5, "id:type"), (6, "row"), (10, "id:type"), (12, "row")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do_the_last_may_be_missing_and_a_mark_may_come_first(shop: Arrivals, end: str) -> None:
    shop.thing(NAMED)
    shop.put("in/a.csv", b"\xef\xbb\xbf" + end.join(["id,name", "1,a", "x,b", "2,c"]).encode())
    assert shop.take() == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.rows("thing", "id, name") == [(1, "a"), (2, "c")]
    assert shop.aside("_source_line, _rule") == [(3, "id:type")]


def test_line_ends_of_two_kinds_in_one_file_even_far_into_it(shop: Arrivals) -> None:
    shop.thing(NAMED)
    lines = "".join(f"{n},abcdefghij\n" for n in range(200_000))
    shop.put("in/a.csv", f"id,name\n{lines}-1,x\r\n-2,y\nq,z\r\n")
    assert shop.take() == {"read": 200_003, "inserted": 200_002, "quarantined": 1}
    assert shop.rows("thing", "count(*), min(id)") == [(200_002, -2)]
    assert shop.aside() == [(200_004, "id:type", '{"id":"q","name":"z"}')]


def test_empty_lines_are_no_rows_but_count_as_lines(shop: Arrivals) -> None:
    shop.thing(NAMED)
    shop.put("in/a.csv", "id,name\n\n1,a\n\n\nx,b\n\n3\n\n")
    assert shop.take() == {"read": 3, "inserted": 1, "quarantined": 2}
    assert shop.aside("_source_line, _rule") == [(6, "id:type"), (8, "row")]


def test_a_header_alone_is_no_rows_and_an_empty_file_is_a_mistake(shop: Arrivals) -> None:
    shop.thing(NAMED)
    empty = shop.put("in/a.csv", "")
    assert shop.stop() == ("shop/orders/in/a.csv is empty: it has not even a header\n  → land it again, or remove it")
    empty.write_text("id,name")
    shop.put("in/b.csv", "id,name\n")
    assert shop.take() == {"read": 0}
    shop.put("in/c.csv", "id,name\n1,a\n")
    assert shop.take() == {"read": 1, "inserted": 1}
    assert shop.rows("thing", "id, name") == [(1, "a")]


def test_quotes_that_do_not_match_spoil_no_other_line(shop: Arrivals) -> None:
    shop.thing(NAMED)
    shop.put("in/a.csv", 'id,name\n1,a "b" c\n2,"b" x\n3,c"\n4,d\n')
    shop.put("in/b.csv", 'id,name\n5,e\n6,"f\n7,g\n')
    assert shop.take() == {"read": 6, "inserted": 4, "quarantined": 2}
    assert shop.rows("thing", "id, name") == [(1, 'a "b" c'), (3, 'c"'), (4, "d"), (5, "e")]
    assert shop.aside() == [(3, "row", '2,"b" x'), (3, "row", '6,"f\n7,g')]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_carriage_return_that_ends_a_line_too_early_is_told(shop: Arrivals, end: str) -> None:
    shop.thing(f"{NAMED}\nmore: string")
    shop.put("in/a.csv", end.join(["id,name,more", "1,a,x", "2,b\rc,y", "3,d", "4,e,z", "5,f,u", ""]))
    shop.take()
    told = shop.aside("_source_line, _reason")
    said = (
        "The line has 2 cells, and 3 are expected; a carriage return (CR) outside of quotes ends a line of this file."
    )
    assert told == [(3, said), (4, said), (5, said)]


@pytest.mark.parametrize(
    ("extra", "columns", "expected"),
    [("ignore", "id", [(1,), (2,), (3,)]), ("store", "id, _extra", [(1, '{"b":"x"}'), (2, None), (3, None)])],
)
def test_undeclared_columns_are_left_out_or_kept(
    shop: Arrivals, extra: str, columns: str, expected: list[tuple[object, ...]]
) -> None:
    shop.thing("id: int", more=f"extra: {extra}")
    shop.put("in/a.csv", "id,b,c d\n1,x,\n2,,\n")
    shop.put("in/b.csv", "id\n3\n")
    assert shop.take() == {"read": 3, "inserted": 3}
    assert shop.rows("thing", columns) == expected


def test_arrays_and_maps_in_a_cell_are_json(shop: Arrivals) -> None:
    shop.thing("id: int\na: array<int>\nm: 'map<string,int>'", more="format: {delimiter: ';'}")
    shop.put("in/a.csv", 'id;a;m\n1;[1,2];"{""x"":1}"\n2;;\n3;1,2;\n')
    assert shop.take() == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.rows("thing", "id, a, m['x'] as x") == [(1, [1, 2], 1), (2, None, None)]
    assert shop.aside("_source_line, _rule") == [(4, "a:type")]
