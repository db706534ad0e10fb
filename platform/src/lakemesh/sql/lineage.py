"""Each result column of a SELECT: passed on from where, or computed of what."""

from collections.abc import Mapping

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.sql.names import Derived
from lakemesh.sql.resolve import resolve
from lakemesh.sql.select import Select

__all__ = ["Derived", "lineage"]


def lineage(select: Select, inputs: Mapping[TableName, Columns]) -> Mapping[str, Derived]:
    """Where each result column is from; what only chooses or joins rows does not count. Raises Mistakes."""
    return resolve(select, inputs).columns
