"""What is known of each function of Spark: proved on both engines, different, or Spark's alone."""

from dataclasses import dataclass
from typing import Literal

from lakemesh.engine.duckdb.rules import CASES, MODULES, REASONS, REFUSED, RULES, SPARK_ONLY
from lakemesh.engine.spark_functions import SYNTAX
from lakemesh.sql import refused
from lakemesh.sql.builtins import NAMES

Standing = Literal["proved", "differs", "Spark only", "refused"]
SAYS: dict[Standing, str] = {
    "proved": "mean the same on both engines, over the rows of the corpus, or are refused in the form that does not",
    "differs": "answer otherwise on a laptop; the check refuses them, with what to use",
    "Spark only": "are not there on a laptop; the check refuses them, unless the table says `engine: spark`",
    "refused": "are refused everywhere: a table does not hang on when, where or by whom it is made",
}


@dataclass(frozen=True, slots=True)
class Known:
    """One function: how it stands; why, and what to use, where it is not proved."""

    name: str
    standing: Standing
    why: str = ""
    remedy: str = ""

    @property
    def about(self) -> str:
        """The differences that its rule knows, in the words of the file that holds it."""
        found = (module.__doc__ for module in MODULES if self.name in module.RULES)
        return (next(found, "") or "").strip()

    @property
    def cases(self) -> tuple[str, ...]:
        """Statements that prove it, the shortest first."""
        found = [case for case in CASES if f"{self.name}(" in case.lower() or f" {self.name} " in case.lower()]
        return tuple(sorted(found, key=len))


def known() -> tuple[Known, ...]:
    """Every function, by name."""
    return tuple(_known(name) for name in sorted(NAMES | SYNTAX))


def _known(name: str) -> Known:
    if name in refused.FUNCTIONS and name not in refused.TIME_OF_NOTHING:
        return Known(name, "refused", "", refused.FUNCTIONS[name])
    if name in REFUSED:
        return Known(name, "Spark only" if name in SPARK_ONLY else "differs", REASONS[name], REFUSED[name])
    if name in RULES or name in WRITTEN:
        return Known(name, "proved")
    return Known(name, "Spark only", "nobody has compared it yet", "add a case for it, or use one that is proved")


# Written as operators or with words of their own, and so without a rule of this kind.
WRITTEN = SYNTAX | {"and", "between", "case", "cast", "div", "ilike", "in", "like", "not", "or", "when"}
