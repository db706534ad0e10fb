"""What a contract says, and where each line of it is from."""

from datetime import timedelta
from pathlib import Path

import pytest

from lakemesh.errors import Mistakes
from lakemesh.mesh.contract import Append, Cdc, Check, Fresh, Merge, Replace, Window
from mesh_world import FILES, contract

FILM = "domains/film/catalog/ingest/film.yaml"
TITLES = "domains/streaming/views/transform/view_titles"
FAN = "domains/streaming/views/transform/fan"


def test_what_arrives_has_its_declared_columns_and_those_that_are_added(tmp_path: Path) -> None:
    film = contract(tmp_path, "film.film")
    assert {name: str(type) for name, type in film.types.items()} == {
        "film_id": "int",
        "title": "string",
        "length": "int",
        "_ingested_at": "timestamp",
        "_source_file": "string",
    }
    assert [column.name for column in film.columns if column.added] == ["_ingested_at", "_source_file"]
    assert all(column.description for column in film.columns)
    assert film.zone == "clean"
    assert film.write == Replace()
    assert film.arrival is not None
    assert (film.arrival.by, film.arrival.place) == ("files", "film/catalog/sakila/film/*.csv")


def test_a_key_implies_not_null_and_rows_that_arrive_without_it_go_to_quarantine(tmp_path: Path) -> None:
    film = contract(tmp_path, "film.film")
    assert film.column("film_id").checks == (Check("not_null", (), "quarantine"),)
    assert not film.column("film_id").nullable
    assert film.column("film_id").origins["not_null"].how == "implied by the key"
    assert film.column("length").checks == (Check("range", (1, None), "quarantine"),)
    assert film.column("length").nullable


def test_what_needs_the_whole_table_stops_instead(tmp_path: Path) -> None:
    words = "{type: string not null, description: Its title., unique: true}"
    text = FILES[FILM].replace("{type: string not null, description: Its title., term: Title}", words)
    title = contract(tmp_path, "film.film", {FILM: text}).column("title")
    assert title.checks == (Check("not_null", (), "quarantine"), Check("unique", (), "stop"))


def test_a_consequence_that_is_said_is_kept_as_said(tmp_path: Path) -> None:
    text = FILES[FILM].replace("range: 1..", "range: {is: 1.., else: warn}")
    length = contract(tmp_path, "film.film", {FILM: text}).column("length")
    assert length.checks == (Check("range", (1, None), "warn", said=True),)


def test_a_dms_source_implies_cdc_and_its_columns(tmp_path: Path) -> None:
    customer = contract(tmp_path, "crm.customer")
    assert customer.write == Cdc("Op", "changed_at", "mark")
    assert customer.arrival is not None
    assert (customer.arrival.by, customer.arrival.place) == ("dms", "crm/shop/public/customer")
    added = {column.name: str(column.type) for column in customer.columns if column.added}
    assert added == {
        "_ingested_at": "timestamp",
        "_source_file": "string",
        "_sequence": "timestamp",
        "_is_deleted": "boolean",
        "_extra": "string",
    }
    assert customer.origins["write"].path == "domains/crm/sources.yaml"


def test_an_order_that_is_no_column_is_text(tmp_path: Path) -> None:
    path = "domains/crm/people/ingest/customer.yaml"
    text = FILES[path].replace("order: changed_at", "order: AR_H_CHANGE_SEQ")
    customer = contract(tmp_path, "crm.customer", {path: text})
    assert str(customer.types["_sequence"]) == "string"


def test_what_is_stored_undeclared_is_as_personal_as_any_column(tmp_path: Path) -> None:
    customer = contract(tmp_path, "crm.customer")
    assert customer.column("_extra").classification == "personal"
    assert customer.column("_ingested_at").classification == "internal"


def test_a_stream_is_json_in_its_own_folder(tmp_path: Path) -> None:
    path = "domains/crm/people/ingest/click.yaml"
    text = "from: {source: clicks, table: click}\ncolumns:\n  at: {type: timestamp, as: $.seen.at}\n"
    click = contract(tmp_path, "crm.click", {path: text})
    assert click.arrival is not None
    assert click.write == Append()
    assert (click.arrival.by, click.arrival.place) == ("stream", "crm/clicks/click")
    assert (click.arrival.format.kind, click.arrival.extra) == ("json", "ignore")
    assert click.column("at").source == "$.seen.at"


def test_a_seed_lies_in_the_repository(tmp_path: Path) -> None:
    folder = "domains/film/catalog"
    text = "from: {seed: country.csv}\nwrite: replace\ncolumns:\n  code: string\n"
    country = contract(
        tmp_path, "film.country", {f"{folder}/ingest/country.yaml": text, f"{folder}/seed/country.csv": "code"}
    )
    assert country.arrival is not None
    assert (country.arrival.by, country.arrival.place) == ("seed", f"{folder}/seed/country.csv")


@pytest.mark.parametrize(
    ("name", "kind", "delimiter", "extra"),
    [
        ("a/*.csv", "csv", ",", "stop"),
        ("a/*.csv.gz", "csv", ",", "stop"),
        ("a/*.json", "json", ",", "ignore"),
        ("a/*.jsonl.gz", "json", ",", "ignore"),
        ("a/*.parquet", "parquet", ",", "stop"),
    ],
)
def test_a_file_is_what_its_name_ends_with(tmp_path: Path, name: str, kind: str, delimiter: str, extra: str) -> None:
    text = FILES[FILM].replace("sakila/film/*.csv", name)
    arrival = contract(tmp_path, "film.film", {FILM: text}).arrival
    assert arrival is not None
    assert (arrival.format.kind, arrival.format.delimiter, arrival.extra) == (kind, delimiter, extra)


def test_a_format_says_what_is_not_plain(tmp_path: Path) -> None:
    said = 'write: replace\n        format: {delimiter: ";", empty: NA, time_zone: Europe/Amsterdam}'
    arrival = contract(tmp_path, "film.film", {FILM: FILES[FILM].replace("write: replace", said)}).arrival
    assert arrival is not None
    assert arrival.format.delimiter == ";"
    assert arrival.format.empty == ("NA",)
    assert arrival.format.time_zone == "Europe/Amsterdam"
    assert arrival.format.quote == '"'


def test_a_transform_has_what_its_select_yields_in_its_order(tmp_path: Path) -> None:
    titles = contract(tmp_path, "streaming.view_titles")
    assert {name: str(type) for name, type in titles.types.items()} == {
        "film_id": "int",
        "title": "string",
        "seen_at": "timestamp",
        "euro": "decimal(8,2)",
    }
    assert titles.zone == "curated"
    assert titles.repeats == "stop"
    assert [str(table) for table in titles.reads] == ["streaming.watch", "film.film"]


def test_what_is_passed_on_follows_its_source(tmp_path: Path) -> None:
    titles = contract(tmp_path, "streaming.view_titles")
    title = titles.column("title")
    assert (title.description, title.term) == ("Its title.", "Title")
    assert title.origins["type"].path == FILM
    assert title.origins["type"].how == "follows film.film.title"
    assert title.nullable  # an outer join would make it so


def test_a_renamed_column_keeps_type_term_and_unit_and_not_its_description(tmp_path: Path) -> None:
    changes = {f"{FAN}.yaml": "write: replace", f"{FAN}.sql": "select length as minutes, title as name from film.film"}
    fan = contract(tmp_path, "streaming.fan", changes)
    assert (fan.column("minutes").unit, fan.column("minutes").description) == ("minutes", "")
    assert (fan.column("name").term, fan.column("name").description) == ("Title", "")


def test_a_computed_column_has_the_engines_type_unless_it_declares_its_own(tmp_path: Path) -> None:
    sql = "select sum(price) as total, sum(price) as paid, count(*) as views from watch"
    changes = {f"{FAN}.yaml": "write: replace\ncolumns:\n  paid: decimal(12,2)\n", f"{FAN}.sql": sql}
    fan = contract(tmp_path, "streaming.fan", changes)
    assert {name: str(type) for name, type in fan.types.items()} == {
        "total": "decimal(16,2)",
        "paid": "decimal(12,2)",
        "views": "bigint",
    }
    assert fan.column("total").origins["type"].how == "computed by the SELECT"
    assert fan.column("total").origins["type"].path == f"{FAN}.sql"


def test_a_wider_type_may_be_declared_for_what_is_passed_on(tmp_path: Path) -> None:
    said = "write: replace\ncolumns:\n  film_id: bigint\n  price: decimal(10,2)\n"
    changes = {f"{FAN}.yaml": said, f"{FAN}.sql": "select film_id, price from watch"}
    assert str(contract(tmp_path, "streaming.fan", changes).types["film_id"]) == "bigint"


def test_a_private_table_may_select_star_and_gets_what_it_may_see(tmp_path: Path) -> None:
    changes = {f"{FAN}.yaml": "write: replace", f"{FAN}.sql": "select * from crm.customer"}
    fan = contract(tmp_path, "streaming.fan", changes)
    assert list(fan.types) == [
        *("customer_id", "name", "changed_at"),
        *("_ingested_at", "_source_file", "_sequence", "_is_deleted"),
    ]
    assert fan.column("name").classification == "personal"


CLASSIFIED = {
    "of a personal column": ("upper(c.name)", "", "personal"),
    "of a personal column among others": ("concat(c.customer_id, c.name)", "", "personal"),
    "of internal columns": ("c.customer_id + 1", "", "internal"),
    "of nothing": ("count(1)", "", "internal"),
    "declared stricter": ("max(c.customer_id)", "{classification: secret}", "secret"),
    "made public, and why": ("count(c.name)", "{classification: public, why: A count names nobody.}", "public"),
}


@pytest.mark.parametrize(("expression", "said", "expected"), CLASSIFIED.values(), ids=CLASSIFIED)
def test_the_strictest_classification_wins(tmp_path: Path, expression: str, said: str, expected: str) -> None:
    declared = f"write: replace\ncolumns:\n  x: {said}\n" if said else "write: replace"

    sql = f"select {expression} as x from crm.customer c"
    changes = {f"{FAN}.yaml": declared, f"{FAN}.sql": sql}
    assert contract(tmp_path, "streaming.fan", changes).column("x").classification == expected


def test_a_tables_own_classification_is_the_default_of_its_columns_and_no_way_down(tmp_path: Path) -> None:
    sql = "select c.customer_id, c.name, 1 + 1 as two from crm.customer c"
    changes = {f"{FAN}.yaml": "write: replace\nclassification: internal", f"{FAN}.sql": sql}
    fan = contract(tmp_path, "streaming.fan", changes)
    assert [column.classification for column in fan.columns] == ["internal", "personal", "internal"]


def test_words_are_inherited_from_the_nearest_that_says_them(tmp_path: Path) -> None:
    film = contract(tmp_path, "film.film")
    assert (film.keep, film.max_bad) == ("3 years", 0.05)
    assert film.origins["keep"].how == "default of platform/mesh.yaml"
    assert (film.origins["keep"].path, film.origins["keep"].line) == ("platform/mesh.yaml", 4)
    assert (film.owner, film.steward, film.team) == ("film@example.org", "librarian@example.org", "@acme/film")
    assert film.origins["owner"].path == "domains/film/domain.yaml"


@pytest.mark.parametrize("level", ["domain", "product", "table"])
def test_each_level_may_say_otherwise(tmp_path: Path, level: str) -> None:
    path = {
        "domain": "domains/film/domain.yaml",
        "product": "domains/film/catalog/product.yaml",
        "table": FILM,
    }[level]
    indent = " " * 8
    changes = {path: FILES[path].rstrip() + f"\n{indent}keep: 90 days\n{indent}max_bad: 1 %\n"}
    film = contract(tmp_path, "film.film", changes)
    assert (film.keep, film.max_bad) == ("90 days", 0.01)
    assert film.origins["keep"].path == path


def test_what_a_select_makes_of_good_rows_may_not_be_bad(tmp_path: Path) -> None:
    titles = contract(tmp_path, "streaming.view_titles")
    assert titles.max_bad == 0
    assert titles.keep == "3 years"


def test_a_product_promises_for_its_tables_unless_they_promise_more(tmp_path: Path) -> None:
    assert contract(tmp_path, "film.film").fresh == Fresh(timedelta(hours=26))
    text = FILES[FILM].replace("write: replace", "write: replace\n        fresh: {within: 1 hour, of: film_id}")
    film = contract(tmp_path, "film.film", {FILM: text})
    assert film.fresh == Fresh(timedelta(hours=1), "film_id")


def test_only_what_its_product_publishes_is_published(tmp_path: Path) -> None:
    assert contract(tmp_path, "film.film").published
    assert not contract(tmp_path, "film.actor").published


def test_properties_follow_from_the_mesh(tmp_path: Path) -> None:
    assert contract(tmp_path, "film.film").properties == {
        "history.expire.max-snapshot-age-ms": "604800000",
        "lakemesh.keep_deletes": "864000",
        "lakemesh.small_files": "20",
        "lakemesh.tag.cost_center": "data",
    }


def test_a_window_knows_its_time(tmp_path: Path) -> None:
    yaml = """
        write: window
        time: day
        lookback: 3 days
        late: warn
        partition:
        - month(day)
        columns:
          day: date
    """
    sql = "select to_date(w.seen_at) as day from watch w where w.seen_at >= :since and w.seen_at < :until"
    fan = contract(tmp_path, "streaming.fan", {f"{FAN}.yaml": yaml, f"{FAN}.sql": sql})
    assert fan.write == Window("day", timedelta(days=3), "warn")


def test_a_merge_knows_what_is_newest_and_what_deletes(tmp_path: Path) -> None:
    said = "write: merge\n        newest: length\n        deletes: {when: \"title = 'X'\"}"
    film = contract(tmp_path, "film.film", {FILM: FILES[FILM].replace("write: replace", said)})
    assert film.write == Merge("length", "title = 'X'")


def test_columns_kept_in_a_spreadsheet_have_their_lines_there(tmp_path: Path) -> None:
    csv = "name,type,description\nfilm_id,int,Number.\ntitle,string,Title.\nlength,int,Long.\n"
    changes = {
        FILM: "description: Films.\nfrom: f/*.csv\nwrite: replace\n",
        FILM.replace(".yaml", ".columns.csv"): csv,
    }
    title = contract(tmp_path, "film.film", changes).column("title")
    assert title.origins["type"].path.endswith("film.columns.csv")
    assert title.origins["type"].line == 3


def test_a_table_that_is_left_to_spark_says_its_types_and_is_not_described(tmp_path: Path) -> None:
    said = "write: replace\nengine: spark\ncolumns:\n  h: string\n"
    changes = {f"{FAN}.yaml": said, f"{FAN}.sql": "select a_function_of_spark(film_id) as h from watch"}
    assert str(contract(tmp_path, "streaming.fan", changes).types["h"]) == "string"


def test_no_contract_is_made_where_something_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as wrong:
        contract(tmp_path, "streaming.view_titles", {f"{TITLES}.sql": "select nothing from film.film"})
    assert 'film.film has no column "nothing"' in str(wrong.value)
