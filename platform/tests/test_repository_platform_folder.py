"""The folder called `platform` never stands in for the standard library's module of that name."""

import keyword
import subprocess
import sys
import sysconfig
import tomllib
from collections import Counter
from pathlib import Path

from repository_files import ROOT, tracked

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_platform_folder_never_hides_the_standard_library() -> None:
    code = "import platform; print(platform.__file__)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert Path(run.stdout.strip()).parent == Path(sysconfig.get_path("stdlib"))


def test_neither_platform_nor_a_tests_folder_is_a_package() -> None:
    packages = [
        path.parent.relative_to(ROOT) for path in ROOT.glob("platform/**/__init__.py") if ".venv" not in path.parts
    ]
    assert not [folder for folder in packages if folder.parts[:3] != ("platform", "src", "lakemesh")]
    assert not [path for path in tracked() if path.name == "__init__.py" and "tests" in path.parts]


def test_pytest_keeps_its_default_import_mode() -> None:
    options = PYPROJECT["tool"]["pytest"]["ini_options"]
    assert not [word for word in options["addopts"] if "import-mode" in word]
    assert "import_mode" not in options


def test_test_files_have_names_of_their_own() -> None:
    names = Counter(path.name for path in tracked() if path.name.startswith("test_") and path.suffix == ".py")
    assert not [name for name, times in names.items() if times > 1]


def test_no_module_of_ours_hides_one_of_the_standard_library_on_the_path() -> None:
    # Folders of tests and of the example stand on sys.path themselves; a package's modules do not.
    loose = [path for path in tracked() if path.suffix == ".py" and "lakemesh" not in path.parts]
    taken = sys.stdlib_module_names | set(keyword.kwlist)
    assert not [path for path in loose if path.stem in taken and path.stem != "__main__"]


def test_coverage_counts_by_package() -> None:
    assert PYPROJECT["tool"]["coverage"]["run"]["source_pkgs"] == ["lakemesh"]
    assert "source" not in PYPROJECT["tool"]["coverage"]["run"]
