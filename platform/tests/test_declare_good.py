"""What people may write is accepted, in its short form and its long one, and read as it is meant."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lakemesh.declare import cells, yaml12
from lakemesh.declare.columns import Column, Worded
from lakemesh.declare.domain import Domain, Source
from lakemesh.declare.ingest import FromFiles, FromSeed, FromSource, Ingest
from lakemesh.declare.mesh import Organisation
from lakemesh.declare.product import Fresh, Product
from lakemesh.declare.readers import Reader, Show
from lakemesh.declare.table import DeletesWhen, Partition, Sort
from lakemesh.declare.tests import TestTimes
from lakemesh.declare.transform import Transform
from lakemesh.declare.types import Decimal, Primitive
from lakemesh.declare.wrong import Wrongs


def value(text: str) -> object:
    return yaml12.read(text, "x.yaml").value


def column(text: str) -> Column:
    return Column.read(value(text))


def ingest(words: str, columns: str = "  film_id: int\n  title: string\n  seen: timestamp\n  op: string\n") -> Ingest:
    return Ingest.read(value(f"{words}columns:\n{columns}"))


def test_the_organisation() -> None:
    mesh = Organisation.read(
        value(
            """
lakemesh: 1                     # version of this format
name: acme                      # prefix of whatever must be unique in the world
timezone: Europe/Amsterdam      # of schedules; SQL runs in UTC on every engine, always
memory: 2 GB                    # of one local run
zones: {landing: landing, clean: silver, curated: gold}      # role: your name for it
environments:
  dev:  {account: "111111111111", region: eu-west-1, schedules: off}
  prod: {account: "333333333333", region: eu-west-1, protected: true}
tags: {cost_center: data-platform}
defaults:                       # for every table; a domain, a product and a table may say otherwise
  keep: 3 years
  max_bad: 5 %
maintenance: {snapshots: 7 days, keep_deletes: 30 days, small_files: 20}
"""
        )
    )
    assert mesh.memory == 2_000_000_000
    assert mesh.zones == {"landing": "landing", "clean": "silver", "curated": "gold"}
    assert not mesh.environments["dev"].schedules
    assert mesh.environments["prod"].protected
    assert (mesh.defaults.keep, mesh.defaults.max_bad) == ("3 years", 0.05)
    assert mesh.maintenance.snapshots == timedelta(days=7)


def test_an_organisation_needs_little() -> None:
    mesh = Organisation.read(value("lakemesh: 1\nname: acme\n"))
    assert (mesh.timezone, mesh.memory, mesh.maintenance.small_files) == ("UTC", 2_000_000_000, 20)
    assert mesh.zones == {"landing": "landing", "clean": "clean", "curated": "curated"}


def test_a_domain_and_its_sources() -> None:
    text = (
        'description: The film catalogue.\nowner: film-data@example.org    # products inherit it\nteam: "@acme/film"\n'
    )
    domain = Domain.read(value(text + "keep: {for: 90 days, by: occurred_at}\n"))
    assert (domain.team, domain.keep) == ("@acme/film", "90 days by occurred_at")
    assert Source.read(value("{by: dms, engine: postgres, secret: crm/reader}")).engine == "postgres"
    assert Source.read(value("{by: stream, flush: 60 seconds}")).flush == timedelta(minutes=1)


def test_a_product() -> None:
    text = "description: Films with their category, one row per film.\npublishes: [film_category]\nstatus: published\n"
    product = Product.read(value(text + "start: daily at 06:30\nfresh: 26 hours\n"))
    assert product.publishes == ("film_category",)
    assert product.fresh == Fresh(within=timedelta(hours=26))
    more = Product.read(value(text + "fresh: {within: 26 hours, of: last_update}\n"))
    assert more.fresh == Fresh(within=timedelta(hours=26), of="last_update")
    assert (Product.read(value("description: x\n")).status, Product.read(value("description: x\n")).start) == (
        "draft",
        "by hand",
    )


def test_readers() -> None:
    text = "{why: Campaigns, until: 2027-12-31, tables: {customer: {show: [name], hide: [notes]}, film: all}}"
    reader = Reader.read(value(text))
    assert reader.until == date(2027, 12, 31)
    assert reader.tables == {"customer": Show(show=("name",), hide=("notes",)), "film": Show()}
    assert Reader.read(value("{why: x, tables: all}")).tables == "all"
    assert Reader.read(value("{why: x, tables: [film, actor]}")).tables == {"film": Show(), "actor": Show()}


def test_an_ingest() -> None:
    film = Ingest.read(
        value(
            """
description: One row per film in the rental catalogue.
from: sakila/film/*.csv         # below this product's place in the landing zone
write: replace
key: [film_id]
columns:
  film_id: int
  title: string not null
  release_year: int
  rating:
    type: string
    one_of: [G, PG, PG-13, R, NC-17]
  last_update: timestamp
"""
        )
    )
    assert film.from_ == FromFiles("sakila/film/*.csv")
    assert list(film.columns) == ["film_id", "title", "release_year", "rating", "last_update"]
    assert film.columns["title"].not_null
    assert film.columns["rating"].one_of == Worded(("G", "PG", "PG-13", "R", "NC-17"))


def test_what_arrives_is_said_in_three_ways() -> None:
    assert ingest("from: a/*/b.jsonl.gz\nwrite: append\n").from_ == FromFiles("a/*/b.jsonl.gz")
    assert ingest("from: {seed: country.csv}\nwrite: replace\n").from_ == FromSeed("country.csv")
    found = ingest("from: {source: crm, table: sales.customers}\n")
    assert (found.from_, found.write) == (FromSource("crm", "sales.customers"), None)


def test_a_merge_and_a_log_of_changes() -> None:
    merge = ingest("from: a/*.csv\nwrite: merge\nkey: [film_id]\nnewest: seen\ndeletes: {when: \"op = 'D'\"}\n")
    assert (merge.newest, merge.deletes) == ("seen", DeletesWhen(when="op = 'D'"))
    cdc = ingest("from: a/*.csv\nwrite: cdc\nkey: [film_id]\nop: Op\norder: Seq\ndeletes: mark\n")
    assert (cdc.op, cdc.order, cdc.deletes) == ("Op", "Seq", "mark")


def test_how_a_file_is_written() -> None:
    words = 'format: {delimiter: ";", header: false, empty: [NA, 0, ""], decimal: ",", time_zone: Europe/Amsterdam}\n'
    found = ingest(f"from: a/*.csv\nwrite: append\n{words}take: newest\ndelivery: folder\nextra: store\n")
    assert (found.format.delimiter, found.format.header, found.format.decimal) == (";", False, ",")
    assert found.format.empty == ("NA", "0", "")
    assert (found.take, found.delivery, found.extra) == ("newest", "folder", "store")


def test_a_window() -> None:
    revenue = Transform.read(
        value(
            """
description: Revenue per month and country, in euro.
write: window
time: month
lookback: 3 days
key: [month, country]
partition:
- month(month)
sort:
- country
- revenue desc
columns:                        # what the SELECT computes, with type; what it passes on follows its source
  month:
    type: date
    description: First day of the month in which the order was placed.
  revenue:
    type: decimal(14,2)
    range: 0..
    description: Sum of all paid orders, without tax.
  country:
    description: Where it was paid.
"""
        )
    )
    assert (revenue.time, revenue.lookback, revenue.late) == ("month", timedelta(days=3), "widen")
    assert revenue.partition == (Partition("month", "month"),)
    assert revenue.sort == (Sort("country"), Sort("revenue", descending=True))
    assert revenue.columns["revenue"].type == Decimal(14, 2)
    assert revenue.columns["country"].type is None


@pytest.mark.parametrize(
    ("text", "partition"),
    [
        ("country", Partition("identity", "country")),
        ("identity(country)", Partition("identity", "country")),
        ("bucket(16, film_id)", Partition("bucket", "film_id", 16)),
        ("truncate(4, code)", Partition("truncate", "code", 4)),
        ("day(`Order Day`)", Partition("day", "Order Day")),
    ],
)
def test_partitions_are_icebergs(text: str, partition: Partition) -> None:
    found = Transform.read(value(f"write: replace\npartition:\n- {text}\n"))
    assert found.partition == (partition,)


def test_the_end_of_a_table() -> None:
    found = Transform.read(
        value("write: replace\nretires: 2027-06-30\nreplaced_by: film_v2\nmax_bad: 0\nmeta: {app: 7}\n")
    )
    assert (found.retires, found.replaced_by, found.max_bad, found.meta) == (
        date(2027, 6, 30),
        "film_v2",
        0.0,
        {"app": "7"},
    )


def test_a_list_of_a_string_column_is_read_as_written() -> None:
    found = column("{type: string, one_of: [01, no, 1.0, true, 1e3, NC-17]}")
    assert found.one_of == Worded(("01", "no", "1.0", "true", "1e3", "NC-17"))


def test_the_values_of_a_column_are_of_its_type() -> None:
    assert column("{type: int, one_of: [1, 2]}").one_of == Worded((1, 2))
    assert column('{type: "decimal(4,2)", range: 0.5..10}').range == Worded((0.5, 10))
    assert column("{type: date, range: 2024-01-01..}").range == Worded(("2024-01-01", None))
    assert column("{type: boolean, default: false}").default == "false"
    assert column("{type: double, range: -180..180}").range == Worded((-180, 180))


def test_a_word_may_have_another_consequence() -> None:
    assert column("{type: int, range: {is: 0.., else: warn}}").range == Worded((0, None), "warn")
    assert column("{type: string, length: {is: ..255, else: quarantine}}").length == Worded((None, 255), "quarantine")
    assert column("{type: int, refers: {is: crm.customer.id, else: note}}").refers == Worded(
        ("crm.customer", "id"), "note"
    )
    assert column("{type: string, unique: {is: true, else: warn}}").unique == Worded(True, "warn")


@pytest.mark.parametrize("text", ["string not null", "string NOT NULL", "{type: string not null}"])
def test_not_null_stands_behind_the_type(text: str) -> None:
    assert column(text).not_null
    assert column(text).type == Primitive("string")


def test_a_column_is_read_from_a_header_or_a_path() -> None:
    assert column('{type: string, as: "Order ID"}').as_ == "Order ID"
    assert column("{type: string, as: 2013}").as_ == "2013"
    assert column("{type: string, as: $.device.os}").as_ == "$.device.os"


def test_a_column_without_a_type_is_read_when_the_type_is_known() -> None:
    found = column("{one_of: [1, 2], range: 0..5}")
    assert found.one_of == Worded(("1", "2"))
    typed = found.typed(Primitive("int"))
    assert (typed.one_of, typed.range, typed.type) == (Worded((1, 2)), Worded((0, 5)), Primitive("int"))
    with pytest.raises(Wrongs, match="`range` is for numbers"):
        found.typed(Primitive("string"))


@pytest.mark.parametrize(
    "text",
    [
        r"^[A-Z]{2}\d+$",
        r"^[^@ ]+@[^@ ]+$",
        r"(?i)^(?:a|b)+?$",
        r"\p{L}+",
        r"^\+?[0-9\-]{3,}$",
        r"a\|b|c",
        r"[\[\]]x",
        r"\\1",
    ],
)
def test_a_regular_expression_of_all_engines_is_accepted(text: str) -> None:
    assert Column.read({"type": "string", "matches": text}).matches == Worded(text)


def test_columns_from_a_spreadsheet() -> None:
    text = "\ufeffname,type,as,one_of,range\r\nfilm_id,int not null,Film ID,,0..\r\n,,,,\r\nrating,string,,G|PG|01,\r\n"
    found = cells.read(text, "film.columns.csv").value
    assert found == {
        "film_id": {"type": "int not null", "as": "Film ID", "range": "0.."},
        "rating": {"type": "string", "one_of": ["G", "PG", "01"]},
    }


def test_the_times_of_a_test_are_in_utc() -> None:
    found = TestTimes.read(value("now: 2024-03-02 06:30:00\nsince: 2024-02-01\nuntil: 2024-03-01T00:00:00+01:00\n"))
    assert found.now == datetime(2024, 3, 2, 6, 30, tzinfo=UTC)
    assert found.since == datetime(2024, 2, 1, tzinfo=UTC)
    assert found.until == datetime(2024, 2, 29, 23, tzinfo=UTC)


def test_a_declaration_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        ingest("from: a/*.csv\nwrite: append\n").write = "replace"  # type: ignore[misc]
