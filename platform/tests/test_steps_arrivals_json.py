"""JSON as systems send it, from its lines to typed columns and to the quarantine."""

import gzip
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from arrivals_world import Arrivals

LINES = "in/*.jsonl"


@pytest.fixture
def shop(tmp_path: Path) -> Arrivals:
    return Arrivals(tmp_path)


def test_a_column_is_found_by_its_name_or_its_path(shop: Arrivals) -> None:
    shop.thing(
        """
        id: int
        kind: {type: string, as: eventType}
        os: {type: string, as: $.device.os}
        first: {type: string, as: "$.tags[0]"}
        odd: {type: string, as: "$['a.b c']"}
        deep: {type: int, as: "$['x y'].k[1].v"}
        whole: {type: string, as: $.device}
        """,
        come=LINES,
    )
    shop.put(
        "in/a.jsonl",
        '{"id":1,"eventType":"rent","device":{"os":"ios","v":[1,2]},"tags":["a","b"],"a.b c":"w"}\n'
        '{"id":"2","eventType":null,"device":{"os":7},"tags":[],"x y":{"k":[0,{"v":5}]}}\n'
        '{"id":3,"device":null}\n',
    )
    assert shop.take() == {"read": 3, "inserted": 3}
    assert shop.rows("thing", "id, kind, os, first, odd, deep, whole") == [
        (1, "rent", "ios", "a", "w", None, '{"os":"ios","v":[1,2]}'),
        (2, None, "7", None, None, 5, '{"os":7}'),
        (3, None, None, None, None, None, None),
    ]


def test_lists_maps_and_structs_become_typed_columns(shop: Arrivals) -> None:
    shop.thing(
        """
        id: int
        a: array<int>
        m: map<string,int>
        s: struct<sku:string,qty:int>
        l: array<struct<sku:string,qty:int>>
        k: boolean
        d: date
        t: timestamp
        """,
        come=LINES,
    )
    shop.put(
        "in/a.jsonl",
        '{"id":1,"a":[1,2],"m":{"x":1},"s":{"sku":"k","qty":2,"more":3},"l":[{"sku":"q","qty":1}],"k":true,'
        '"d":"2024-01-01","t":"2024-01-01T10:00:00Z"}\n'
        '{"id":2,"a":[],"m":{},"s":{},"l":[]}\n'
        '{"id":3,"a":"no"}\n{"id":4,"a":["x"]}\n{"id":5,"m":[1]}\n{"id":6,"k":"maybe"}\n',
    )
    assert shop.take() == {"read": 6, "inserted": 2, "quarantined": 4}
    assert shop.rows("thing", "id, a, m['x'] as x, s, l, k, d, t") == [
        (
            *(1, [1, 2], 1, {"sku": "k", "qty": 2}, [{"sku": "q", "qty": 1}], True),
            *(date(2024, 1, 1), datetime(2024, 1, 1, 10, tzinfo=UTC)),
        ),
        (2, [], None, {"sku": None, "qty": None}, [], None, None, None),
    ]
    told = [(3, "a:type", "no"), (4, "a:type", '["x"]'), (5, "m:type", None), (6, "k:type", None)]
    assert shop.aside("_source_line, _rule, get_json_object(_raw, '$.a') as a") == told


def test_big_numbers_keep_every_digit(shop: Arrivals) -> None:
    shop.thing("id: bigint\nd: 'decimal(38,0)'\nf: 'decimal(38,18)'\nx: double\nt: string", come=LINES)
    shop.put(
        "in/a.jsonl",
        '{"id":9223372036854775807,"d":12345678901234567890123456789012345678,"f":-1234567890.012345678901234567,'
        '"x":0.30000000000000004,"t":"a \\"1.23456789012345678\\" b"}\n'
        '{"id":9223372036854775808}\n{"id":10.5}\n{"d":1e40}\n',
    )
    assert shop.take() == {"read": 4, "inserted": 1, "quarantined": 3}
    assert shop.rows("thing", "id, d, f, x, t") == [
        (
            *(2**63 - 1, Decimal(12345678901234567890123456789012345678), Decimal("-1234567890.012345678901234567")),
            *(0.30000000000000004, 'a "1.23456789012345678" b'),
        )
    ]
    assert shop.aside("_source_line, _rule") == [(2, "id:type"), (3, "id:type"), (4, "d:type")]


def test_a_line_that_is_not_one_object_is_set_aside_as_it_stands(shop: Arrivals) -> None:
    shop.thing("id: int\nname: string", come=LINES)
    good = '{"id":1,"name":"a"}\n'
    bad = '{"id":2,"name":"b"\nnot json\n\n[1,2]\n"x"\n{"id":3}{"id":4}\n{"id":"x"}\n'
    shop.put("in/a.jsonl", good + bad + '{"id":5,"name":"e"}')
    assert shop.take() == {"read": 8, "inserted": 2, "quarantined": 6}
    assert shop.rows("thing", "id, name") == [(1, "a"), (5, "e")]
    assert shop.aside() == [
        (2, "row", '{"id":2,"name":"b"'),
        (3, "row", "not json"),
        (5, "row", "[1,2]"),
        (6, "row", '"x"'),
        (7, "row", '{"id":3}{"id":4}'),
        (8, "id:type", '{"id":"x"}'),
    ]


def test_line_ends_marks_escapes_and_empty_files(shop: Arrivals) -> None:
    shop.thing("id: int\nname: string", come=LINES)
    shop.put("in/a.jsonl", "")
    shop.put("in/b.jsonl", "\n\n")
    shop.put("in/c.jsonl", '{"id":1,"name":"a\\u00e9\\"q\\" \\n ,"}\r\n{"id":2,"name":"\\ud83d\\ude00"}\r\n')
    shop.put("in/d.jsonl", b'\xef\xbb\xbf{"id":3,"name":""}\n')
    assert shop.take() == {"read": 3, "inserted": 3}
    assert shop.rows("thing", "id, name") == [(1, 'aé"q" \n ,'), (2, "😀"), (3, "")]


@pytest.mark.parametrize(
    ("encoding", "raw"), [("latin-1", '{"id":"x","name":"é"}'), ("utf-16", '{"id":"x","name":"é"}')]
)
def test_json_in_another_encoding(shop: Arrivals, encoding: str, raw: str) -> None:
    shop.thing("id: int\nname: string", come=LINES, more=f"format: {{encoding: {encoding}}}")
    shop.put("in/a.jsonl", '{"id":1,"name":"Größe"}\n{"id":"x","name":"é"}\nbroken é\n'.encode(encoding))
    assert shop.take() == {"read": 3, "inserted": 1, "quarantined": 2}
    assert shop.rows("thing", "id, name") == [(1, "Größe")]
    assert shop.aside() == [(2, "id:type", raw), (3, "row", "broken é")]


def test_bytes_that_are_no_letters_spoil_one_line(shop: Arrivals) -> None:
    shop.thing("id: int\nname: string", come=LINES)
    shop.put("in/a.jsonl", b'{"id":1,"name":"ok"}\n{"id":2,"name":"Gr\xf6"}\n{"id":3}\n')
    assert shop.take() == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.aside() == [(2, "row", '{"id":2,"name":"Gr\\xf6"}')]


def test_the_words_of_format_hold_for_json_too(shop: Arrivals) -> None:
    shop.thing(
        "id: int\nd: date\nt: timestamp\nname: string",
        come=LINES,
        more="format: {dates: dd-MM-yyyy, timestamps: yyyyMMddHHmmss, time_zone: America/New_York, empty: [NA, '']}",
    )
    shop.put(
        "in/a.jsonl",
        '{"id":1,"d":"31-01-2024","t":"20240131120000","name":"na"}\n{"id":2,"d":"NA","t":"","name":"NA"}\n'
        '{"id":3,"d":"2024-01-31"}\n',
    )
    assert shop.take() == {"read": 3, "inserted": 2, "quarantined": 1}
    assert shop.rows("thing", "id, d, t, name") == [
        (1, date(2024, 1, 31), datetime(2024, 1, 31, 17, tzinfo=UTC), "na"),
        (2, None, None, None),
    ]
    assert shop.aside("_source_line, _rule") == [(3, "d:type")]


def test_packed_lines_are_lines(shop: Arrivals) -> None:
    shop.thing("id: int\nname: string", come="in/*.jsonl.gz")
    shop.put("in/a.jsonl.gz", gzip.compress(b'{"id":1,"name":"a\\nb"}\n{"id":"x"}\n'))
    assert shop.take() == {"read": 2, "inserted": 1, "quarantined": 1}
    assert shop.rows("thing", "id, name") == [(1, "a\nb")]
    assert shop.aside("_source_line, _rule") == [(2, "id:type")]


def test_a_json_file_may_be_one_array_which_must_be_whole(shop: Arrivals) -> None:
    shop.thing("id: int", come="in/*.json")
    shop.put("in/a.json", '[{"id":1},\n {"id":2}, 5, {"id":"x"}]')
    shop.put("in/b.json", '{"id":3}\n{"id":4}\n')
    assert shop.take() == {"read": 6, "inserted": 4, "quarantined": 2}
    assert shop.rows("thing", "id") == [(1,), (2,), (3,), (4,)]
    assert shop.aside("_rule, _raw") == [("id:type", '{"id":"x"}'), ("row", "5")]
    shop.put("in/c.json", '[{"id":5},\n {"id":6')
    ran = shop.run()
    assert ran.state == "failed"
    assert "a file is not whole: Malformed JSON in file" in ran.tables[0].note
    assert "in/c.json" in ran.tables[0].note
    assert shop.rows("thing", "id") == [(1,), (2,), (3,), (4,)]


NESTED = "id: int\nos: {type: string, as: $.device.os}"
EXTRA = '{"id":1,"device":{"os":"ios"},"b":{"c":[1,null]}}\n{"id":2}\n{"id":3,"z":"1"}\n'


@pytest.mark.parametrize(
    ("more", "columns", "expected"),
    [
        ("", "id, os", [(1, "ios"), (2, None), (3, None)]),
        (
            "extra: store",
            "id, os, _extra",
            [(1, "ios", '{"b":{"c":[1,null]}}'), (2, None, None), (3, None, '{"z":"1"}')],
        ),
    ],
)
def test_undeclared_keys_are_left_out_or_kept(
    shop: Arrivals, more: str, columns: str, expected: list[tuple[object, ...]]
) -> None:
    shop.thing(NESTED, come=LINES, more=more)
    shop.put("in/a.jsonl", EXTRA)
    assert shop.take() == {"read": 3, "inserted": 3}
    assert shop.rows("thing", columns) == expected


def test_undeclared_keys_stop_where_they_must_and_are_named(shop: Arrivals) -> None:
    shop.thing(NESTED, come=LINES, more="extra: stop")
    shop.put("in/a.jsonl", EXTRA)
    said = shop.stop()
    assert "Rows have declared keys only. 2 of 3 rows fail (domains/shop/orders/ingest/thing.yaml)" in said
    assert "These keys are not declared (extra: stop): b. 1 of 3 rows fails" in said
    assert "These keys are not declared (extra: stop): z. 1 of 3 rows fails" in said
    assert shop.aside("_source_line, _rule") == [(1, "extra"), (3, "extra")]
    shop.thing(NESTED + "\nb: string\nz: int", come=LINES, more="extra: stop")
    assert shop.take() == {"read": 3, "inserted": 3}
    assert shop.rows("thing", "id, b, z") == [(1, '{"c":[1,null]}', None), (2, None, None), (3, None, 1)]
    assert shop.aside() == []


def test_a_default_stands_in_for_a_missing_key_and_for_null(shop: Arrivals) -> None:
    shop.thing("id: int\nname: {type: string, default: none}\nn: int not null", come=LINES)
    shop.put("in/a.jsonl", '{"id":1,"n":1}\n{"id":2}\n{"id":3,"name":"","n":2}\n{"id":4,"name":null,"n":2}\n')
    assert shop.take() == {"read": 4, "inserted": 3, "quarantined": 1}
    assert shop.rows("thing", "id, name") == [(1, "none"), (3, ""), (4, "none")]
    assert shop.aside() == [(2, "n:not_null", '{"id":"2"}')]
