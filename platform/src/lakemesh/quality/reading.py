"""Rows of the tables that an audit looks at, and as much of them as may be shown."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lakemesh.declare.names import TableName
from lakemesh.engine.engine import Engine
from lakemesh.errors import Mistakes
from lakemesh.lake.snapshot import Snapshot
from lakemesh.mesh.contract import Contract
from lakemesh.sql.lineage import lineage
from lakemesh.sql.select import Select

EXAMPLES = 20
SHOWN = ("public", "internal")
HIDDEN = "(hidden)"


@dataclass(frozen=True, slots=True)
class Reading:
    """Spark SQL over these snapshots."""

    engine: Engine
    inputs: Mapping[TableName, Snapshot]

    def __call__(self, text: str, tables: tuple[TableName, ...]) -> Iterator[dict[str, object]]:
        """The rows of a query that reads these tables. Raises Mistakes."""
        wanted = {name: self.inputs[name] for name in tables}
        for batch in self.engine.query(Select(text, tuple(wanted), "the audit"), wanted):
            yield from batch.to_pylist()


def hidden(contract: Contract) -> frozenset[str]:
    """The columns of a table whose values are shown to nobody."""
    return frozenset(column.name for column in contract.columns if column.classification not in SHOWN)


def shown(contract: Contract, row: Mapping[str, object]) -> str:
    """A row of the table, without what is personal in it."""
    return _told(row, hidden(contract))


def of_select(contract: Contract, select: Select, inputs: Mapping[TableName, Snapshot]) -> frozenset[str] | None:
    """The columns of a SELECT that may be shown: made of the table's own, none personal. None: that cannot be told."""
    try:
        made = lineage(select, {name: inputs[name].columns for name in select.reads})
    except Mistakes:
        return None
    secret = hidden(contract)
    return frozenset(
        name.lower()
        for name, derived in made.items()
        if all(table == contract.table and column not in secret for table, column in derived.sources)
    )


def shown_of(row: Mapping[str, object], may: frozenset[str] | None) -> str:
    """A row of a SELECT, without what may not be shown."""
    return _told(row, frozenset(name for name in row if may is None or name.lower() not in may))


def _told(row: Mapping[str, object], secret: frozenset[str]) -> str:
    told = {name: HIDDEN if name in secret else value for name, value in row.items()}
    return json.dumps(told, default=str, ensure_ascii=False)
