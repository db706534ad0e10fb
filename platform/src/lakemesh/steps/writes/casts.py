"""From text as it landed to the type that the contract names: one expression a column, null where it does not fit."""

from lakemesh.declare.types import Array, MapOf, Primitive, Struct
from lakemesh.mesh.contract import Column, Format
from lakemesh.sql import quote

_ZONE = ":[0-9.]+ *[A-Za-z+-]"
"""What follows a time that names its zone or its offset: Z, +02, +02:00, UTC."""
_FRACTIONS = ("decimal", "float", "double")


_WHOLE = tuple(Primitive(name) for name in ("tinyint", "smallint", "int", "bigint"))


def cast(column: Column, form: Format) -> str:
    """The column's value, read from the landed relation's column of the same name."""
    text = quote.name(column.name)
    if form.decimal != "." and str(column.type).startswith(_FRACTIONS):
        # A point is no number then: it may be meant for thousands.
        text = f"replace(replace({text}, '.', '?'), {quote.literal(form.decimal)}, '.')"
    if column.default is not None:
        text = f"coalesce({text}, {quote.literal(column.default)})"
    if form.kind == "parquet":
        plain = column.type == Primitive("string") and column.default is None
        made = text if plain else f"try_cast({text} as {column.type})"
        # A cast would cut 1.5 to 1; in a file of text it is no whole number either.
        number = f"try_cast({text} as double)"
        whole = column.type in _WHOLE
        return f"case when {number} <> floor({number}) then null else {made} end" if whole else made
    match column.type:
        case Primitive("string"):
            return text
        case Primitive("date") if form.dates:
            return f"cast({_parsed(text, form.dates)} as date)"
        case Primitive("timestamp"):
            return _instant(text, form)
        case Primitive("timestamp_ntz") if form.timestamps:
            return f"cast({_parsed(text, form.timestamps)} as timestamp_ntz)"
        case Array() | MapOf() | Struct():
            return f"from_json({text}, {quote.literal(str(column.type))})"
        case kind:
            return f"try_cast({text} as {kind})"


def _parsed(text: str, pattern: str) -> str:
    return f"try_to_timestamp({text}, {quote.literal(pattern)})"


def _instant(text: str, form: Format) -> str:
    read = _parsed(text, form.timestamps) if form.timestamps else f"try_cast({text} as timestamp)"
    if form.time_zone == "UTC":
        return read
    # A time that names its own zone is an instant already; only the others are local to the file.
    local = f"to_utc_timestamp({read}, {quote.literal(form.time_zone)})"
    if form.timestamps:
        return read if _zoned(form.timestamps) else local
    return f"case when {text} rlike {quote.literal(_ZONE)} then {read} else {local} end"


def _zoned(pattern: str) -> bool:
    """Whether a pattern has a letter that stands for a zone, outside its quoted parts."""
    return any(letter in "VzOXxZ" for letter in "".join(pattern.split("'")[::2]))
