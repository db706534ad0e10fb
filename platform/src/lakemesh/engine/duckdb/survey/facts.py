"""Facts of a column of text: how many of its values look like what. Each is one aggregate, and all are one scan."""

from collections.abc import Sequence
from dataclasses import dataclass

from lakemesh.declare.types import Type

MAYBE_NULL = ("NA", "N/A", "n/a", "NULL", "null", "\\N", "None", "none", "NaN", "nan", "-", "?", "#N/A")
"""What people write where there is nothing: null where it stands among numbers or dates, else a text."""


@dataclass(frozen=True, slots=True)
class Plain:
    """How to read the files: `kind` is csv, json or parquet; the others are of CSV."""

    kind: str
    delimiter: str = ","
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Facts:
    """One column. `present`: values that are no null and no token; the counts below are of those. `known`: the type
    that the file itself tells (Parquet; what is nested in JSON). `digits`: most before the point, most behind it."""

    name: str
    rows: int
    present: int
    tokens: tuple[str, ...]
    whole: int
    padded: int
    point: int
    comma: int
    exponent: int
    boolean: int
    days: int
    other_days: int
    months_first: int
    days_first: int
    separators: tuple[str, ...]
    times: int
    zoned: int
    emails: int
    low: float | None
    high: float | None
    digits: tuple[int, int]
    shortest: int
    longest: int
    distinct: int
    known: Type | None = None

    def all(self, *counts: int) -> bool:
        """Whether every value looks like one of these."""
        return self.present > 0 and sum(counts) == self.present

    @property
    def nulls(self) -> int:
        return self.rows - self.present


_NUMBER = r"[+-]?(0|[1-9]\d*)"
_DAY = r"\d{4}-\d\d-\d\d"
_OTHER_DAY = r"(\d\d?)([-/.])(\d\d?)[-/.]\d{4}"
_TIME = _DAY + r"[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?"
_ZONE = r"(Z|[+-]\d\d(:?\d\d)?)"
_EMAIL = r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"


_TOKENS = ", ".join(f"'{token}'" for token in MAYBE_NULL)


def present(column: str) -> str:
    """A column's value; null where it is empty or says that there is none."""
    return f"CASE WHEN {column} NOT IN ('', {_TOKENS}) THEN {column} END"


def aggregates(v: str, value: str) -> Sequence[str]:
    """The aggregates of a column in the order of `read`: `v` is its text, `value` what `present` makes of it."""
    number = f"try_cast({value} AS DOUBLE)"

    def like(pattern: str) -> str:
        return f"count(*) FILTER (WHERE regexp_full_match({value}, '{pattern}'))"

    return (
        f"count({value})",
        f"list(DISTINCT {v}) FILTER (WHERE {v} IN ({_TOKENS}))",
        like(_NUMBER),
        like(r"0\d+"),
        like(_NUMBER + r"\.\d+"),
        like(r"[+-]?\d+,\d+"),
        like(_NUMBER + r"(\.\d+)?[eE][+-]?\d+"),
        f"count(*) FILTER (WHERE lower({value}) IN ('true', 'false'))",
        like(_DAY),
        like(_OTHER_DAY),
        f"count(*) FILTER (WHERE try_cast(regexp_extract({value}, '^{_OTHER_DAY}$', 3) AS INT) > 12)",
        f"count(*) FILTER (WHERE try_cast(regexp_extract({value}, '^{_OTHER_DAY}$', 1) AS INT) > 12)",
        f"list(DISTINCT nullif(regexp_extract({value}, '^{_OTHER_DAY}$', 2), ''))",
        like(_TIME + _ZONE + "?"),
        like(_TIME + _ZONE),
        like(_EMAIL),
        f"min({number})",
        f"max({number})",
        f"max(length(regexp_extract({value}, '^[+-]?(\\d+)', 1)))",
        f"max(length(regexp_extract({value}, '[.,](\\d+)$', 1)))",
        f"min(length({value}))",
        f"max(length({value}))",
        f"approx_count_distinct({value})",
    )


def read(name: str, rows: int, told: Sequence[object], known: Type | None) -> Facts:
    """A column's facts, of what its aggregates gave."""

    def whole(place: int) -> int:
        value = told[place]
        return int(str(value)) if value is not None else 0

    def texts(place: int) -> tuple[str, ...]:
        value = told[place]
        return tuple(sorted(str(each) for each in value if each is not None)) if isinstance(value, list) else ()

    def number(place: int) -> float | None:
        return None if told[place] is None else float(str(told[place]))

    return Facts(
        name=name,
        rows=rows,
        present=whole(0),
        tokens=texts(1),
        whole=whole(2),
        padded=whole(3),
        point=whole(4),
        comma=whole(5),
        exponent=whole(6),
        boolean=whole(7),
        days=whole(8),
        other_days=whole(9),
        months_first=whole(10),
        days_first=whole(11),
        separators=texts(12),
        times=whole(13),
        zoned=whole(14),
        emails=whole(15),
        low=number(16),
        high=number(17),
        digits=(whole(18), whole(19)),
        shortest=whole(20),
        longest=whole(21),
        distinct=whole(22),
        known=known,
    )
