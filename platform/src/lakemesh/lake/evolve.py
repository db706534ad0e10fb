"""What may change in a table's columns: add, widen, rename by `was:`. All else is refused, with its remedy."""

from collections.abc import Iterator
from itertools import count

from pyiceberg.schema import Schema
from pyiceberg.types import DecimalType, IcebergType, ListType, MapType, NestedField, StructType

from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct, Type
from lakemesh.errors import Mistake, Mistakes
from lakemesh.lake.schema import NAMES, PRIMITIVES, to_iceberg, to_spark
from lakemesh.mesh.contract import Column, Contract

BESIDE = "make a new table beside this one; then say retires: and replaced_by: in this one's contract"
WIDER = {("int", "bigint"), ("float", "double")}


class Refused(Exception):
    """A type that cannot become the other without losing something: which part, from, to."""

    def __init__(self, part: str, was: str, wanted: str) -> None:
        super().__init__(part, was, wanted)
        self.part, self.was, self.wanted = part, was, wanted


def evolve(now: Schema, contract: Contract, last_id: int, schema_id: int, *, unseen: bool = False) -> Schema:
    """The schema that the contract wants, each column that stays with its id. Raises Mistakes, all of them.
    `unseen`: nothing was ever published, so anything may change."""
    ids = count(last_id + 1)
    wanted = {column.name for column in contract.columns}
    fields: list[NestedField] = []
    mistakes: list[Mistake] = []
    kept: set[str] = set()
    for column in contract.columns:
        old = _former(now, column, wanted)
        try:
            if old is None:
                fields.append(_field(next(ids), column, to_iceberg(column.type, ids)))
            else:
                kept.add(old.name)
                fields.append(_field(old.field_id, column, change(old.field_type, column.type, ids)))
        except Refused as refused:
            if unseen:
                fields.append(_field(next(ids), column, to_iceberg(column.type, ids)))
            else:
                mistakes.append(_narrowed(contract, column, refused))
    if not unseen:
        mistakes += [_dropped(contract, field) for field in now.fields if field.name not in kept]
    if mistakes:
        raise Mistakes(*mistakes)
    return Schema(*fields, schema_id=schema_id)


def change(old: IcebergType, new: Type, ids: Iterator[int], part: str = "") -> IcebergType:
    """`old` as `new`, with its ids where it stays. Raises Refused."""
    match new, old:
        case Primitive(name), _ if str(old) == str(PRIMITIVES[name]):
            return old
        case Primitive(name), _ if (NAMES.get(str(old)), name) in WIDER:
            return PRIMITIVES[name]
        case Decimal(precision, scale), DecimalType() if scale == old.scale and precision >= old.precision:
            return DecimalType(precision, scale)
        case Array(item), ListType():
            element = change(old.element_type, item, ids, f"{part}.element")
            return ListType(element_id=old.element_id, element=element, element_required=old.element_required)
        case MapOf(key, value), MapType():
            if str(to_spark(old.key_type)) != str(key):
                raise Refused(f"{part}.key", str(to_spark(old.key_type)), str(key))
            inner = change(old.value_type, value, ids, f"{part}.value")
            return MapType(
                key_id=old.key_id,
                key_type=old.key_type,
                value_id=old.value_id,
                value_type=inner,
                value_required=old.value_required,
            )
        case Struct(fields), StructType():
            return _struct(old, fields, ids, part)
    raise Refused(part, str(to_spark(old)), str(new))


def _struct(old: StructType, wanted: tuple[tuple[str, Type], ...], ids: Iterator[int], part: str) -> StructType:
    known = {field.name: field for field in old.fields}
    if gone := [field for field in old.fields if field.name not in {name for name, _ in wanted}]:
        raise Refused(f"{part}.{gone[0].name}", str(to_spark(gone[0].field_type)), "nothing")
    fields = []
    for name, kind in wanted:
        if field := known.get(name):
            inner = change(field.field_type, kind, ids, f"{part}.{name}")
            fields.append(NestedField(field.field_id, name, inner, required=field.required, doc=field.doc))
        else:
            fields.append(NestedField(next(ids), name, to_iceberg(kind, ids), required=False))
    return StructType(*fields)


def _field(number: int, column: Column, kind: IcebergType) -> NestedField:
    return NestedField(number, column.name, kind, required=False, doc=column.description or None)


def _former(now: Schema, column: Column, wanted: set[str]) -> NestedField | None:
    """The column as it stands in the table: by its name, else by the name it had."""
    fields = {field.name: field for field in now.fields}
    if column.name in fields:
        return fields[column.name]
    if column.was and column.was not in wanted:
        return fields.get(column.was)
    return None


def _narrowed(contract: Contract, column: Column, refused: Refused) -> Mistake:
    origin = column.origins.get("type")
    name = column.name + refused.part
    what = f'{contract.table}: column "{name}" cannot change from {refused.was} to {refused.wanted}'
    remedy = f"keep {refused.was} (int may become bigint, float double, a decimal more digits), or {BESIDE}"
    return Mistake(origin.path if origin else contract.path, origin.line if origin else 0, 0, what, remedy)


def _dropped(contract: Contract, field: NestedField) -> Mistake:
    kind = to_spark(field.field_type)
    what = f'{contract.table}: column "{field.name}" ({kind}) is in the table, but no longer in its contract'
    remedy = f"declare it again, or say was: {field.name} at the column that it is called now, or {BESIDE}"
    return Mistake(contract.path, 0, 0, what, remedy)
