"""A verdict that is kept is what a fresh check would say, whatever is done to the tree or to what keeps it."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakemesh.declare.tree import Tree
from lakemesh.engine.duckdb.describe import describe
from lakemesh.engine.portable import check as portable
from lakemesh.errors import Mistake
from lakemesh.mesh.check import check
from lakemesh.mesh.checked import KEPT, Verdict, kept
from mesh_world import FILES, TODAY, plain, tree

PATHS = sorted(FILES)
WARNED = Verdict(1, (Mistake("domains/film/domain.yaml", 2, 1, "told", "mend it", "warning"),))


def fresh(root: Path) -> Verdict:
    """What a check says that knows nothing."""
    read = Tree(root)
    return Verdict(len(read.products()), check(read, describe, portable, TODAY))


def asked(root: Path, today: date = TODAY, verdict: Verdict = WARNED) -> tuple[Verdict, bool]:
    """The verdict, and whether it was looked for anew."""
    looked: list[bool] = []

    def look() -> Verdict:
        looked.append(True)
        return verdict

    return kept(root / ".cache", root, today, look), bool(looked)


Edit = tuple[str, str, int]
"""What is done to which file; where."""


def edit(root: Path, how: Edit) -> None:
    """Some text cut out of a file; a file as it was, or gone, or under another name; one that belongs nowhere."""
    what, path, at = how
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    text = file.read_text() if file.is_file() else plain(FILES[path])
    match what:
        case "cut":
            place = at % (len(text) + 1)
            file.write_text(text[:place] + text[place + 7 :])
        case "back":
            file.write_text(plain(FILES[path]))
        case "gone":
            file.unlink(missing_ok=True)
        case "stray":
            file.with_suffix(".txt").touch()
        case _:
            file.write_text(text)
            file.rename(file.with_stem("other"))


EDITS = st.tuples(
    st.sampled_from(["cut", "cut", "back", "gone", "stray", "renamed"]), st.sampled_from(PATHS), st.integers(0, 2000)
)


@settings(max_examples=10, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=5))
def test_after_any_edits_and_back_the_kept_verdict_is_the_fresh_one(
    edits: list[Edit], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("mesh")
    tree(root)
    for how in edits:
        edit(root, how)
        said = kept(root / ".cache", root, TODAY, lambda: fresh(root))
        assert said == fresh(root)
        assert kept(root / ".cache", root, TODAY, lambda: fresh(root)) == said


def test_nothing_changed_is_told_without_looking_and_anything_changed_is_looked_at(tmp_path: Path) -> None:
    tree(tmp_path)
    assert asked(tmp_path) == (WARNED, True)
    assert asked(tmp_path) == (WARNED, False)
    file = tmp_path / "domains/film/catalog/ingest/film.yaml"
    before, times = file.read_bytes(), file.stat()
    file.write_bytes(before.replace(b"film_id", b"film_Id"))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))  # the same size, the same time
    assert asked(tmp_path)[1]
    file.write_bytes(before)
    assert asked(tmp_path) == (WARNED, False)
    assert asked(tmp_path, TODAY + timedelta(days=1))[1]


def test_a_new_folder_and_a_lost_one_are_a_change(tmp_path: Path) -> None:
    tree(tmp_path)
    asked(tmp_path)
    for change in ((tmp_path / "quality").mkdir, (tmp_path / "domains/film/empty").mkdir, (tmp_path / "quality").rmdir):
        change()
        assert asked(tmp_path)[1]
        assert not asked(tmp_path)[1]


def test_a_changed_program_looks_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import lakemesh

    tree(tmp_path)
    copy = tmp_path / "elsewhere" / "lakemesh"
    copy.mkdir(parents=True)
    (copy / "__init__.py").write_text("")
    monkeypatch.setattr(lakemesh, "__file__", str(copy / "__init__.py"))
    assert asked(tmp_path)[1]
    assert not asked(tmp_path)[1]
    (copy / "rule.py").write_text("stricter = True\n")
    assert asked(tmp_path)[1]
    library = tmp_path / "libraries" / "sqlglot-31.0.0.dist-info"
    library.mkdir(parents=True)
    monkeypatch.syspath_prepend(str(library.parent))
    assert asked(tmp_path)[1]


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 90])
def test_a_torn_file_is_no_memory(length: int, tmp_path: Path) -> None:
    tree(tmp_path)
    asked(tmp_path)
    (file,) = (tmp_path / ".cache").iterdir()
    file.write_bytes(file.read_bytes()[:length])
    assert asked(tmp_path) == (WARNED, True)
    assert asked(tmp_path) == (WARNED, False)


def test_a_verdict_under_another_name_is_none(tmp_path: Path) -> None:
    tree(tmp_path)
    asked(tmp_path)
    (file,) = (tmp_path / ".cache").iterdir()
    text = file.read_text()
    (tmp_path / "domains/film/domain.yaml").write_text("description: none\n")
    asked(tmp_path)
    (other,) = set((tmp_path / ".cache").iterdir()) - {file}
    other.write_text(text)
    assert asked(tmp_path)[1]


def test_what_leads_out_of_the_tree_or_cannot_be_kept_is_looked_at_each_time(tmp_path: Path) -> None:
    tree(tmp_path)
    (tmp_path / ".cache").write_text("a file where the folder would be")
    assert asked(tmp_path) == asked(tmp_path) == (WARNED, True)
    (tmp_path / ".cache").unlink()
    (tmp_path / "aside").mkdir()
    (tmp_path / "domains/film/linked").symlink_to(tmp_path / "aside")
    assert asked(tmp_path) == asked(tmp_path) == (WARNED, True)


def test_a_tree_that_changes_under_a_check_is_not_remembered(tmp_path: Path) -> None:
    tree(tmp_path)

    def disturbed() -> Verdict:
        (tmp_path / "domains/film/domain.yaml").write_text("description: changed\n")
        return WARNED

    kept(tmp_path / ".cache", tmp_path, TODAY, disturbed)
    tree(tmp_path)
    assert asked(tmp_path)[1]


def test_many_at_once_agree_and_few_verdicts_stay(tmp_path: Path) -> None:
    tree(tmp_path)
    note = tmp_path / "domains/film/catalog/README.md"

    def checks() -> None:
        for turn in range(4):
            assert asked(tmp_path, TODAY + timedelta(days=turn), Verdict(turn, ()))[0] == Verdict(turn, ())

    threads = [Thread(target=checks) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for turn in range(KEPT):
        note.write_text(str(turn))
        asked(tmp_path)
    assert len(list((tmp_path / ".cache").iterdir())) == KEPT


WATCHED = """
import sys
from pathlib import Path
root = sys.argv[1]
opened = set()
reads = ("open", "os.listdir", "os.scandir")
sys.addaudithook(lambda event, said: opened.add(str(said[0])) if event in reads else None)
from lakemesh.cli.open import Here, describe, now
from lakemesh.engine.portable import check as portable
from lakemesh.mesh.check import check
from lakemesh.mesh.checked import LOOKED_AT
here = Here.at(root)
check(here.tree, describe, portable, now().date())
inside = {path for path in opened if path.startswith(root)}
assert any(path.endswith("view_titles.sql") for path in inside), inside
print(*(path for path in inside if not any(f"{path}/".startswith(f"{root}/{place}/") for place in LOOKED_AT)))
"""


def test_a_check_opens_nothing_that_its_verdict_is_not_kept_under(tmp_path: Path) -> None:
    tree(tmp_path)
    run = subprocess.run([sys.executable, "-c", WATCHED, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


REPEATED = """
import sys
from lakemesh.cli.app import outcome
assert outcome(["check"]) == 0
print(*sorted({"duckdb", "pydantic", "pyiceberg", "sqlglot", "yaml"} & set(sys.modules)), file=sys.stderr)
"""


def test_a_check_of_what_was_checked_loads_neither_engine_nor_parser(tmp_path: Path) -> None:
    tree(tmp_path)
    runs = [
        subprocess.run([sys.executable, "-c", REPEATED], cwd=tmp_path, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert "sqlglot" in runs[0].stderr
    assert runs[1].stderr.strip() == ""
    assert runs[0].stdout == runs[1].stdout
