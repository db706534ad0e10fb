"""Facts of a column -> its type and its words, each with what it is concluded from."""

import re
from dataclasses import dataclass

from lakemesh.engine.duckdb.survey import Facts

ENOUGH = 20
"""Rows from which it is concluded that what never was will not be."""
_SMALL = 200_000_000
"""Whole numbers below it are `int`; larger ones soon outgrow it."""
_PERSONAL = re.compile(
    r"(^|_)(e?mail|phone|mobile|telephone|fax|first_?name|last_?name|sur_?name|given_?name|family_?name|full_?name|"
    r"birth(day|date)?|geburts(tag|datum)|date_of_birth|dob|ssn|bsn|iban|passport|address|street|postal_?code|post_?code|zip(_?code)?|ip"
    r"(_?address)?|vorname|nachname|strasse|plz)($|_)"
)
_CODE = re.compile(r"(^|_)(zip(_?code)?|postal_?code|post_?code|plz|phone|mobile|telephone|fax|iban|bsn|ssn)($|_)")


@dataclass(frozen=True, slots=True)
class Form:
    """What holds for all columns of a file: how dates are written, which sign stands before a fraction."""

    decimal: str = "."
    dates: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A column as it will be declared. `evidence`: why. `unsure`: what a person should look at."""

    name: str
    header: str
    type: str
    not_null: bool
    one_of: tuple[str, ...]
    low: str
    personal: bool
    zoned: bool
    evidence: str
    unsure: str = ""

    @property
    def declared(self) -> str:
        return f"{self.type} not null" if self.not_null else self.type


def form(facts: tuple[Facts, ...]) -> tuple[Form, tuple[str, ...]]:
    """What the file as a whole is like, and what was unsure of it."""
    unsure = []
    commas = [fact for fact in facts if fact.comma and fact.all(fact.whole, fact.comma)]
    points = [fact for fact in facts if fact.point and fact.all(fact.whole, fact.point)]
    decimal = "," if commas and not points else "."
    if commas and points:
        unsure.append(
            f"{commas[0].name} has fractions with a comma and {points[0].name} with a point: the first stays text"
        )
    days = [fact for fact in facts if fact.other_days and fact.all(fact.other_days) and len(fact.separators) == 1]
    patterns = {pattern: fact for fact in days if (pattern := _pattern(fact))}
    if len(patterns) > 1:
        told = ", ".join(f"{fact.name}: {pattern}" for pattern, fact in patterns.items())
        unsure.append(f"dates are written in several ways ({told}): all but the first stay text")
    for pattern, fact in patterns.items():
        if not fact.days_first and not fact.months_first:
            unsure.append(f"{fact.name} is read as {pattern}: no value tells the day from the month")
    return Form(decimal, next(iter(patterns), "")), tuple(unsure)


def _pattern(fact: Facts) -> str:
    if fact.days_first and fact.months_first:
        return ""
    mark = fact.separators[0]
    day, month = ("dd", "MM") if fact.shortest == 10 else ("d", "M")
    first, second = (month, day) if fact.months_first else (day, month)
    return f"{first}{mark}{second}{mark}yyyy"


def drafted(name: str, fact: Facts, of: Form, kind: str, values: tuple[tuple[str, int], ...] | None) -> Drafted:
    """The column. `values`: all that stand in it with their counts, where they are few."""
    personal = bool(_PERSONAL.search(name)) or (fact.present > 0 and fact.emails * 2 > fact.present)
    told, why, unsure = _type(name, fact, of)
    plain = told == "string" and kind != "parquet"
    few = values if values and plain and not personal and fact.present >= ENOUGH * len(values) else None
    one_of = tuple(sorted(value for value, _ in few)) if few and len(few) > 1 and fact.longest <= 30 else ()
    nested = told.startswith(("struct", "array", "map"))
    never_null = fact.nulls == 0 and fact.rows >= ENOUGH and not nested
    numbers = told.startswith(("int", "bigint", "decimal", "double")) and fact.low is not None
    counted = numbers and not name.endswith(("_id", "_key", "_number", "_no", "id"))
    low = "0.." if counted and fact.low is not None and fact.low >= 0 and fact.rows >= ENOUGH else ""
    evidence = [why]
    if fact.nulls:
        evidence.append(f"{fact.nulls:,} of {fact.rows:,} are empty")
    if numbers:
        evidence.append(f"{_said(fact.low)} to {_said(fact.high)}")
    elif told == "string" and fact.present:
        evidence.append(f"{fact.shortest} to {fact.longest} characters")
    if 1 < fact.distinct < fact.present * 0.9 and not one_of:
        evidence.append(f"about {fact.distinct:,} different")
    return Drafted(
        name, fact.name, told, never_null, one_of, low, personal, fact.zoned > 0, "; ".join(evidence), unsure
    )


def _type(name: str, fact: Facts, of: Form) -> tuple[str, str, str]:
    """The type, what it is concluded from, and what is unsure."""
    if fact.known is not None:
        return str(fact.known), "as the file says", ""
    if not fact.present:
        return "string", "always empty", f"{name} is always empty, and is declared as text"
    if fact.all(fact.boolean):
        return "boolean", "true and false", ""
    if fact.all(fact.days):
        return "date", "dates", ""
    if fact.all(fact.times, fact.days) and fact.times:
        zone = "" if fact.zoned else f"{name} has no time zone, and is taken for UTC"
        return "timestamp", "times", zone
    if of.dates and fact.all(fact.other_days) and len(fact.separators) == 1 and _pattern(fact) == of.dates:
        return "date", f"dates as {of.dates}", ""
    return _number(name, fact, of)


def _number(name: str, fact: Facts, of: Form) -> tuple[str, str, str]:
    if fact.all(fact.whole):
        if _CODE.search(name):
            return "string", "digits, and a code by its name", ""
        if fact.digits[0] > 18:
            return "string", "digits, more than a number holds", ""
        large = max(abs(fact.low or 0), abs(fact.high or 0)) >= _SMALL
        return ("bigint" if large else "int"), "whole numbers", ""
    if fact.padded and fact.all(fact.whole, fact.padded):
        return "string", "digits that begin with zero", ""
    mark = fact.comma if of.decimal == "," else fact.point
    if mark and fact.all(fact.whole, mark):
        before, behind = fact.digits
        if behind > 6 or before + behind > 30:
            return "double", "numbers with many places", ""
        wide = next(wide for wide in (12, 18, 38) if wide >= before + behind + 3 or wide == 38)
        return f"decimal({wide},{behind})", f"numbers with up to {behind} places", ""
    if fact.exponent and fact.all(fact.whole, fact.point, fact.exponent):
        return "double", "numbers with exponents", ""
    counted = fact.whole + fact.point + fact.comma + fact.days + fact.times
    if counted * 10 > fact.present * 9:
        odd = fact.present - counted
        return "string", "texts", f"{name}: all but {odd:,} values look like numbers or times; it stays text"
    return "string", "texts", ""


def _said(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:.0f}" if number == int(number) and abs(number) < 1e15 else f"{number:g}"
