"""The columns that Lakemesh adds: to what arrives, and to what keeps more than one state of a row."""

from collections.abc import Sequence

from lakemesh.declare.types import Primitive, Type
from lakemesh.mesh.contract import Arrival, Cdc, Classification, Column, DailyCopy, History, Origin, Write


def kept(write: Write, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Those by which the states of a row are told apart, whether it arrives or is selected. `columns`: its own."""
    match write:
        case History(newest):
            known = next((column for column in columns if column.name == newest), None)
            time: Type = known.type if known else Primitive("timestamp")
            strict: Classification = known.classification if known else "internal"
            return (
                _column("valid_from", time, f"Since when this version holds: its {newest}.", strict),
                _column("valid_to", time, "Until when it held: the next one, or the delete; null: it holds.", strict),
                _column("is_current", Primitive("boolean"), "Whether this is the version that holds."),
            )
        case DailyCopy():
            return (_column("copied_on", Primitive("date"), "The day of this copy, in UTC."),)
        case _:
            return ()


def added(write: Write, arrival: Arrival, order: Type | None, strict: Classification) -> tuple[Column, ...]:
    """Those of what arrives. `order` is the type of the column that says which change is later, where it is a column;
    `strict` the strictest classification of its columns: what is stored undeclared may be as personal as any."""
    found = [
        _column("_ingested_at", Primitive("timestamp"), "When the run that took this row in began."),
        _column("_source_file", Primitive("string"), "The file that this row was read from."),
    ]
    if isinstance(write, Cdc):
        found.append(
            _column("_sequence", order or Primitive("string"), "Which change it is from; null: the full load.")
        )
        if write.deletes == "mark":
            found.append(_column("_is_deleted", Primitive("boolean"), "Whether the source has deleted this row."))
    if arrival.extra == "store":
        extra = _column("_extra", Primitive("string"), "What arrived beside the declared columns, as JSON.", strict)
        found.append(extra)
    return tuple(found)


def _column(name: str, type: Type, description: str, classification: Classification = "internal") -> Column:
    origins = dict.fromkeys(("type", "description", "classification"), Origin("", 0, "added by Lakemesh"))
    return Column(name, type, description=description, classification=classification, added=True, origins=origins)
