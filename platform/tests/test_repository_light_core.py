"""`lakemesh --help` answers at once: whatever is heavy is loaded by the command that needs it."""

import subprocess
import sys

import pytest

from repository_files import ROOT

HEAVY = {
    *("boto3", "cookiecutter", "duckdb", "great_expectations", "pandas", "pyarrow", "pydantic", "pyiceberg"),
    *("rich", "sqlalchemy", "sqlglot", "troposphere", "yaml"),
}
TOLD = "import sys\nprint(*(name.partition('.')[0] for name in sys.modules), file=sys.stderr)"

HELP = """
import sys
from lakemesh.cli.app import main
sys.argv = ["lakemesh", "--help"]
try:
    main()
except SystemExit as left:
    assert left.code in (0, None), left.code
"""


@pytest.mark.parametrize(
    "code", ["import lakemesh.cli", "import lakemesh.cli.app", HELP], ids=["cli", "cli.app", "--help"]
)
def test_the_core_is_light(code: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{TOLD}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(run.stderr.split())
    assert "lakemesh" in loaded
    assert not HEAVY & loaded
