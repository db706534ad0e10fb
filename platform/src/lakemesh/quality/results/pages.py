"""Verdicts where Great Expectations looks for them, so that it makes its pages of them."""

import json
from collections.abc import Iterable
from pathlib import Path

from lakemesh.quality.results.kept import Kept


def write(folder: Path, verdicts: Iterable[Kept]) -> None:
    """One file each, in the tree that its own store has below `gx/`."""
    for kept in verdicts:
        at = f"{kept.at:%Y%m%dT%H%M%S.%fZ}"
        # It takes a dot in a folder's name for a folder of its own.
        name = str(kept.table).replace(".", "__")
        home = folder / "gx/uncommitted/validations" / name / kept.run / at
        home.mkdir(parents=True, exist_ok=True)
        text = json.dumps(kept.document, ensure_ascii=False)
        (home / f"{name}.json").write_text(text, "utf-8")
