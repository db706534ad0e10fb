"""From text as it landed to the type that the contract names: one Spark SQL expression a column, null where it does not fit."""

from lakemesh.declare.types import Array, MapOf, Primitive, Struct
from lakemesh.mesh.contract import Column, Format
from lakemesh.sql import quote

_ZONE = "(Z|z|[+-][0-9]{2}:?[0-9]{2})$"
_FRACTIONS = ("float", "double")


def cast(column: Column, form: Format) -> str:
    """The column's value, read from the landed relation's column of the same name."""
    text = quote.name(column.name)
    if column.default is not None:
        text = f"coalesce({text}, {quote.literal(column.default)})"
    if form.kind == "parquet":
        return (
            text
            if column.type == Primitive("string") and column.default is None
            else f"try_cast({text} as {column.type})"
        )
    match column.type:
        case Primitive("string"):
            return text
        case Primitive("date"):
            return (
                f"cast(try_to_timestamp({text}, {quote.literal(form.dates)}) as date)"
                if form.dates
                else f"try_cast({text} as date)"
            )
        case Primitive("timestamp"):
            return _instant(text, form)
        case Primitive("timestamp_ntz") if form.timestamps:
            return f"cast(try_to_timestamp({text}, {quote.literal(form.timestamps)}) as timestamp_ntz)"
        case Array() | MapOf() | Struct():
            return f"from_json({text}, {quote.literal(str(column.type))})"
        case kind:
            fraction = str(kind).startswith(("decimal", *_FRACTIONS))
            number = (
                f"replace({text}, {quote.literal(form.decimal)}, '.')" if fraction and form.decimal != "." else text
            )
            return f"try_cast({number} as {kind})"


def _instant(text: str, form: Format) -> str:
    read = (
        f"try_to_timestamp({text}, {quote.literal(form.timestamps)})"
        if form.timestamps
        else f"try_cast({text} as timestamp)"
    )
    if form.time_zone == "UTC":
        return read
    # A time that names its own zone is an instant already; only the others are local to the file.
    return f"case when {text} rlike {quote.literal(_ZONE)} then {read} else to_utc_timestamp({read}, {quote.literal(form.time_zone)}) end"
