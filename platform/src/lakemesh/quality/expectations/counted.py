"""Checks that judge row by row: one condition, three counts in the shared scan, and a few of the failing values."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from lakemesh.quality.expectations.ask import PARTIAL, Answer, Arguments, Ask, Check, Outcome, Statement
from lakemesh.quality.expectations.at import At
from lakemesh.sql import quote


@dataclass(frozen=True, slots=True)
class Condition:
    """`good`: true of a row that is as it should be, else false or null. `asked`: which rows are looked at; empty:
    every one, and then nothing is said to be missing. `shown`: the columns of a failing row that a result shows,
    alone, as a pair or as a record."""

    good: str
    asked: str
    shown: tuple[str, ...]
    style: Literal["value", "pair", "record"] = "value"

    @property
    def bad(self) -> str:
        """True of a failing row, and never null."""
        failing = f"not coalesce({self.good}, false)"
        return f"{self.asked} and {failing}" if self.asked else failing


ByRow: TypeAlias = Callable[[At, Arguments], Condition]


def counted(at: At, condition: Condition, mostly: float) -> Check:
    """Count, compare with `mostly`, and show some of what fails."""
    asked = condition.asked or "true"
    answer = yield Ask(("count(*)", _count(asked), _count(condition.bad)))
    total, looked_at, bad = (answer.number(place) for place in range(3))
    shown: list[object] = []
    failing = at.rows_where(condition.bad)
    if bad:
        columns = ", ".join(quote.name(column) for column in condition.shown)
        text = at.rows_where(condition.bad, columns) + f" limit {PARTIAL}"
        shown = _shown((yield Ask(statements=(Statement(text),))), condition)
    return outcome(total, looked_at if condition.asked else None, bad, mostly, shown, failing)


def _count(condition: str) -> str:
    return f"count(case when {condition} then 1 end)"


def _shown(answer: Answer, condition: Condition) -> list[object]:
    rows = answer.table()
    match condition.style:
        case "value":
            return [row[condition.shown[0]] for row in rows]
        case "pair":
            return [tuple(row[column] for column in condition.shown) for row in rows]
        case "record":
            return [dict(row) for row in rows]


def outcome(
    total: int, looked_at: int | None, bad: int, mostly: float, shown: list[object], failing: str = ""
) -> Outcome:
    """The verdict and its numbers, computed as Great Expectations computes them, in floats."""
    of = total if looked_at is None else looked_at
    success = total == 0 or of == 0 or (float(of) - float(bad)) / float(of) >= mostly
    percent = bad / of * 100 if total and of else None
    result: dict[str, object] = {
        "element_count": total,
        "unexpected_count": bad,
        "unexpected_percent": percent,
        "partial_unexpected_list": shown,
    }
    if looked_at is not None:
        missing = total - looked_at
        result["missing_count"] = missing
        result["missing_percent"] = missing / total * 100 if total else None
        result["unexpected_percent_total"] = bad / total * 100 if total else None
        result["unexpected_percent_nonmissing"] = percent
    result["partial_unexpected_counts"] = counts(shown)
    return Outcome(success, result, bad, of, failing if bad else "")


def counts(shown: list[object]) -> list[dict[str, object]]:
    """How often each of the shown values is among them."""
    flat = [tuple(each.values()) if isinstance(each, Mapping) else each for each in shown]
    try:
        found = Counter(flat).most_common(PARTIAL)
        return [{"value": key, "count": many} for key, many in sorted(found, key=lambda one: (-one[1], one[0]))]
    except TypeError:
        return [{"error": "partial_exception_counts requires a hashable type"}]
