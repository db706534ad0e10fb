"""Which columns of a file get a dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from lakemesh.lake.writer.arrow import Array

_SAMPLE = 20_000
_UNIQUE = 0.7


@dataclass(slots=True)
class Dictionary:
    """Which columns get a dictionary: all but those that are nearly unique in the first rows."""

    columns: list[str] | None = field(default=None)

    def decide(self, batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> list[str]:
        """Decided once, by the first rows that come."""
        if self.columns is None:
            sample = batches[0].slice(0, _SAMPLE)
            self.columns = [name for position, name in enumerate(schema.names) if _repeats(sample.column(position))]
            self.columns += [path for path in _leaves(schema) if "." in path]
        return self.columns


def _repeats(array: Array) -> bool:
    if pa.types.is_nested(array.type) or len(array) < 100:
        return True
    return int(pc.count_distinct(array, mode="all").as_py()) < _UNIQUE * len(array)


def _leaves(schema: pa.Schema) -> list[str]:
    return [leaf for item in schema if pa.types.is_nested(item.type) for leaf in _below(item.name, item.type)]


def _below(path: str, kind: pa.DataType) -> list[str]:
    if isinstance(kind, pa.StructType):
        return [leaf for item in kind for leaf in _below(f"{path}.{item.name}", item.type)]
    if isinstance(kind, pa.MapType):
        return _below(f"{path}.key_value.key", kind.key_type) + _below(f"{path}.key_value.value", kind.item_type)
    if isinstance(kind, (pa.ListType, pa.LargeListType)):
        return _below(f"{path}.list.element", kind.value_type)
    return [path]
