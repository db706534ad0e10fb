"""Steps of a template that no merge can take, such as a file with another name: small programs beside it."""

import re
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from lakemesh.errors import Mistakes

FOLDER = "migrations"
When: TypeAlias = Literal["before", "after"]
_NAME = re.compile(r"(\d{4})_(before|after)_[a-z0-9_]+\.py")


def steps(template: Path, since: int, until: int, when: When) -> Iterator[Path]:
    """`migrations/0003_before_why.py` of the versions in (since, until], in order. Raises Mistakes at a wrong name."""
    for path in sorted((template / FOLDER).glob("*.py")):
        found = _NAME.fullmatch(path.name)
        if not found:
            raise Mistakes.of(
                f"{path.name} is no name of a migration", "call it 0003_before_why.py: version, when, why"
            )
        if found[2] == when and since < int(found[1]) <= until:
            yield path


def migrated(step: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The product's files after `migrate(files)` of this program. Raises Mistakes where it fails."""
    try:
        migrate = runpy.run_path(str(step))["migrate"]
        return dict(migrate(dict(files)))
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        raise Mistakes.of(f"the migration {step.name} failed: {told}", "mend it; nothing was changed") from error
