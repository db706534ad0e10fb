"""Amounts as people say them: `26 hours`, `2 GB`, `5 %`, `0..100`, `daily at 06:30`."""

import re
from datetime import timedelta

from lakemesh.declare.wrong import Wrong

SPANS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
CALENDAR = ("month", "year")
SHORT = {
    "s": "second",
    "sec": "second",
    "m": "minute",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "d": "day",
    "w": "week",
    "mo": "month",
    "y": "year",
    "yr": "year",
}
LONGEST = timedelta(days=36_525)

# Decimal for GB and binary for GiB, as both are defined, so that no reader has to guess.
SIZES = {
    "B": 1,
    "kB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "TB": 10**12,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
    "TiB": 2**40,
}

_COUNTED = re.compile(r"(\d{1,9})\s*([A-Za-z%]+)")


def _counted(text: str, example: str) -> tuple[int, str]:
    """`26 hours` as 26 and "hours"."""
    if re.fullmatch(r"[\d.]+", text):
        raise Wrong(f'"{text}" has no unit', f"say of what, such as {example}")
    if re.search(r"\d[,_']\d", text):
        raise Wrong(f'"{text}" has a separator in its number', f"write the digits only, such as {example}")
    if re.match(r"\d+\.\d", text):
        raise Wrong(f'"{text}" is not a whole number', f"use a smaller unit, such as {example}")
    found = _COUNTED.fullmatch(text.strip())
    if not found:
        raise Wrong(f'"{text}" is not an amount', f"write a whole number and a unit, such as {example}")
    return int(found[1]), found[2]


def _span(text: str, example: str) -> tuple[int, str]:
    """`26 hours` as 26 and "hour"."""
    count, unit = _counted(text, example)
    known = (*SPANS, *CALENDAR)
    single = unit.lower()
    single = SHORT.get(single, single.removesuffix("s") if single not in SHORT else single)
    if single not in known:
        raise Wrong(f'"{unit}" is not a unit of time', "use seconds, minutes, hours, days, weeks, months or years")
    if unit not in (single, single + "s"):
        raise Wrong(f'"{text}" abbreviates its unit', f"write {said(count, single)}")
    return count, single


def said(count: int, unit: str) -> str:
    """`1 day`, `3 days`."""
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def duration(text: str, example: str = "26 hours") -> timedelta:
    """An exact span of time: months and years are not, as they differ in length."""
    count, unit = _span(text, example)
    if unit in CALENDAR:
        days = count * (30 if unit == "month" else 365)
        raise Wrong(f'a {unit} has no fixed length, so "{text}" is not exact', f"say days, such as {days} days")
    if count > LONGEST // SPANS[unit]:
        raise Wrong(f'"{text}" is more than a hundred years', f"say less, such as {example}")
    return count * SPANS[unit]


def retention(text: str) -> str:
    """How long rows are kept, in whole days, weeks, months or years: `3 years`."""
    count, unit = _span(text, "3 years")
    if unit in ("second", "minute", "hour"):
        raise Wrong(f'"{text}" is shorter than a day', "say days, weeks, months or years, such as 90 days")
    if count == 0:
        raise Wrong(f'"{text}" keeps nothing', "say at least 1 day")
    if count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit] > LONGEST.days:
        raise Wrong(f'"{text}" is more than a hundred years', "leave `keep` out to keep rows for ever")
    return said(count, unit)


def size(text: str) -> int:
    """Bytes: `2 GB` is 2,000,000,000 and `2 GiB` is 2,147,483,648."""
    count, unit = _counted(text, "2 GB")
    if unit not in SIZES:
        near = next((known for known in SIZES if known.lower() in (unit.lower(), unit.lower() + "b")), None)
        remedy = f"did you mean {count} {near}?" if near else f"use one of {', '.join(SIZES)}"
        raise Wrong(f'"{unit}" is not a unit of memory', remedy)
    return count * SIZES[unit]


def share(text: str) -> float:
    """A part of a whole: `5 %` is 0.05."""
    if re.fullmatch(r"0+(\.0*)?", text):
        return 0.0
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*%", text.strip())
    if not found:
        number = re.fullmatch(r"0?\.\d{1,9}|1(\.0*)?", text)
        example = f"{float(text) * 100:g} %" if number else "5 %"
        raise Wrong(f'"{text}" is not a share', f"write it in percent, such as {example}")
    if float(found[1]) > 100:
        raise Wrong(f'"{text}" is more than everything', "say a share from 0 % to 100 %")
    return float(found[1]) / 100


def bounds(text: str) -> tuple[str, str]:
    """The two sides of `0..100`, as written; an open side is empty."""
    low, dots, high = text.partition("..")
    low, high = low.strip(), high.strip()
    if not dots:
        near = re.fullmatch(r"\s*(-?[\w.:]+)\s*(?:-|to|,|–|…)\s*(-?[\w.:]+)\s*", text)
        raise Wrong(
            f'"{text}" is not a range',
            f"write {near[1]}..{near[2]}" if near else "write low..high, such as 0..100, 0.. or ..100",
        )
    if not low and not high:
        raise Wrong('".." has no end on either side', "write low..high, such as 0..100, 0.. or ..100")
    if high.startswith(".") and not low.endswith("."):
        raise Wrong(f'"{text}" has too many dots', f"write {low}..{high.lstrip('.')}")
    return low, high


def length(text: str) -> tuple[int | None, int | None]:
    """The two sides of a length: `..255`."""
    if re.fullmatch(r"\d+", text):
        raise Wrong(
            f'"{text}" is not a range of lengths',
            f"write ..{text} for at most, {text}.. for at least, {text}..{text} for exactly",
        )
    sides = []
    for side in bounds(text):
        if side and not re.fullmatch(r"\d{1,9}", side):
            raise Wrong(f'"{side}" is not a length', "write whole numbers from 0, such as ..255")
        sides.append(int(side) if side else None)
    low, high = sides
    if low is not None and high is not None and low > high:
        raise Wrong(f'"{text}" runs backwards', f"write {high}..{low}")
    return low, high


def start(text: str) -> str:
    """When a product runs: every 5 minutes, hourly, daily at 06:30, cron(…), arrival, inputs, by hand."""
    known = "every 5 minutes, hourly, daily at 06:30, cron(…), arrival, inputs or by hand"
    if text in ("hourly", "arrival", "inputs", "by hand"):
        return text
    if text.startswith("every "):
        if not re.match(r"every \d", text) and (meant := _meant(text)):
            raise Wrong(f'"{text}" does not say when to start', f"say {meant}")
        span = duration(text.removeprefix("every "), "every 5 minutes".removeprefix("every "))
        if span < SPANS["minute"]:
            raise Wrong(
                f'"{text}" is more often than once a minute', "say every 1 minute, or let data come as a stream"
            )
        return text
    if text.startswith("daily"):
        found = re.fullmatch(r"daily at ([01]\d|2[0-3]):([0-5]\d)", text)
        if not found:
            meant = _meant(text) or "daily at 06:30"
            raise Wrong(f'"{text}" has no time of day', f"write hours and minutes of the day, such as {meant}")
        return text
    if text.startswith("cron"):
        inside = re.fullmatch(r"cron\((.*)\)", text)
        if not inside or len(inside[1].split()) != 6:
            raise Wrong(
                f'"{text}" is not a cron of six fields',
                "write minutes hours day month weekday year, such as cron(30 6 ? * MON-FRI *)",
            )
        return text
    if len(text.split()) in (5, 6) and re.fullmatch(r"[\d*/,?A-Z#L\s-]+", text):
        raise Wrong(f'"{text}" is a bare cron', "write cron(…) around six fields, such as cron(30 6 ? * MON-FRI *)")
    raise Wrong(f'"{text}" does not say when to start', f"say {_meant(text) or known}")


def _meant(text: str) -> str:
    """How a start is spelled that people say in other words: every day 6am."""
    said = text.lower()
    clock = re.search(r"\b(\d{1,2})(?:[:.h](\d\d))?\s*(am|pm)?\b", said)
    if clock and re.search(r"\b(day|daily|morning|night|at)\b|am\b|pm\b", said):
        hour = int(clock[1]) % 12 + (12 if clock[3] == "pm" else 0) if clock[3] else int(clock[1])
        minute = int(clock[2] or 0)
        return f"daily at {hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
    for word, meant in (("hour", "hourly"), ("day", "daily at 06:30"), ("minute", "every 5 minutes")):
        if re.search(rf"\b{word}\b", said):
            return meant
    if re.search(r"\b(week|month|(mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?)", said):
        return "cron(…), such as cron(30 6 ? * MON-FRI *)"
    return ""
