"""What is opened for what is asked, and what a product sees."""

from pathlib import Path

import pytest

from lakemesh.declare.names import ProductName, TableName
from lakemesh.engine.duckdb.describe import describe
from lakemesh.errors import Mistakes
from lakemesh.mesh.mesh import read
from mesh_world import FILES, TODAY, mesh, tree

VIEWS = ProductName("streaming", "views")
PEOPLE = ProductName("crm", "people")


def test_only_what_is_asked_for_and_what_that_reads_is_in_it(tmp_path: Path) -> None:
    some = mesh(tmp_path, None, "streaming.view_titles")
    assert [str(table) for table in some.order] == ["film.film", "streaming.watch", "streaming.view_titles"]


def test_all_is_asked_for_where_nothing_is_named(tmp_path: Path) -> None:
    assert len(mesh(tmp_path).order) == 5


BROKEN = {
    "a neighbour's table": ("domains/crm/people/ingest/customer.yaml", "from: [\n"),
    "a neighbour's product": ("domains/crm/people/product.yaml", "description: [\n"),
    "a neighbour's domain": ("domains/crm/domain.yaml", "owner: 1\n"),
    "a neighbour's SELECT": ("domains/crm/people/transform/x.sql", "select from\n"),
    "another table of a product that is read": ("domains/film/catalog/ingest/actor.yaml", "nonsense\n"),
    "who else may read": ("domains/crm/people/readers.yaml", "nobody\n"),
}


@pytest.mark.parametrize(("path", "text"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_stops_nobody_who_does_not_need_it(tmp_path: Path, path: str, text: str) -> None:
    assert mesh(tmp_path, {path: text}, "streaming.view_titles").of(VIEWS)


NEEDED = {
    "a table that is read": ("domains/film/catalog/ingest/film.yaml", "from: [\n"),
    "its product": ("domains/film/catalog/product.yaml", "description: [\n"),
    "who may read it": ("domains/film/catalog/readers.yaml", "nobody\n"),
    "the mesh": ("platform/mesh.yaml", "lakemesh: 2\n"),
}


@pytest.mark.parametrize(("path", "text"), NEEDED.values(), ids=NEEDED)
def test_a_broken_file_that_is_needed_is_told_and_nothing_else(tmp_path: Path, path: str, text: str) -> None:
    with pytest.raises(Mistakes) as wrong:
        mesh(tmp_path, {path: text}, "streaming.view_titles")
    assert {mistake.path for mistake in wrong.value.mistakes} == {path}


def test_a_mistake_of_a_neighbour_that_can_be_read_is_the_neighbours(tmp_path: Path) -> None:
    path = "domains/film/catalog/ingest/film.yaml"
    undescribed = FILES[path].replace(", description: Number of the film.", "")
    titles = "domains/streaming/views/transform/view_titles.yaml"
    described = FILES[titles].replace("columns:\n", "columns:\n          film_id: {description: Which film.}\n")
    assert mesh(tmp_path, {path: undescribed, titles: described}, "streaming.view_titles").order
    with pytest.raises(Mistakes, match='"film_id" of a published table has no description'):
        mesh(tmp_path, {path: undescribed}, "film.film")


def test_mistakes_of_all_that_is_asked_for_are_told_together(tmp_path: Path) -> None:
    changes = {
        "domains/film/catalog/ingest/film.yaml": "from: [\n",
        "domains/crm/people/ingest/customer.yaml": "frm: x\n",
        "domains/streaming/views/transform/view_titles.sql": "select from\n",
    }
    with pytest.raises(Mistakes) as wrong:
        mesh(tmp_path, changes)
    assert {mistake.path for mistake in wrong.value.mistakes} == set(changes)


def test_a_table_that_is_not_there_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as wrong:
        mesh(tmp_path, None, "film.flim")
    assert str(wrong.value) == 'there is no table "film.flim"\n  → did you mean "film.film"?'


def test_warnings_stop_nothing_and_are_kept(tmp_path: Path) -> None:
    path = "domains/film/catalog/product.yaml"
    text = FILES[path].replace("status: published", "status: deprecated")
    found = mesh(tmp_path, {path: text}, "streaming.view_titles")
    assert [mistake.what for mistake in found.warnings] == ["film.film is of film/catalog, which is deprecated"]


def test_what_is_past_is_not_judged_without_a_day(tmp_path: Path) -> None:
    path = "domains/crm/people/readers.yaml"
    fan = "domains/streaming/views/transform/fan"
    changes = {
        path: FILES[path].replace("2026-12-31", "2020-01-01"),
        f"{fan}.yaml": "write: replace",
        f"{fan}.sql": "select customer_id from crm.customer",
    }
    table = TableName("streaming", "fan")
    assert read(tree(tmp_path, changes), describe, [table]).order[-1] == table
    with pytest.raises(Mistakes, match="was allowed to read"):
        read(tree(tmp_path, changes), describe, [table], TODAY)


def test_a_reader_sees_what_is_shown_to_it_and_not_what_is_hidden(tmp_path: Path) -> None:
    customer = TableName("crm", "customer")
    assert list(mesh(tmp_path).visible(customer, VIEWS)) == [
        *("customer_id", "name", "changed_at"),
        *("_ingested_at", "_source_file", "_sequence", "_is_deleted"),
    ]


def test_its_own_domain_sees_all_of_a_table(tmp_path: Path) -> None:
    found = mesh(tmp_path)
    customer = TableName("crm", "customer")
    assert found.visible(customer, PEOPLE) == found.contracts[customer].types
    assert found.visible(customer, ProductName("crm", "another")) == found.contracts[customer].types


def test_who_may_not_read_a_table_sees_nothing_of_it(tmp_path: Path) -> None:
    found = mesh(tmp_path)
    assert found.visible(TableName("film", "actor"), VIEWS) == {}
    assert found.visible(TableName("crm", "customer"), ProductName("film", "catalog")) == {}
    assert found.visible(TableName("film", "actor"), ProductName("film", "another")) == {}


def test_a_table_that_is_referred_to_is_made_first(tmp_path: Path) -> None:
    path = "domains/film/catalog/ingest/film.yaml"
    text = FILES[path].replace("range: 1..", "range: 1.., refers: film.actor.actor_id")
    assert [str(table) for table in mesh(tmp_path, {path: text}, "film.film").order] == ["film.actor", "film.film"]
