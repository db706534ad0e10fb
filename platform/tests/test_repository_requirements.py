"""What is pinned is what pyproject.toml asks for, with hashes, and says nothing of where it comes from."""

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from repository_files import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FILES = sorted(path.name for path in (ROOT / "requirements").glob("*.txt"))
FIXED = {"cookiecutter", "troposphere", "boto3", "pre-commit", "great-expectations", "pyiceberg", "pytest", "moto"}


def pinned(name: str) -> dict[str, set[Version]]:
    """Package -> its versions in that file: several where Pythons differ."""
    found: dict[str, set[Version]] = {}
    for package, version in re.findall(
        r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", (ROOT / "requirements" / name).read_text("utf-8"), re.MULTILINE
    ):
        found.setdefault(canonicalize_name(package), set()).add(Version(version))
    return found


def asked(*groups: str) -> Iterator[Requirement]:
    project = PYPROJECT["project"]
    lists = {"": project["dependencies"], **project["optional-dependencies"], **PYPROJECT["dependency-groups"]}
    return (Requirement(line) for group in groups for line in lists[group])


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash_and_no_line_names_an_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)
    assert not [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry]
    assert not [
        line
        for line in text.splitlines()
        if not re.match(r"# |[A-Za-z0-9]|    --hash=sha256:[0-9a-f]{64}( \\)?$", line)
    ]
    assert "://" not in text


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("run.txt", ["", "build"]),
        ("dev.txt", ["", "aws", "quality", "scaffold", "build", "dev"]),
        ("lock.txt", ["lock"]),
    ],
)
def test_what_is_pinned_is_what_the_project_asks_for(name: str, groups: list[str]) -> None:
    pins = pinned(name)
    wrong = [
        str(need)
        for need in asked(*groups)
        if not all(map(need.specifier.contains, pins.get(canonicalize_name(need.name), [""])))
    ]
    assert not wrong, f"make lock resolves {name} again"


def test_what_runs_is_what_is_tested() -> None:
    tested = pinned("dev.txt")
    assert not {name for name, versions in pinned("run.txt").items() if tested.get(name) != versions}


def test_the_packages_that_everything_is_built_on_are_pinned() -> None:
    assert not FIXED - set(pinned("dev.txt"))


def test_what_the_build_needs_is_what_the_setup_installs() -> None:
    assert PYPROJECT["build-system"]["requires"] == PYPROJECT["dependency-groups"]["build"]
