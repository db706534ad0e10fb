"""Every file has a home that its name says, and none names this machine or where packages come from."""

import re
from pathlib import Path

from repository_files import ROOT, texts, tracked

NO_NOUN = {"base", "common", "helper", "helpers", "manager", "misc", "shared", "stuff", "tools", "util", "utils"}
LIMIT = 300
REGISTRY = re.compile(
    r'--(extra-)?index-url|--find-links|"resolved": *"http|registry *[=:] *"?http|https?://[^ "]*/simple(/|"| |$)'
    r"|pythonhosted" + r"\.org|pypi" + r"\.(org|python)"
)


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    named = {part.removesuffix(".py") for path in tracked() for part in path.relative_to(ROOT).parts}
    assert not named & NO_NOUN


def test_no_module_is_longer_than_two_ideas() -> None:
    modules = [(path, text) for path, text in texts(".py") if "/tests/" not in path]
    assert not [path for path, text in modules if text.count("\n") > LIMIT]


def test_no_file_names_where_packages_come_from() -> None:
    mine = Path(__file__).name
    assert not [
        f"{path}: {line}"
        for path, text in texts()
        if not path.endswith(mine)
        for line in text.splitlines()
        if REGISTRY.search(line)
    ]


def test_no_file_names_a_folder_of_a_machine() -> None:
    here = [f"{ROOT.as_posix()}/", f"{Path.home().as_posix()}/"]
    homes = re.compile(r"(?<![\w.])/(home|Users)/[a-z]\w*/")
    assert not [
        f"{path}: {line}"
        for path, text in texts()
        for line in text.splitlines()
        if homes.search(line) or any(len(folder) > 2 and folder in line for folder in here)
    ]


def test_one_file_alone_commits() -> None:
    ours = [(path, text) for path, text in texts(".py") if path.startswith("platform/src/")]
    # A catalogue may override it, and then calls its parent's.
    commits = re.compile(r"(?<!super\(\))\.commit_table\(|\.transaction\(|import .*\bTransaction\b")
    assert {path for path, text in ours if commits.search(text)} <= {"platform/src/lakemesh/lake/commit.py"}


def test_each_package_says_what_it_is() -> None:
    packages = [(path, text) for path, text in texts(".py") if path.startswith("platform/src/")]
    assert not [path for path, text in packages if not text.startswith('"""')]
