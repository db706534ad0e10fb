"""A template changes, and what was made from it follows: each test is a complaint of users of other such tools."""

from pathlib import Path

import pytest

from cli_says import Enter, Tell
from lakemesh.declare.tree import Tree
from lakemesh.scaffold.making import lock, new
from lakemesh.scaffold.making.reads import Reads
from making_world import commit, files, git, repository

SEED = "templates/product-seed/{{cookiecutter.product}}"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, enter: Enter) -> Path:
    folder = enter(repository(tmp_path / "mesh"))
    new.domain(Tree(folder), {"domain": "shop"})
    new.product(Tree(folder), "seed", {"domain": "shop", "product": "codes"}, nothing)
    commit(folder, "A product")
    return folder


def nothing(table: object) -> Reads:
    raise AssertionError(table)


def change(path: Path, old: str, now: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, now))


def learn(root: Path, old: str = "start: ", now: str = "fresh: 26 hours\nstart: ", version: int = 2) -> None:
    """The template's promise changes, and it is committed."""
    change(root / SEED / "product.yaml", old, now)
    change(root / "templates/product-seed/template.yaml", f"version: {version - 1}", f"version: {version}")
    commit(root, "The template learns")


CODES = "domains/shop/codes"


def test_an_unrelated_commit_makes_nothing_outdated(root: Path, tell: Tell) -> None:
    (root / "notes.txt").write_text("hello")
    commit(root, "Unrelated")
    assert tell("templates-status") == (0, "2 as their templates, 0 behind.\n")


def test_an_update_that_nobody_stands_in_the_way_of_is_clean_and_recorded(root: Path, tell: Tell) -> None:
    learn(root)
    code, told = tell("templates-status")
    assert code == 0
    assert "shop/codes  product-seed 1 → 2  clean   product.yaml" in told
    before = files(root)
    assert tell("update", "shop/codes", "--dry-run")[0] == 0
    assert files(root) == before
    code, told = tell("update", "shop/codes")
    assert code == 0, told
    assert "fresh: 26 hours" in (root / CODES / "product.yaml").read_text()
    held = lock.read(root, CODES)
    assert held is not None
    assert held.made[0].version == 2
    commit(root, "Updated")
    assert tell("templates-status") == (0, "2 as their templates, 0 behind.\n")


def test_both_sides_changes_are_kept_and_there_is_never_a_rej_file(root: Path, tell: Tell) -> None:
    change(root / CODES / "product.yaml", "description: ", "description: Our own words. ")
    change(root / CODES / "ingest/codes.yaml", "description: Short name", "description: Our short name")
    commit(root, "Ours")
    learn(root)
    code, told = tell("update", "--all")
    assert code == 0, told
    promise = (root / CODES / "product.yaml").read_text()
    assert "Our own words." in promise
    assert "fresh: 26 hours" in promise
    assert "Our short name" in (root / CODES / "ingest/codes.yaml").read_text()
    assert not [path for path in files(root) if path.endswith((".rej", ".orig"))]


def test_a_conflict_is_marked_in_the_file_and_the_version_is_recorded_only_when_it_is_mended(
    root: Path, tell: Tell
) -> None:
    change(root / CODES / "product.yaml", "start: by hand", "start: hourly")
    commit(root, "Ours")
    learn(root, "start: {{ cookiecutter.start | text }}", "start: every 2 hours")
    code, told = tell("update", "shop/codes")
    assert code == 1
    assert "conflict product.yaml" in told
    text = (root / CODES / "product.yaml").read_text()
    assert "<<<<<<< this product\nstart: hourly\n" in text
    assert ">>>>>>> the template as it is\n" in text
    held = lock.read(root, CODES)
    assert held is not None
    assert held.made[0].version == 1
    assert tell("check")[0] == 1
    code, told = tell("update", "shop/codes", "--mended")
    assert code == 1
    assert "still has lines marked" in told
    (root / CODES / "product.yaml").write_text(text.split("<<<<<<<")[0] + "start: every 3 hours\n")
    assert tell("update", "shop/codes", "--mended")[0] == 0
    held = lock.read(root, CODES)
    assert held is not None
    assert held.made[0].version == 2
    commit(root, "Mended")
    assert tell("templates-status")[1].endswith("0 behind.\n")
    assert "start: every 3 hours" in (root / CODES / "product.yaml").read_text()


def test_a_file_that_was_taken_away_stays_away(root: Path, tell: Tell) -> None:
    git(root, "rm", "--quiet", f"{CODES}/ingest/codes.yaml")
    commit(root, "Ours")
    learn(root)
    change(root / SEED / "ingest/{{cookiecutter.table}}.yaml", "What it is called", "Its name")
    commit(root, "More")
    assert tell("update", "shop/codes")[0] == 0
    assert not (root / CODES / "ingest/codes.yaml").exists()


def test_samples_and_tests_are_the_products_own_from_birth(root: Path, tell: Tell) -> None:
    change(root / SEED / "seed/{{cookiecutter.table}}.csv", "First", "Another first")
    learn(root)
    before = files(root / CODES)
    assert tell("update", "shop/codes")[0] == 0
    after = files(root / CODES)
    assert {path for path in after if after[path] != before.get(path)} == {"product.yaml", lock.NAME}


def test_a_managed_file_that_was_changed_by_hand_is_refused_and_not_written_over(root: Path, tell: Tell) -> None:
    change(root / "templates/product-seed/template.yaml", "seeded:", "managed: [product.yaml]\nseeded:")
    learn(root)
    change(root / CODES / "product.yaml", "status: draft", "status: published")
    commit(root, "By hand")
    code, told = tell("update", "shop/codes")
    assert code == 1
    assert "edited product.yaml: its template owns it" in told
    assert "status: published" in (root / CODES / "product.yaml").read_text()
    git(root, "checkout", "--quiet", "HEAD~1", "--", CODES)
    commit(root, "Put back")
    assert tell("update", "shop/codes")[0] == 0
    assert "fresh: 26 hours" in (root / CODES / "product.yaml").read_text()


def test_changes_that_are_not_committed_are_never_mixed_with_the_templates(root: Path, tell: Tell) -> None:
    learn(root)
    change(root / CODES / "product.yaml", "status: draft", "status: published")
    code, told = tell("update", "shop/codes")
    assert code == 1
    assert "has changes that are not committed\n  → commit them, and update again" in told


def test_a_change_of_a_template_is_previewed_for_every_product_before_it_is_committed(root: Path, tell: Tell) -> None:
    change(root / CODES / "product.yaml", "start: by hand", "start: hourly")
    commit(root, "Ours")
    change(root / SEED / "product.yaml", "start: {{ cookiecutter.start | text }}", "start: every 2 hours")
    change(root / "templates/domain/{{cookiecutter.domain}}/domain.yaml", "owner: ", "# Who answers\nowner: ")
    _, told = tell("templates-status")
    assert "shop/codes  product-seed 1 → 1  conflict  product.yaml" in told
    assert "shop        domain 1 → 1        clean     domain.yaml" in told
    assert "0 as their templates, 2 behind." in told


def test_a_question_that_is_new_takes_its_default(root: Path, tell: Tell) -> None:
    asked = root / "templates/product-seed/cookiecutter.json"
    change(asked, '"start": "by hand",', '"start": "by hand",\n  "fresh": "3 days",')
    learn(root, "start: ", "fresh: {{ cookiecutter.fresh }}\nstart: ")
    assert tell("update", "shop/codes")[0] == 0
    assert "fresh: 3 days" in (root / CODES / "product.yaml").read_text()
    held = lock.read(root, CODES)
    assert held is not None
    assert held.made[0].answers["fresh"] == "3 days"


def test_a_migration_runs_once_when_its_version_is_crossed(root: Path, tell: Tell) -> None:
    folder = root / "templates/product-seed/migrations"
    folder.mkdir()
    (folder / "0002_before_codes_have_a_better_name.py").write_text(
        "def migrate(files):\n    return {path.replace('sample/', 'seed/'): data.replace(b'a,First', b'a,Once') "
        "for path, data in files.items()}\n"
    )
    learn(root)
    code, told = tell("update", "shop/codes")
    assert code == 0, told
    assert "migration 0002_before_codes_have_a_better_name.py" in told
    assert "a,Once" in (root / CODES / "seed/codes.csv").read_text()
    commit(root, "Updated")
    (root / CODES / "seed/codes.csv").write_text("code,name\na,First\n")
    commit(root, "Ours")
    learn(root, "status: draft", "status: draft\nsteward: a@example.org", version=3)
    assert tell("update", "shop/codes")[0] == 0
    assert "a,First" in (root / CODES / "seed/codes.csv").read_text()


def test_a_table_that_was_added_follows_its_template_too(root: Path, tell: Tell) -> None:
    said = {"domain": "shop", "product": "codes", "table": "refunds"}
    new.table(Tree(root), "stream", said, nothing)
    commit(root, "A table more")
    stream = root / "templates/product-stream/{{cookiecutter.product}}/ingest/{{cookiecutter.table}}.yaml"
    change(stream, "Number of the event", "The number of the event")
    commit(root, "The template learns")
    code, told = tell("update", "shop/codes")
    assert code == 0, told
    assert "The number of the event" in (root / CODES / "ingest/refunds.yaml").read_text()
    assert not (root / CODES / "ingest/codes_2.yaml").exists()


def test_a_template_that_git_does_not_hold_is_told_with_the_way_out(root: Path, tell: Tell) -> None:
    held = root / CODES / lock.NAME
    text = held.read_text()
    tree = text.split('tree: "')[1].split('"')[0]
    held.write_text(text.replace(tree, "0" * 40))
    commit(root, "Lost")
    code, told = tell("update", "shop/codes")
    assert code == 1
    assert "git fetch --unshallow" in told


def test_what_was_not_made_from_a_template_is_told_so(root: Path, tell: Tell) -> None:
    (root / CODES / lock.NAME).unlink()
    commit(root, "No lock")
    code, told = tell("update", "shop/codes")
    assert code == 1
    assert "domains/shop/codes was not made from a template" in told
