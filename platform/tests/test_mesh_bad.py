"""Files that are right alone and wrong together, and exactly what is said of them. A case is a folder's worth of files:
what differs from the mesh of `mesh_world.py`, `==>`, what is told."""

import re
from pathlib import Path

import pytest

from mesh_world import mistakes

CASES = Path(__file__).parent / "bad_meshes"


def files(text: str) -> dict[str, str | None]:
    """The files of a case: `--- path` above each, `--- path is gone` for one that is taken out."""
    found: dict[str, str | None] = {}
    for part in re.split(r"^--- ", text, flags=re.MULTILINE)[1:]:
        path, _, content = part.partition("\n")
        gone = path.removesuffix(" is gone")
        found[gone] = None if gone != path else content
    return found


@pytest.mark.parametrize("case", sorted(CASES.rglob("*.case")), ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_what_does_not_go_together_is_told_with_its_place_and_what_to_do(case: Path, tmp_path: Path) -> None:
    text, expected = case.read_text("utf-8").split("==>\n")
    told = [f"{'warning: ' if each.severity == 'warning' else ''}{each}\n" for each in mistakes(tmp_path, files(text))]
    assert "".join(told) == expected


def test_the_mesh_that_they_differ_from_has_no_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == ()
