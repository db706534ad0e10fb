"""Every way of arriving: files by pattern, folder and manifest, seeds, DMS, streams; and what a header must say."""

import gzip
import io
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from arrivals_world import Arrivals, balanced

NAMED = "id: int\nname: string"
LOG = """
description: Things.
from: {source: crm, table: sales.thing}
key: [id]
max_bad: 90 %
columns:
  id: int
  name: string
"""
FULL, CHANGES = "shop/crm/sales/thing/LOAD00000001", "shop/crm/sales/thing"


@pytest.fixture
def shop(tmp_path: Path) -> Arrivals:
    return Arrivals(tmp_path)


def test_thousands_of_files_are_one_run_and_one_more_is_one_more(shop: Arrivals) -> None:
    shop.thing(NAMED, come="in/**/*.csv")
    for n in range(1500):
        bad = "x,bad\n" if n % 500 == 0 else ""
        shop.put(f"in/{n % 7}/{n}.csv", f"id,name\n{n},a\n{bad}")
    assert shop.take() == {"read": 1503, "inserted": 1500, "quarantined": 3}
    assert shop.rows("thing", "count(distinct id), count(distinct _source_file)") == [(1500, 1500)]
    assert shop.aside("_source_file, _source_line") == [
        ("shop/orders/in/0/0.csv", 3),
        ("shop/orders/in/3/500.csv", 3),
        ("shop/orders/in/6/1000.csv", 3),
    ]
    shop.put("in/8/new.csv", "id,name\n1500,a\n")
    assert shop.take() == {"read": 1, "inserted": 1}
    assert shop.take() == {"read": 0}


def test_packed_files_are_read_as_the_others(shop: Arrivals) -> None:
    shop.thing(NAMED, come="in/*.csv.gz")
    shop.put("in/a.csv.gz", gzip.compress(b"id,name\n1,a\nx,b\n3\n"))
    # As one file after the other, which is how logs are packed.
    shop.put("in/b.csv.gz", gzip.compress(b"id,name\n4,a\n") + gzip.compress(b"5,b\n"))
    assert shop.take() == {"read": 5, "inserted": 3, "quarantined": 2}
    assert shop.rows("thing", "id") == [(1,), (4,), (5,)]
    assert shop.aside() == [(3, "id:type", '{"id":"x","name":"b"}'), (4, "row", "3")]


def test_the_newest_file_is_the_whole_table(shop: Arrivals) -> None:
    shop.thing(NAMED, write="replace", more="take: newest")
    old, new = shop.put("in/z.csv", "id,name\n1,a\n"), shop.put("in/a.csv", "id,name\n2,b\n3,c\n")
    os.utime(old, (1_000_000, 1_000_000))
    os.utime(new, (2_000_000, 2_000_000))
    assert shop.take() == {"read": 2, "inserted": 2}
    assert shop.rows("thing", "id, name") == [(2, "b"), (3, "c")]
    assert shop.take() == {"read": 0}


def test_a_folder_is_taken_when_it_is_finished(shop: Arrivals) -> None:
    shop.thing(NAMED, come="in/*/part-*.csv", more="delivery: folder")
    shop.put("in/monday/part-1.csv", "id,name\n1,a\n")
    assert shop.take() == {"read": 0}
    shop.put("in/monday/part-2.csv", "id,name\n2,b\n")
    shop.put("in/monday/_SUCCESS", "")
    shop.put("in/tuesday/part-1.csv", "id,name\n3,c\n")
    assert shop.take() == {"read": 2, "inserted": 2}
    assert shop.rows("thing", "id") == [(1,), (2,)]


def test_a_manifest_says_what_is_there(shop: Arrivals) -> None:
    shop.thing(NAMED, more="delivery: manifest")
    for n, name in enumerate("abc"):
        shop.put(f"in/{name}.csv", f"id,name\n{n},{name}\n")
    assert shop.take() == {"read": 0}
    shop.put("in/one.manifest", '{"files": ["c.csv", "a.csv"]}')
    assert shop.take() == {"read": 2, "inserted": 2}
    assert shop.rows("thing", "name") == [("a",), ("c",)]
    shop.put("in/two.manifest", '["b.csv", "d.csv"]')
    ran = shop.run()
    assert ran.state == "stopped"
    assert "in/two.manifest lists shop/orders/in/d.csv, which is not there" in ran.tables[0].note


def test_a_seed_comes_from_git_and_again_when_it_changed(shop: Arrivals) -> None:
    shop.thing("code: string\nname: string", come="{seed: country.csv}", write="replace", more="key: [code]")
    shop.write("domains/shop/orders/seed/country.csv", "code,name\nNL,Netherlands\nDE,\n")
    assert shop.take() == {"read": 2, "inserted": 2}
    assert shop.take() == {"read": 0}
    shop.write("domains/shop/orders/seed/country.csv", "code,name\nNO,Norway\n")
    assert shop.take() == {"read": 1, "inserted": 1}
    assert shop.rows("thing", "code, name, _source_file") == [("NO", "Norway", "domains/shop/orders/seed/country.csv")]


def test_columns_may_stand_in_a_file_of_their_own(shop: Arrivals) -> None:
    shop.ingest("thing", "description: Things.\nfrom: in/*.csv\nwrite: append\nmax_bad: 90 %\n")
    shop.write(
        "domains/shop/orders/ingest/thing.columns.csv",
        "name,type,as,description,one_of,range,default\nid,int not null,Thing ID,Its number.,,,\n"
        'state,string,,"New, or paid.",new|paid,,new\namount,"decimal(8,2)",,,,0..,\n',
    )
    shop.put("in/a.csv", "amount,Thing ID\n1.5,1\n-1,2\n")
    shop.put("in/b.csv", "STATE,thing id,amount\npaid,3,2\nlost,4,2\n,5,\n")
    assert shop.take() == {"read": 5, "inserted": 3, "quarantined": 2}
    states = shop.rows("thing", "id, state, cast(amount as string) as amount")
    assert states == [(1, "new", "1.50"), (3, "paid", "2.00"), (5, "new", None)]
    assert shop.aside("_source_line, _rule") == [(3, "amount:range"), (3, "state:one_of")]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (
            "id,name,phone,Home Town",
            (
                'in/a.csv has columns that are not declared: "phone", "Home Town"\n'
                "  → declare them in domains/shop/orders/ingest/thing.yaml below `columns:`, or say `extra: ignore`\n"
                '      phone: string\n      home_town: {type: string, as: "Home Town"}'
            ),
        ),
        (
            "id",
            (
                'in/a.csv lacks declared columns: "name"\n  → land the file again with them; or, where a file '
                "may lack a column, say what then stands there: `default:` at name in "
                "domains/shop/orders/ingest/thing.yaml; or take the column out of the contract"
            ),
        ),
        (
            "id,Full Name",
            (
                'in/a.csv has columns that are not declared: "Full Name", and lacks declared columns: "name"\n'
                "  → if it was renamed, say so in domains/shop/orders/ingest/thing.yaml below `columns:`\n"
                '      name: {type: string, as: "Full Name"}'
            ),
        ),
        (
            "id,name,Name ",
            (
                'in/a.csv has two columns that are one name: "name" and "Name "\n'
                "  → headers match after lowering and trimming; rename one of them where the file is made"
            ),
        ),
    ],
)
def test_a_header_that_does_not_match_stops_with_what_to_write(shop: Arrivals, header: str, told: str) -> None:
    shop.thing(NAMED)
    shop.put("in/a.csv", f"{header}\n{','.join('1' * len(header.split(',')))}\n")
    assert shop.stop() == f"shop/orders/{told}"


def test_a_default_stands_in_for_a_missing_column_and_an_empty_cell(shop: Arrivals) -> None:
    shop.thing("id: int\ncolour: {type: string, default: red}\nd: {type: date, default: 2024-01-01}")
    shop.put("in/a.csv", "id\n1\n")
    shop.put("in/b.csv", "id,colour,d\n2,,\n3,blue,2025-01-01\n4,,soon\n")
    assert shop.take() == {"read": 4, "inserted": 3, "quarantined": 1}
    assert shop.rows("thing", "id, colour, cast(d as string) as d") == [
        (1, "red", "2024-01-01"),
        (2, "red", "2024-01-01"),
        (3, "blue", "2025-01-01"),
    ]


def test_dms_changes_count_by_the_time_in_their_names_whatever_folder_they_lie_in(shop: Arrivals) -> None:
    shop.write("domains/shop/sources.yaml", "crm: {by: dms, engine: postgres, secret: crm/reader}\n")
    shop.ingest("thing", LOG)
    shop.put(f"{FULL}.csv", "id,name\n1,a\n2,b\nx,q\n")
    shop.put(f"{CHANGES}/2024/01/02/20240102-000000000.csv", "Op,id,name\nU,1,z\nD,2,\nI,3,c\nU,3,d\n")
    shop.put(f"{CHANGES}/20240101-000000000.csv.gz", gzip.compress(b"Op,id,name\nU,1,y\n"))
    assert shop.take() == {"read": 8, "inserted": 2, "deleted": 1, "superseded": 4, "quarantined": 1}
    assert shop.rows("thing", "id, name") == [(1, "z"), (3, "d")]
    assert shop.aside("_source_line, _rule") == [(4, "id:type")]
    # What comes late by a folder of another kind is late all the same.
    shop.put(f"{CHANGES}/20240101-120000000.csv", "Op,id,name\nU,1,late\nU,2,dead\nU,3,late\n")
    shop.put(f"{CHANGES}/2024/01/03/20240103-000000000.csv", "Op,id,name\nU,3,e\n")
    assert balanced(shop.run())["read"] == 4
    assert shop.rows("thing", "id, name") == [(1, "z"), (3, "e")]


def test_dms_may_write_parquet(shop: Arrivals) -> None:
    def parquet(**columns: object) -> bytes:
        out = io.BytesIO()
        pq.write_table(pa.table(columns), out)
        return out.getvalue()

    shop.write("domains/shop/sources.yaml", "crm: {by: dms, engine: postgres, secret: crm/reader}\n")
    shop.ingest("thing", LOG)
    shop.put(f"{FULL}.parquet", parquet(id=[1, 2], name=["a", "b"]))
    shop.put(f"{CHANGES}/20240101-000000000.parquet", parquet(Op=["U", "D"], id=[1, 2], name=["c", None]))
    assert shop.take() == {"read": 4, "inserted": 1, "deleted": 1, "superseded": 2}
    assert shop.rows("thing", "id, name") == [(1, "c")]
    shop.put(f"{CHANGES}/20240102-000000000.parquet", parquet(Op=["I"], id=[3], name=["d"]))
    shop.put(f"{CHANGES}/20240103-000000000.csv", "Op,id,name\nI,4,e\n")
    ran = shop.run()
    assert ran.state == "stopped"
    assert "beside CSV files in one delivery" in ran.tables[0].note


def test_changes_in_files_count_by_the_numbers_in_their_names(shop: Arrivals) -> None:
    shop.thing(NAMED, come="in/*.csv", write="cdc", more="key: [id]\nop: kind")
    shop.put("in/9.csv", "kind,id,name\nI,1,nine\n")
    shop.put("in/10.csv", "kind,id,name\nU,1,ten\n")
    assert shop.take() == {"read": 2, "inserted": 1, "superseded": 1}
    shop.put("in/100.csv", "kind,id,name\nU,1,hundred\n")
    assert shop.take() == {"read": 1, "updated": 1}
    shop.put("in/11.csv", "kind,id,name\nU,1,eleven\n")
    assert balanced(shop.run())["read"] == 1
    assert shop.rows("thing", "name") == [("hundred",)]


def test_a_change_that_was_set_aside_keeps_its_place_in_the_order(shop: Arrivals) -> None:
    columns, more = "id: int\nstate: {type: string, one_of: [a]}", "key: [id]\nop: kind\norder: at"
    shop.thing(columns, write="cdc", more=more)
    shop.put("in/a.csv", "kind,id,state,at\nI,1,a,1\nU,1,b,3\nU,1,a,2\nI,2,b,1\nU,2,a,2\n")
    assert shop.take() == {"read": 5, "inserted": 2, "superseded": 1, "quarantined": 2}
    shop.thing(columns.replace("[a]", "[a, b]"), write="cdc", more=more)
    assert balanced(shop.replay("thing")) == {"read": 2, "updated": 1, "superseded": 1}
    assert shop.rows("thing", "id, state") == [(1, "b"), (2, "a")]


def test_a_stream_is_read_hour_by_hour_plain_or_packed_and_what_comes_twice_is_counted(shop: Arrivals) -> None:
    shop.write("domains/shop/sources.yaml", "clicks: {by: stream}\n")
    columns = "id: int\nos: {type: string, as: $.device.os}"
    shop.thing(columns, come="{source: clicks, table: thing}", more="key: [id]")
    event = '{"id":1,"device":{"os":"a"}}\n'
    shop.put("shop/clicks/thing/2024/01/02/03/clicks-1", event + event)
    shop.put("shop/clicks/thing/2024/01/02/04/clicks-2.gz", gzip.compress(b'{"id":2}\nbroken\n'))
    shop.put("shop/clicks__errors/2024/01/02/04/clicks-2", "{}")
    assert shop.take() == {"read": 4, "inserted": 2, "repeated": 1, "quarantined": 1}
    assert shop.rows("thing", "id, os") == [(1, "a"), (2, None)]
    shop.put("shop/clicks/thing/2024/01/02/05/clicks-3", event + '{"id":3}\n')
    assert shop.take() == {"read": 2, "inserted": 1, "repeated": 1}


def test_rows_of_a_file_that_was_stopped_are_not_replayed_for_the_file_comes_again(shop: Arrivals) -> None:
    strict = "id: int\nstate: {type: string, one_of: [a]}"
    shop.thing(strict)
    shop.put("in/a.csv", "id,state\n1,a\n2,b\n")
    shop.take()
    shop.ingest("thing", (shop.root / "domains/shop/orders/ingest/thing.yaml").read_text().replace("90 %", "5 %"))
    shop.put("in/b.csv", "id,state\n3,a\n4,b\n")
    assert shop.run().state == "stopped"
    shop.thing(strict.replace("[a]", "[a, b]"))
    assert balanced(shop.replay("thing")) == {"read": 1, "inserted": 1}
    assert shop.rows("thing", "id") == [(1,), (2,)]
    assert shop.take() == {"read": 2, "inserted": 2}
    assert shop.rows("thing", "id") == [(1,), (2,), (3,), (4,)]
    assert shop.aside() == []
