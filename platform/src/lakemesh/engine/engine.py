"""The interface of what runs SQL: narrow enough for DuckDB and Spark alike."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias

from lakemesh.declare.names import TableName
from lakemesh.declare.types import Columns
from lakemesh.engine.change import Change, Written
from lakemesh.events import Tell
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.snapshot import Snapshot
from lakemesh.sql.select import Select

if TYPE_CHECKING:
    import pyarrow as pa

Inputs: TypeAlias = Mapping[TableName, Snapshot | Landed]


class Engine(Protocol):
    """Runs Spark SQL over named inputs. Knows no contract, no ledger, no run."""

    name: str

    def describe(self, select: Select, inputs: Mapping[TableName, Columns]) -> Columns:
        """Names and Spark types that it yields, over empty tables. Raises Mistakes."""

    def query(self, select: Select, inputs: Inputs) -> Iterator["pa.RecordBatch"]:
        """Its rows, streamed. Reads only. Raises Mistakes."""

    def write(self, change: Change, inputs: Inputs, tell: Tell) -> Written:
        """One new head per outlet's branch, in the order given. Never touches main."""
