"""Nested values of Parquet files that have another shape than is declared: which file, which column, what it holds."""

import pyarrow as pa
import pyarrow.fs as fs
import pyarrow.parquet as pq

from lakemesh.declare.types import Array, MapOf, Primitive, Struct, Type
from lakemesh.errors import Stopped
from lakemesh.lake.landing.batch import Landed
from lakemesh.lake.store import File
from lakemesh.mesh.contract import Contract

_LISTS = (pa.ListType, pa.LargeListType, pa.FixedSizeListType)


def misshapen(contract: Contract, landed: Landed) -> Stopped | None:
    """What is told of the first file with such a column; None where there is none."""
    if landed.format.kind != "parquet":
        return None
    wanted = {c.name: c.type for c in contract.columns if c.name in landed.columns}
    for file in landed.files:
        there = {field.name.strip().lower(): field.type for field in _schema(file)}
        for name, kind in wanted.items():
            found = there.get(landed.columns[name].strip().lower())
            if found is not None and not _alike(kind, found):
                what = f"{file.path}: {name} is {_said(found)} there, and declared {kind}"
                remedy = (
                    f"declare in {contract.path} what the files hold, all of its fields; or land files of one shape"
                )
                return Stopped(what, remedy)
    return None


def _schema(file: File) -> pa.Schema:
    system, path = fs.FileSystem.from_uri(file.location)
    with system.open_input_file(path) as source:
        return pq.read_schema(source)


def _alike(kind: Type, found: pa.DataType) -> bool:
    """Whether one is nested as the other is; what lies at the bottom is cast, value by value."""
    match kind:
        case Struct(fields):
            if not pa.types.is_struct(found):
                return False
            inner = {field.name.lower(): field.type for field in found}
            return [name.lower() for name, _ in fields] == list(inner) and all(
                _alike(each, inner[name.lower()]) for name, each in fields
            )
        case Array(element):
            return isinstance(found, _LISTS) and _alike(element, found.value_type)
        case MapOf(key, value):
            return pa.types.is_map(found) and _alike(key, found.key_type) and _alike(value, found.item_type)
        case Primitive("string"):
            return True
        case _:
            return not pa.types.is_nested(found)


def _said(found: pa.DataType) -> str:
    """A type as declarations spell it, where they have a word for it."""
    if pa.types.is_struct(found):
        return f"struct<{','.join(f'{field.name}:{_said(field.type)}' for field in found)}>"
    if pa.types.is_map(found):
        return f"map<{_said(found.key_type)},{_said(found.item_type)}>"
    if isinstance(found, _LISTS):
        return f"array<{_said(found.value_type)}>"
    return _WORDS.get(str(found), str(found))


_WORDS = {"int32": "int", "int64": "bigint", "large_string": "string", "bool": "boolean", "date32[day]": "date"}
