"""Functions that are proved to give one answer on both engines, and those known to differ."""

from lakemesh.errors import Mistake
from lakemesh.sql.select import Select


def check(select: Select) -> tuple[Mistake, ...]:
    """Errors where the engines are known to differ, warnings where nothing is proved."""
    return ()
