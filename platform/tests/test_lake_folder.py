"""A folder as a store: what it lists, how it writes, and who holds it."""

import os
import threading
import time
from pathlib import Path

import pytest

from lake_processes import CONTEXT, hold_and_die
from lakemesh.errors import Mistakes
from lakemesh.events import Event, Waiting
from lakemesh.lake.folder import Folder
from lakemesh.lake.versions import content


def put(root: Path, *paths: str) -> Folder:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    return Folder(root, root / "_versions")


def quiet(_: Event) -> None:
    pass


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("in/*.csv", ["in/a.csv", "in/b.csv"]),
        ("in/**", ["in/a.csv", "in/b.csv", "in/d/c.csv", "in/d/e/f.csv"]),
        ("in/**/*.csv", ["in/a.csv", "in/b.csv", "in/d/c.csv", "in/d/e/f.csv"]),
        ("in/**/f.csv", ["in/d/e/f.csv"]),
        ("in/*/*.csv", ["in/d/c.csv"]),
        ("in/a.csv", ["in/a.csv"]),
        ("in/[ab].csv", ["in/a.csv", "in/b.csv"]),
        ("in/?.csv", ["in/a.csv", "in/b.csv"]),
        ("in/A.csv", []),
        ("nowhere/*", []),
        ("in/a.csv/*", []),
    ],
)
def test_a_star_stays_in_its_folder_and_two_do_not(tmp_path: Path, pattern: str, found: list[str]) -> None:
    store = put(tmp_path, "in/b.csv", "in/a.csv", "in/d/c.csv", "in/d/e/f.csv", "other/x.csv")
    assert [file.path for file in store.list(pattern)] == found


def test_files_come_by_path_and_tell_what_they_are(tmp_path: Path) -> None:
    store = put(tmp_path, "10.csv", "9.csv", "a b%20é#?.csv")
    files = list(store.list("*.csv"))
    assert [file.path for file in files] == ["10.csv", "9.csv", "a b%20é#?.csv"]
    assert all(Path(file.location).read_text() == file.path for file in files)
    assert files[0].size == 6
    assert files[0].modified.tzinfo is not None


def test_hidden_and_unfinished_files_are_not_there_unless_they_are_spelled_out(tmp_path: Path) -> None:
    store = put(tmp_path, ".h.csv", "_h.csv", "x.csv.tmp", "x.part", "_d/a.csv", ".d/a.csv", "x.csv~", "x.csv")
    assert [file.path for file in store.list("**")] == ["x.csv"]
    assert [file.path for file in store.list("*")] == ["x.csv"]
    assert [file.path for file in store.list("_d/*.csv")] == ["_d/a.csv"]
    assert [file.path for file in store.list("_h.csv")] == ["_h.csv"]


def test_a_version_follows_the_content_and_nothing_else(tmp_path: Path) -> None:
    store = put(tmp_path, "a.csv", "b.csv")
    (tmp_path / "b.csv").write_text("a.csv")
    first, second = store.list("*.csv")
    assert first.version == second.version
    os.utime(tmp_path / "a.csv", (1, 1))
    assert next(store.list("a.csv")).version == first.version


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    store = put(tmp_path, "a.csv")
    os.utime(tmp_path / "a.csv", (1, 1))
    time.sleep(2.1)
    before = next(store.list("a.csv")).version
    assert next(store.list("a.csv")).version == before
    (tmp_path / "a.csv").write_text("A.csv")
    os.utime(tmp_path / "a.csv", (1, 1))
    assert next(store.list("a.csv")).version != before


def test_a_file_is_read_again_only_when_it_may_have_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = put(tmp_path, *(f"in/{n}.csv" for n in range(20)))
    hashed: list[str] = []

    def counted(location: str) -> str:
        hashed.append(location)
        return content(location)

    monkeypatch.setattr("lakemesh.lake.versions.content", counted)
    monkeypatch.setattr("lakemesh.lake.versions.TICK", 0)
    time.sleep(0.02)
    first = list(store.list("in/*.csv"))
    assert len(hashed) == 20
    assert list(Folder(tmp_path, tmp_path / "_versions").list("in/*.csv")) == first
    assert len(hashed) == 20
    (tmp_path / "in/3.csv").write_text("new")
    list(store.list("in/*.csv"))
    assert len(hashed) == 21


def test_a_file_that_has_just_changed_is_not_trusted(tmp_path: Path) -> None:
    store = put(tmp_path, "a.csv")
    list(store.list("a.csv"))
    assert not list((tmp_path / "_versions").glob("*"))


def test_what_was_remembered_of_files_may_be_lost_or_torn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lakemesh.lake.versions.TICK", 0)
    store = put(tmp_path, "a.csv")
    time.sleep(0.02)
    version = next(store.list("*")).version
    (kept,) = (tmp_path / "_versions").glob("*.json")
    for torn in ("", "[]", '{"a.csv": ["x"'):
        kept.write_text(torn)
        assert next(store.list("*")).version == version


def test_nothing_outside_is_listed_read_or_written(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/s.csv").write_text("secret")
    store = put(tmp_path / "root", "a.csv")
    (tmp_path / "root/way-out").symlink_to(tmp_path / "secret")
    (tmp_path / "root/s.csv").symlink_to(tmp_path / "secret/s.csv")
    (tmp_path / "root/loop").symlink_to(tmp_path / "root")
    assert [file.path for file in store.list("**")] == ["a.csv"]
    assert [file.path for file in store.list("*/*.csv")] == []
    for path in ("../secret/s.csv", "/etc/hosts", "a/../../secret/s.csv", "way-out/s.csv"):
        with pytest.raises(Mistakes, match="does not lie in"):
            store.read(path)
        with pytest.raises(Mistakes, match="does not lie in"):
            store.write(path, b"x", over=True)
    assert (tmp_path / "secret/s.csv").read_text() == "secret"


def test_a_link_within_the_folder_is_a_file_like_any_other(tmp_path: Path) -> None:
    store = put(tmp_path, "in/a.csv")
    (tmp_path / "in/b.csv").symlink_to(tmp_path / "in/a.csv")
    assert [file.path for file in store.list("in/*.csv")] == ["in/a.csv", "in/b.csv"]


def test_a_write_is_all_or_nothing_and_takes_nothing_away(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    store.write("a/b/c.json", b"one")
    with pytest.raises(FileExistsError):
        store.write("a/b/c.json", b"two")
    assert store.read("a/b/c.json") == b"one"
    store.write("a/b/c.json", b"three", over=True)
    assert store.read("a/b/c.json") == b"three"
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.json"]
    store.remove("a/b/c.json")
    store.remove("a/b/c.json")
    with pytest.raises(FileNotFoundError):
        store.read("a/b/c.json")


def test_the_second_waits_and_is_told_who_holds_it(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    told: list[Event] = []
    order: list[str] = []

    def second() -> None:
        with Folder(tmp_path).hold("flights/departures", "run 2", told.append):
            order.append("second")

    with store.hold("flights/departures", "run 1 on here", quiet):
        other = threading.Thread(target=second)
        other.start()
        while not told:
            time.sleep(0.01)
        with store.hold("another", "run 1", quiet):
            order.append("first")
    other.join(5)
    assert order == ["first", "second"]
    assert told == [Waiting("flights/departures", "run 1 on here")]


def test_what_a_dead_process_held_is_free(tmp_path: Path) -> None:
    process = CONTEXT.Process(target=hold_and_die, args=(str(tmp_path), "p"))
    process.start()
    process.join(20)
    assert process.exitcode == 9
    assert (tmp_path / "_locks/p.lock").read_text() == "a run that dies"
    told: list[Event] = []
    with Folder(tmp_path).hold("p", "the next", told.append):
        pass
    assert told == []


def test_what_fails_lets_go(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    with pytest.raises(RuntimeError), store.hold("p", "one", quiet):
        raise RuntimeError
    with store.hold("p", "two", quiet):
        pass
