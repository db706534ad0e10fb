"""What `make torture` does at length: runs that are killed from outside leave what an undisturbed run leaves."""

import re
import subprocess
import sys

from repository_files import ROOT

KILLS = 100


def test_runs_killed_at_random_moments_leave_what_an_undisturbed_run_leaves() -> None:
    program = [sys.executable, str(ROOT / "platform/torture/torture.py")]
    ended = subprocess.run([*program, f"--kills={KILLS}", "--seed=7", "--jobs=2"], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "every life ended as if undisturbed" in ended.stdout
    counted = re.search(r"^all +(\d+) +(\d+)", ended.stdout, re.MULTILINE)
    assert counted
    assert int(counted[2]) >= KILLS
