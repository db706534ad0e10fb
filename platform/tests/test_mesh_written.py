"""A contract as lines for people, as JSON, and as the hashes that say whether it changed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lakemesh.declare.types import Primitive
from lakemesh.mesh.contract import Append, Check, Contract, as_json, contract_hash, promise_hash
from lakemesh.mesh.explain import explain
from mesh_world import FILES, contract

FILM = "domains/film/catalog/ingest/film.yaml"


def test_each_line_names_its_file_and_how_it_came(tmp_path: Path) -> None:
    lines = {line.word: line for line in explain(contract(tmp_path, "streaming.view_titles"))}
    assert lines["write"].value == "replace"
    assert lines["write"].place == "domains/streaming/views/transform/view_titles.yaml:2"
    assert lines["keep"].place == "platform/mesh.yaml:4 (default of platform/mesh.yaml)"
    assert lines["max_bad"].value == "0 %"
    assert lines["max_bad"].place == "built in"
    assert lines["columns.title.term"].place == f"{FILM}:7 (follows film.film.title)"
    assert lines["columns.euro.type"].value == "decimal(8,2)"


def test_no_line_of_a_contract_is_without_a_place(tmp_path: Path) -> None:
    for table in ("streaming.view_titles", "crm.customer", "film.film"):
        assert all(line.place for line in explain(contract(tmp_path, table)))


def test_words_are_said_as_people_write_them(tmp_path: Path) -> None:
    lines = {line.word: line.value for line in explain(contract(tmp_path, "film.film"))}
    assert lines["columns.length.range"] == "1.., else quarantine"
    assert lines["fresh"] == "within 26 hours of when it was last verified"
    assert lines["from"] == "files: film/catalog/sakila/film/*.csv"


@pytest.mark.parametrize("table", ["streaming.view_titles", "crm.customer", "film.film"])
def test_every_contract_can_be_written_as_json(tmp_path: Path, table: str) -> None:
    written = as_json(contract(tmp_path, table))
    assert json.loads(json.dumps(written)) == written
    assert written["table"] == table


def changed(film: Contract, column: str, **words: object) -> Contract:
    columns = tuple(replace(each, **words) if each.name == column else each for each in film.columns)  # type: ignore[arg-type]
    return replace(film, columns=columns)


def test_the_hash_changes_with_what_rows_depend_on(tmp_path: Path) -> None:
    film = contract(tmp_path, "film.film")
    others = [
        replace(film, write=Append()),
        replace(film, key=()),
        replace(film, max_bad=0.5),
        changed(film, "length", type=Primitive("bigint")),
        changed(film, "length", checks=(Check("range", (2, None)),)),
        changed(film, "length", default="0"),
        changed(film, "length", source="Length"),
    ]
    assert len({contract_hash(each) for each in [film, *others]}) == len(others) + 1


def test_the_hash_does_not_change_with_what_is_only_told(tmp_path: Path) -> None:
    film = contract(tmp_path, "film.film")
    others = [
        replace(film, description="Other."),
        replace(film, owner="other@example.org"),
        replace(film, published=False),
        changed(film, "length", description="Other."),
        changed(film, "length", classification="secret"),
    ]
    assert {contract_hash(each) for each in others} == {contract_hash(film)}
    assert promise_hash(film) not in {promise_hash(each) for each in others}


def test_a_line_that_moves_changes_no_hash(tmp_path: Path) -> None:
    film = contract(tmp_path, "film.film")
    moved = contract(tmp_path / "moved", "film.film", {FILM: "# A comment.\n" + "\n".join(FILES[FILM].splitlines())})
    assert film.column("title").origins["type"].line != moved.column("title").origins["type"].line
    assert (contract_hash(film), promise_hash(film)) == (contract_hash(moved), promise_hash(moved))
