"""Which files there are is known by path alone; what lies where it does not belong is told."""

import re
from pathlib import Path

import pytest

from lakemesh.declare.ingest import FromFiles, Ingest
from lakemesh.declare.names import ProductName, TableName
from lakemesh.declare.transform import Transform
from lakemesh.declare.tree import Tree
from lakemesh.errors import Mistakes

FILM = "description: One row per film.\nfrom: film/*.csv\nwrite: replace\nkey: [film_id]\ncolumns:\n  film_id: int\n"
CATEGORY = "write: replace\nkey: [film_id]\n"
PRODUCT = "description: Films with their category.\npublishes: [film_category]\n"
DOMAIN = "description: The film catalogue.\nowner: film-data@example.org\n"
CATALOG = ProductName("film", "catalog")
FILES = {
    "platform/mesh.yaml": "lakemesh: 1\nname: acme\n",
    "domains/film/domain.yaml": DOMAIN,
    "domains/film/sources.yaml": "crm: {by: dms}\n",
    "domains/film/catalog/product.yaml": PRODUCT,
    "domains/film/catalog/readers.yaml": "streaming:\n  why: Joins titles.\n  tables: all\n",
    "domains/film/catalog/ingest/film.yaml": FILM,
    "domains/film/catalog/transform/film_category.yaml": CATEGORY,
    "domains/film/catalog/transform/film_category.sql": "select film_id from film",
    "domains/film/catalog/tests/a_film_is_one_row/expect/film.film.csv": "film_id\n1\n",
    "domains/film/catalog/sample/film.csv": "film_id\n1\n",
}


def tree(root: Path, **changed: str | None) -> Tree:
    """The good tree, with some files added, changed, or left out (None); `__` stands for / and `_dot_` for a dot."""
    return tree_of(root, {path.replace("__", "/").replace("_dot_", "."): text for path, text in changed.items()})


def tree_of(root: Path, changed: dict[str, str | None]) -> Tree:
    for path, text in {**FILES, **changed}.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
    return Tree(root)


def told(root: Path, changed: dict[str, str | None]) -> list[str]:
    return [str(mistake) for mistake in tree_of(root, changed).mistakes()]


def test_nothing_is_said_of_a_good_tree(tmp_path: Path) -> None:
    assert told(tmp_path, {}) == []


def test_the_path_is_the_name(tmp_path: Path) -> None:
    found = tree(tmp_path)
    assert found.domains() == ("film",)
    assert found.products() == found.products("film") == (CATALOG,)
    assert found.tables(CATALOG) == (TableName("film", "film"), TableName("film", "film_category"))
    home = found.home(TableName("film", "film_category"))
    assert home is not None
    assert (home.product, home.kind, home.path) == (
        CATALOG,
        "transform",
        "domains/film/catalog/transform/film_category.yaml",
    )
    assert found.home(TableName("film", "actor")) is None


def test_each_file_says_what_it_says(tmp_path: Path) -> None:
    found = tree(tmp_path)
    film = found.table(TableName("film", "film"))
    assert isinstance(film, Ingest)
    assert film.from_ == FromFiles("film/*.csv")
    assert isinstance(found.table(TableName("film", "film_category")), Transform)
    assert found.select_text(TableName("film", "film_category")) == (
        "select film_id from film",
        "domains/film/catalog/transform/film_category.sql",
    )
    assert found.sources("film")["crm"].by == "dms"
    assert found.readers(CATALOG)["streaming"].tables == "all"
    assert found.test_times(CATALOG, "a_film_is_one_row").now is None


def test_files_that_need_not_be_there_say_nothing(tmp_path: Path) -> None:
    found = tree_of(tmp_path, {"domains/film/sources.yaml": None, "domains/film/catalog/readers.yaml": None})
    assert found.sources("film") == {}
    assert found.readers(CATALOG) == {}
    assert found.mistakes() == ()


def test_a_file_is_read_only_when_asked_for(tmp_path: Path) -> None:
    found = tree_of(tmp_path, {"domains/film/catalog/ingest/actor.yaml": "[broken"})
    assert found.table(TableName("film", "film"))
    with pytest.raises(Mistakes, match="not closed"):
        found.table(TableName("film", "actor"))


def test_a_file_is_read_once(tmp_path: Path) -> None:
    found = tree(tmp_path)
    first = found.table(TableName("film", "film"))
    (tmp_path / "domains/film/catalog/ingest/film.yaml").unlink()
    assert found.table(TableName("film", "film")) is first


def test_a_word_has_a_place_in_its_file(tmp_path: Path) -> None:
    found = tree(tmp_path)
    path = "domains/film/catalog/ingest/film.yaml"
    assert found.where(path, "columns", "film_id") == (6, 3)
    assert found.where("domains/film/none.yaml", "columns") == (1, 1)
    assert found.place(path, "columns", "film_id") == (path, 6, 3)


def test_columns_beside_a_contract_are_its_columns(tmp_path: Path) -> None:
    beside = "domains/film/catalog/ingest/film.columns.csv"
    text = 'name,type,one_of,unique,description\nfilm_id,int not null,1|2,true,"Number, as ""given""."\n'
    found = tree_of(tmp_path, {"domains/film/catalog/ingest/film.yaml": FILM.partition("columns:")[0], beside: text})
    column = found.table(TableName("film", "film")).columns["film_id"]
    assert column.not_null
    assert column.description == 'Number, as "given".'
    assert column.one_of is not None
    assert column.one_of.value == (1, 2)
    assert column.unique is not None
    assert found.place("domains/film/catalog/ingest/film.yaml", "columns", "film_id", "one_of") == (beside, 2, 22)
    assert found.mistakes() == ()


def test_columns_do_not_stand_in_two_places(tmp_path: Path) -> None:
    here = "domains/film/catalog/ingest/film.yaml"
    assert told(tmp_path, {"domains/film/catalog/ingest/film.columns.csv": "name,type\nfilm_id,int\n"}) == [
        f"{here}:5:1: the columns stand in two places\n  → keep them here or in film.columns.csv"
    ]


def test_two_tables_of_one_name_are_told_at_both_places(tmp_path: Path) -> None:
    one, two = "domains/film/catalog/ingest/film.yaml", "domains/film/rental/ingest/film.yaml"
    what = 'two tables of the domain are called "film": the other is'
    assert told(tmp_path, {"domains/film/rental/product.yaml": "description: Rentals.\n", two: FILM}) == [
        f"{one}: {what} {two}\n  → rename one of them",
        f"{two}: {what} {one}\n  → rename one of them",
    ]


STRAYS = """
catalog/ingest/film.yml -> catalog/ingest/film.yml: contracts are .yaml, not .yml
  → rename it to film.yaml
catalog/ingest/film.sql -> catalog/ingest/film.sql: a SELECT makes a table in transform/, not in ingest/
  → move it there, or remove it
catalog/ingest/notes.txt -> catalog/ingest/notes.txt: no such file belongs into ingest/
  → keep <table>.yaml in it
catalog/ingest/film.csv -> catalog/ingest/film.csv: columns belong into <table>.columns.csv, rows into seed/ or sample/
  → rename or move it
catalog/ingest/actor.columns.csv -> catalog/ingest/actor.columns.csv: these columns have no contract
  → write actor.yaml beside it
catalog/transforms/x.sql -> catalog/transforms: no such folder belongs to a product
  → did you mean "transform"?
catalog/models/x.sql -> catalog/models: no such folder belongs to a product
  → did you mean "transform"?
catalog/seeds/x.csv -> catalog/seeds: no such folder belongs to a product
  → did you mean "seed"?
catalog/test/x.csv -> catalog/test: no such folder belongs to a product
  → did you mean "tests"?
catalog/product.yml -> catalog/product.yml: no such file belongs to a product
  → did you mean "product.yaml"?
catalog/reader.yaml -> catalog/reader.yaml: no such file belongs to a product
  → did you mean "readers.yaml"?
domain.yml -> domain.yml: no such file belongs to a domain
  → did you mean "domain.yaml"?
source.yaml -> source.yaml: no such file belongs to a domain
  → did you mean "sources.yaml"?
catalog/tests/film.csv -> catalog/tests/film.csv: a file lies where each test has its folder
  → move it into a folder whose name says what is true
catalog/tests/a_claim/expected/x.csv -> catalog/tests/a_claim/expected: nothing of this name belongs to a test
  → did you mean "expect"?
catalog/transform/film_actor.yaml -> catalog/transform/film_actor.yaml: there is no SELECT beside this contract
  → write film_actor.sql
catalog/transform/film_actor.sql -> catalog/transform/film_actor.sql: this SELECT has no contract
  → write film_actor.yaml beside it
"""


@pytest.mark.parametrize("stray", re.findall(r"(\S+) -> (.+\n.+)\n", STRAYS), ids=lambda stray: stray[0])
def test_what_belongs_nowhere_is_told_with_what_was_meant(stray: tuple[str, str], tmp_path: Path) -> None:
    path, expected = stray
    text = CATEGORY if path.endswith(".yaml") and "transform" in path else ""
    assert told(tmp_path, {f"domains/film/{path}": text}) == [f"domains/film/{expected}"]


NAMES = [
    ("Film", "names are lowercase letters, digits and underscores, the first a letter", 'call it "film"'),
    ("filmRental", "names are lowercase letters, digits and underscores, the first a letter", 'call it "film_rental"'),
    ("film-rental", "names are lowercase letters, digits and underscores, the first a letter", 'call it "film_rental"'),
    ("2film", "names are lowercase letters, digits and underscores, the first a letter", 'call it "film"'),
    ("film__old", "two underscores together are kept for what Lakemesh puts beside a table", 'call it "film_old"'),
    ("film_", "names do not end in an underscore", 'call it "film"'),
    ("f" * 41, "it has 41 characters, and names have at most 40", "give it a shorter name"),
    ("user", "it is a reserved word of SQL", 'say more, such as "users" or "user_list"'),
]


@pytest.mark.parametrize("bad", NAMES, ids=lambda bad: bad[0])
def test_a_name_that_sql_or_a_bucket_cannot_have_is_told(bad: tuple[str, str, str], tmp_path: Path) -> None:
    name, what, remedy = bad
    files = {
        f"domains/{name}/domain.yaml": DOMAIN,
        f"domains/film/{name}/product.yaml": PRODUCT,
        f"domains/film/catalog/ingest/{name}.yaml": FILM,
    }
    assert told(tmp_path, {**files}) == sorted(
        [
            f'domains/{name}: "{name}" cannot name a domain: {what}\n  → {remedy}',
            f'domains/film/{name}: "{name}" cannot name a product: {what}\n  → {remedy}',
            f'domains/film/catalog/ingest/{name}.yaml: "{name}" cannot name a table: {what}\n  → {remedy}',
        ]
    )


@pytest.mark.parametrize(
    ("name", "what", "remedy"),
    [
        ("ingest", "it is a word of the tree itself", "name it after what it promises"),
        ("seed", "it is a word of the tree itself", "name it after what it promises"),
        ("email", "it is the name of a module of Python, which it could hide", 'say more, such as "email_data"'),
        ("class", "it is the name of a module of Python, which it could hide", 'say more, such as "class_data"'),
    ],
)
def test_a_product_has_no_word_of_the_tree_and_no_module_of_python(
    name: str, what: str, remedy: str, tmp_path: Path
) -> None:
    assert told(tmp_path, {f"domains/film/{name}/product.yaml": PRODUCT}) == [
        f'domains/film/{name}: "{name}" cannot name a product: {what}\n  → {remedy}'
    ]


PLACE = "domains/film/catalog"
UNBUILT = [
    ("domains/film/rules/x.yaml", "domains/film/rules", "rules", "rules of governance"),
    ("quality/glossary.yaml", "quality/glossary.yaml", "glossary.yaml", "the glossary"),
    ("quality/names.yaml", "quality/names.yaml", "names.yaml", "the dictionary of column names"),
    ("quality/forms/domain.yaml", "quality/forms", "forms", "fields that the organisation demands"),
    ("quality/rules/x.yaml", "quality/rules", "rules", "rules of governance"),
]  # fmt: skip


@pytest.mark.parametrize("unbuilt", UNBUILT, ids=lambda unbuilt: unbuilt[0])
def test_a_place_whose_behaviour_is_not_built_is_refused(unbuilt: tuple[str, str, str, str], tmp_path: Path) -> None:
    path, at, word, about = unbuilt
    [mistake] = tree_of(tmp_path, {path: "x"}).mistakes()
    assert (mistake.path, mistake.what) == (
        at,
        f"`{word}` is a word of Lakemesh whose behaviour is not built yet: {about}",
    )


def test_a_file_that_has_to_be_there_is_missed(tmp_path: Path) -> None:
    files = ["platform/mesh.yaml", "domains/film/domain.yaml", "domains/film/catalog/product.yaml"]
    assert [line.partition("\n")[0] for line in told(tmp_path, dict.fromkeys(files))] == sorted(
        f"{path}: this file is missing" for path in files
    )


def test_text_that_is_not_utf8_is_told_with_its_place(tmp_path: Path) -> None:
    found = tree(tmp_path)
    (tmp_path / "domains/film/domain.yaml").write_bytes(b"description: x\nowner: caf\xe9\n")
    (tmp_path / "domains/film/catalog/product.yaml").write_bytes("description: x".encode("utf-16"))
    assert [str(mistake).partition("\n")[0] for mistake in found.mistakes()] == [
        "domains/film/catalog/product.yaml:1:1: the file is UTF-16",
        "domains/film/domain.yaml:2:11: byte 0xe9 is not UTF-8",
    ]


def test_mistakes_of_all_files_are_told_together(tmp_path: Path) -> None:
    changed = {
        "platform/mesh.yaml": "lakemesh: 1\nname: acme\ntool: x\n",
        "domains/film/domain.yaml": "description: x\n",
        "domains/film/catalog/product.yaml": PRODUCT + "statuss: draft\n",
        "domains/film/catalog/ingest/film.yaml": FILM.replace("int", "integer"),
        "domains/film/catalog/readers.yaml": "Streaming: {why: x, tables: all}\n",
    }
    assert [line.rpartition(":")[0].partition(":")[0] for line in told(tmp_path, {**changed})] == sorted(changed)


def test_hundreds_of_files_are_read_in_a_moment(tmp_path: Path) -> None:
    changed = {f"domains/film/catalog/ingest/film_{number}.yaml": FILM for number in range(200)}
    assert tree_of(tmp_path, {**changed}).mistakes() == ()


def test_the_spelling_of_a_hidden_file_is_nobodys_business(tmp_path: Path) -> None:
    assert told(tmp_path, {"domains/film/catalog/.gitkeep": "", "domains/film/README.md": "", "domains/.x": ""}) == []
