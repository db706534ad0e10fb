"""Numbers, sizes and times as people say them."""

from datetime import datetime, timedelta


def rows(count: int) -> str:
    """`1 row`, `336,776 rows`."""
    return f"{count:,} row{'' if count == 1 else 's'}"


def count(number: int, noun: str) -> str:
    """`1 product`, `3 products`, `2 queries`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("ry") else f"{number:,} {noun}s"


def seconds(number: float) -> str:
    """`0.4 s`, `2 min 05 s`, `1 h 02 min`."""
    if number < 59.95:
        return f"{number:.1f} s"
    minutes, rest = divmod(round(number), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"


def size(number: int) -> str:
    """`812 bytes`, `1.4 MB`, in powers of 1000."""
    if number < 1000:
        return count(number, "byte")
    amount = float(number)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.5:
            return f"{amount:.1f} {unit}" if amount < 9.95 else f"{amount:.0f} {unit}"
    return f"{amount / 1000:.1f} TB"


def span(length: timedelta) -> str:
    """A length of time in its largest unit: `40 seconds`, `26 hours`, `3 days`."""
    whole = max(0, int(length.total_seconds()))
    for unit, of, upto in (("second", 1, 120), ("minute", 60, 7_200), ("hour", 3_600, 172_800)):
        if whole < upto:
            return count(whole // of, unit)
    return count(whole // 86_400, "day")


def short(length: timedelta) -> str:
    """The same in a narrow column: `40 s`, `26 h`, `3 d`."""
    number, unit = span(length).split()
    return f"{number} {'min' if unit.startswith('minute') else unit[0]}"


def instant(time: datetime) -> str:
    """`2026-03-01 06:30:12`, as UTC: the clock of everything here."""
    return f"{time:%Y-%m-%d %H:%M:%S}"
