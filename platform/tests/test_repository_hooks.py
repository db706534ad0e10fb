"""Hooks and continuous integration run the pinned tools, need no network, and run what a person runs."""

import os
import re

import yaml

from repository_files import ROOT

HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
CI = ROOT / ".ci/run"


def test_every_hook_is_local_and_runs_a_tool_of_the_virtual_environment() -> None:
    assert {repo["repo"] for repo in HOOKS["repos"]} == {"local"}
    hooks = [hook for repo in HOOKS["repos"] for hook in repo["hooks"]]
    assert len(hooks) > 8
    assert not [hook["id"] for hook in hooks if not hook["entry"].startswith(".venv/bin/")]
    assert not [hook["id"] for hook in hooks if hook["language"] != "unsupported"]


def test_continuous_integration_runs_what_the_readme_says() -> None:
    assert os.access(CI, os.X_OK)
    steps = re.findall(r"^step .* (make \w+|fresh)$", CI.read_text("utf-8"), re.MULTILINE)
    assert steps == ["make lint", "fresh", "make test"]
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
