"""Which columns tell one row from every other."""

from collections.abc import Callable, Sequence
from itertools import combinations

from lakemesh.engine.duckdb.survey import Facts
from lakemesh.scaffold.drafts.column import Drafted

Unique = Callable[[Sequence[str]], bool]
_TRIED = 8


def key(columns: Sequence[Drafted], facts: Sequence[Facts], table: str, unique: Unique) -> tuple[Drafted, ...]:
    """One column, or two or three; empty where none is found. The likeliest by its name is tried first."""
    rows = facts[0].rows if facts else 0
    if rows < 2:
        return ()
    fit = [(c, f) for c, f in zip(columns, facts, strict=True) if f.nulls == 0 and _may(c)]
    ranked = sorted(range(len(fit)), key=lambda n: (-_likely(fit[n][0].name, table), n))
    alone = [fit[n] for n in ranked if fit[n][1].distinct * 10 >= rows * 8]
    for column, _ in alone[:_TRIED]:
        if unique([column.header]):
            return (column,)
    few = [fit[n][0] for n in ranked][:_TRIED]
    for size in (2, 3):
        for some in combinations(few, size):
            if unique([column.header for column in some]):
                return tuple(sorted(some, key=list(columns).index))
    return ()


def _may(column: Drafted) -> bool:
    return column.type in ("string", "int", "bigint", "date", "timestamp") and not column.personal


def _likely(name: str, table: str) -> int:
    single = table.removesuffix("s")
    if name in ("id", f"{table}_id", f"{single}_id"):
        return 3
    if name.endswith(("_id", "_key", "_number", "_no", "_code")) or name in ("key", "code", "number"):
        return 2
    return 1 if name.endswith(("date", "time", "_at", "day")) else 0
