"""A template and its answers -> files: cookiecutter renders them aside, and nothing else is touched."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from cookiecutter.exceptions import CookiecutterException
from cookiecutter.generate import generate_files

from lakemesh.errors import Mistakes
from lakemesh.scaffold.spoken import Spoken

EXTENSION = f"{Spoken.__module__}.{Spoken.__qualname__}"


def render(folder: Path, answers: Mapping[str, object]) -> dict[str, bytes]:
    """Every file that the template in `folder` makes, by its path below what is made. Raises Mistakes."""
    # Values are given as they are: cookiecutter renders its own files and their names, never an answer.
    context = {"cookiecutter": {**answers, "_extensions": [EXTENSION]}}
    with tempfile.TemporaryDirectory(prefix="lakemesh-making-") as aside:
        try:
            made = Path(generate_files(str(folder), context, aside, accept_hooks=False))
        except (CookiecutterException, ValueError, OSError) as error:
            told = str(error).strip().splitlines() or [type(error).__name__]
            raise Mistakes.of(f"the template {folder.name} cannot be rendered: {told[0]}", "mend it") from None
        if not made.resolve().is_relative_to(Path(aside).resolve()):
            raise Mistakes.of(f"the template {folder.name} makes files outside its folder", "mend its folder's name")
        return {
            path.relative_to(made).as_posix(): path.read_bytes() for path in sorted(made.rglob("*")) if path.is_file()
        }
