"""Each bad declaration, and exactly what is said of it. A case is a file: what was written, `==>`, what is told."""

from pathlib import Path

import pytest

from lakemesh.declare.tree import Tree

CASES = Path(__file__).parent / "bad_declarations"
PRODUCT = "domains/film/catalog"
HOMES = {
    "mesh": "platform/mesh.yaml",
    "domain": "domains/film/domain.yaml",
    "sources": "domains/film/sources.yaml",
    "product": f"{PRODUCT}/product.yaml",
    "readers": f"{PRODUCT}/readers.yaml",
    "ingest": f"{PRODUCT}/ingest/film.yaml",
    "yaml": f"{PRODUCT}/ingest/film.yaml",
    "column": f"{PRODUCT}/ingest/film.yaml",
    "columns": f"{PRODUCT}/ingest/film.columns.csv",
    "quality": f"{PRODUCT}/quality/film.yaml",
    "transform": f"{PRODUCT}/transform/film_category.yaml",
    "test": f"{PRODUCT}/tests/a_film_has_one_category/test.yaml",
}
GOOD = {
    "platform/mesh.yaml": "lakemesh: 1\nname: acme\n",
    "domains/film/domain.yaml": "description: The film catalogue.\nowner: film-data@example.org\n",
    f"{PRODUCT}/product.yaml": "description: Films with their category.\n",
}


def told(root: Path, kind: str, text: str) -> str:
    """All that is said of a small tree in which one file is as given."""
    files = {**GOOD, HOMES[kind]: text}
    if kind == "columns":
        files[HOMES["ingest"]] = "from: film/*.csv\nwrite: replace\n"
    if kind == "quality":
        files[HOMES["ingest"]] = "from: film/*.csv\nwrite: replace\ncolumns: {title: string}\n"
    if kind == "transform":
        files[HOMES["transform"].replace(".yaml", ".sql")] = "select 1 as film_id, 'x' as category\n"
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    return "\n".join(str(mistake) for mistake in Tree(root).mistakes())


@pytest.mark.parametrize("case", sorted(CASES.rglob("*.case")), ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_mistake_is_told_with_its_place_and_what_to_do(case: Path, tmp_path: Path) -> None:
    text, expected = case.read_text("utf-8").split("==>\n")
    assert told(tmp_path, case.parent.name, text) + "\n" == expected


def test_there_are_many_of_them() -> None:
    assert len(list(CASES.rglob("*.case"))) > 200
