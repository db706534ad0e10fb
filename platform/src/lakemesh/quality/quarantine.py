"""The table beside a table: what did not fit, why, and its raw text, so that nothing that arrived is lost."""

from lakemesh.declare.types import Primitive
from lakemesh.mesh.contract import Classification, Column, Contract

_TEXT, _NUMBER, _TIME = Primitive("string"), Primitive("bigint"), Primitive("timestamp")
_STRICTNESS: tuple[Classification, ...] = ("public", "internal", "personal", "secret")


def quarantine(contract: Contract) -> Contract:
    """The contract of `<table>__quarantine`: private, and as personal as the strictest column of its source."""
    strictest = max((column.classification for column in contract.columns), key=_STRICTNESS.index)

    def column(name: str, kind: Primitive, description: str) -> Column:
        personal = strictest if name == "_raw" else "internal"
        return Column(name, kind, description=description, classification=personal, added=True)

    return contract.beside(
        contract.table.quarantine,
        f"Rows that did not fit {contract.table}.",
        (
            column("_rule", _TEXT, "The rule that the row broke first."),
            column("_column", _TEXT, "The column that broke it."),
            column("_reason", _TEXT, "What is wrong, in a sentence."),
            column(
                "_raw",
                _TEXT,
                "The row as it arrived: JSON of its text by column, or the line itself where it was no row.",
            ),
            column("_source_file", _TEXT, "The file it came from."),
            column("_source_line", _NUMBER, "The line of that file, where the file has lines."),
            column("_source_row", _NUMBER, "Its place in the order of the run, where order matters."),
            column("_time", _TIME, "The time by which a window is made again; null elsewhere."),
            column("_run", _TEXT, "The run that set it aside."),
            column("_quarantined_at", _TIME, "When that was."),
        ),
    )
