"""Whether Spark 3.5 has a function, and which one was meant."""

from difflib import get_close_matches

from lakemesh.sql.builtins import NAMES
from lakemesh.sql.spark import GENERATORS

# Functions that Spark's parser knows, and its list does not name.
SYNTAX = frozenset(("timestampadd", "timestampdiff", "percentile_cont", "percentile_disc", "range", *GENERATORS))


def unknown(name: str) -> tuple[str, str] | None:
    """What is wrong with a function's name, and what to do; None where Spark has the function."""
    if name in NAMES or name in SYNTAX:
        return None
    near = get_close_matches(name, NAMES, 1, 0.8)
    remedy = f"did you mean {near[0]}()?" if near else "look it up in the reference of Spark SQL 3.5"
    return f"Spark has no function {name}()", remedy
