"""The columns that Lakemesh adds to what arrives."""

from lakemesh.declare.types import Primitive, Type
from lakemesh.mesh.contract import Arrival, Cdc, Classification, Column, Origin, Write


def added(write: Write, arrival: Arrival, order: Type | None, strict: Classification) -> tuple[Column, ...]:
    """Those of one table. `order` is the type of the column that says which change is later, where it is a column;
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
            found.append(_column("_deleted", Primitive("boolean"), "Whether the source has deleted this row."))
    if arrival.extra == "store":
        extra = _column("_extra", Primitive("string"), "What arrived beside the declared columns, as JSON.", strict)
        found.append(extra)
    return tuple(found)


def _column(name: str, type: Type, description: str, classification: Classification = "internal") -> Column:
    origins = dict.fromkeys(("type", "description", "classification"), Origin("", 0, "added by Lakemesh"))
    return Column(name, type, description=description, classification=classification, added=True, origins=origins)
