"""What is told of rows set aside, in one column that is null for all others: nine empty columns cost as much as full
ones on their way."""

from collections.abc import Sequence
from typing import Any, cast

import pyarrow as pa

from lakemesh.engine.change import Outlet
from lakemesh.engine.duckdb.literal import quoted, text
from lakemesh.engine.duckdb.session import Session

TOLD = "_told"


def folded(session: Session, query: str, outlets: Sequence[Outlet]) -> str:
    """The same rows, with the columns that only a quarantine has as a list of one, where they go there."""
    aside = [outlet for outlet in outlets if outlet.lines and None not in outlet.takes]
    if len(aside) != 1:
        return query
    (outlet,) = aside
    others = {name for other in outlets if other is not outlet for name in other.branch.columns}
    there = session.columns(query)
    names = [name for name in there if name in outlet.branch.columns and name not in others]
    if not names:
        return query
    fates = ", ".join(text(str(fate)) for fate in sorted(map(str, outlet.takes)))
    told = f"[struct_pack({', '.join(f'{quoted(name)} := {quoted(name)}' for name in names)})]"
    without = ", ".join(map(quoted, names))
    return f"SELECT * EXCLUDE ({without}), CASE WHEN _fate IN ({fates}) THEN {told} END AS {TOLD} FROM ({query})"


def unfolded(batch: pa.RecordBatch) -> tuple[pa.RecordBatch | None, pa.RecordBatch]:
    """What is told of the rows that are set aside, in their order, and the rest of the batch; None: it is all there."""
    at = batch.schema.get_field_index(TOLD)
    if at < 0:
        return None, batch
    told = cast(pa.StructArray, cast("pa.LargeListArray[Any]", batch.column(at)).flatten())
    rest = batch.select([name for name in batch.schema.names if name != TOLD])
    return pa.RecordBatch.from_struct_array(told), rest
