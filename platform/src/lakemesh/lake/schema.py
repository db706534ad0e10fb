"""Contract to Iceberg and back: columns, partitions, sort order. Every column is physically optional."""

from collections.abc import Iterator
from itertools import count

from pyiceberg.partitioning import PARTITION_FIELD_ID_START, PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.sorting import NullOrder, SortDirection, SortField, SortOrder
from pyiceberg.transforms import IdentityTransform, parse_transform
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FixedType,
    FloatType,
    IcebergType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    NestedField,
    StringType,
    StructType,
    TimestampType,
    TimestamptzType,
    UUIDType,
)

from lakemesh.declare.types import Array, Columns, Decimal, MapOf, Primitive, Struct, Type
from lakemesh.mesh.contract import Contract, Partition

PRIMITIVES: dict[str, IcebergType] = {
    "boolean": BooleanType(),
    "int": IntegerType(),
    "bigint": LongType(),
    "float": FloatType(),
    "double": DoubleType(),
    "date": DateType(),
    "timestamp": TimestamptzType(),
    "timestamp_ntz": TimestampType(),
    "string": StringType(),
    "binary": BinaryType(),
}
NAMES = {str(kind): name for name, kind in PRIMITIVES.items()}


def to_iceberg(kind: Type, ids: Iterator[int]) -> IcebergType:
    """The Iceberg type of a Spark type; nested fields take their ids from `ids`."""
    match kind:
        case Primitive(name):
            return PRIMITIVES[name]
        case Decimal(precision, scale):
            return DecimalType(precision, scale)
        case Array(item):
            element = next(ids)
            return ListType(element_id=element, element=to_iceberg(item, ids), element_required=False)
        case MapOf(key, value):
            key_id, value_id = next(ids), next(ids)
            return MapType(
                key_id=key_id,
                key_type=to_iceberg(key, ids),
                value_id=value_id,
                value_type=to_iceberg(value, ids),
                value_required=False,
            )
        case Struct(fields):
            numbers = [next(ids) for _ in fields]
            return StructType(
                *(
                    NestedField(number, name, to_iceberg(inner, ids), required=False)
                    for number, (name, inner) in zip(numbers, fields, strict=True)
                )
            )


def to_spark(kind: IcebergType) -> Type:
    """The Spark type of an Iceberg type. Raises ValueError for one that Spark SQL cannot name."""
    match kind:
        case DecimalType():
            return Decimal(kind.precision, kind.scale)
        case ListType():
            return Array(to_spark(kind.element_type))
        case MapType():
            return MapOf(to_spark(kind.key_type), to_spark(kind.value_type))
        case StructType():
            return Struct(tuple((field.name, to_spark(field.field_type)) for field in kind.fields))
        case UUIDType():
            return Primitive("string")
        case FixedType():
            return Primitive("binary")
        case _ if str(kind) in NAMES:
            return Primitive(NAMES[str(kind)])
    raise ValueError(f"Spark SQL has no name for the Iceberg type {kind}")


def schema(contract: Contract, ids: Iterator[int] | None = None, schema_id: int = 0) -> Schema:
    """The contract's columns as a new Iceberg schema."""
    ids = count(1) if ids is None else ids
    numbers = [next(ids) for _ in contract.columns]
    fields = [
        NestedField(number, column.name, to_iceberg(column.type, ids), required=False, doc=column.description or None)
        for number, column in zip(numbers, contract.columns, strict=True)
    ]
    return Schema(*fields, schema_id=schema_id)


def columns(schema: Schema) -> Columns:
    """Names and Spark types, in order."""
    return {field.name: to_spark(field.field_type) for field in schema.fields}


def numbered(metadata: TableMetadata, schema_id: int | None) -> Schema:
    """The schema of this id; the table's own where a snapshot names none."""
    found = None if schema_id is None else metadata.schema_by_id(schema_id)
    return metadata.schema() if found is None else found


def shape(schema: Schema) -> tuple[str, ...]:
    """What a data file knows of its schema: ids, names and types, but no descriptions."""
    return tuple(f"{field.field_id} {field.name} {field.field_type}" for field in schema.fields)


def partition_spec(
    partition: tuple[Partition, ...], schema: Schema, known: tuple[PartitionSpec, ...] = ()
) -> PartitionSpec:
    """The contract's partitions over `schema`. A spec that is known, and each field that is known, keeps its id."""
    taken = {(field.source_id, str(field.transform)): field.field_id for spec in known for field in spec.fields}
    ids = count(max([PARTITION_FIELD_ID_START - 1, *taken.values()]) + 1)
    fields = []
    for part in partition:
        source = schema.find_field(part.column).field_id
        transform = parse_transform(part.transform if part.argument is None else f"{part.transform}[{part.argument}]")
        name = part.column if isinstance(transform, IdentityTransform) else f"{part.column}_{part.transform}"
        # Iceberg refuses a partition that has the name of another column.
        while name != part.column and name in schema.column_names:
            name += "_"
        number = taken.get((source, str(transform)))
        fields.append(PartitionField(source, next(ids) if number is None else number, transform, name))
    for spec in known:
        if same_fields(spec.fields, fields):
            return spec
    return PartitionSpec(*fields, spec_id=max((spec.spec_id for spec in known), default=-1) + 1)


def same_fields(some: tuple[PartitionField, ...] | list[PartitionField], others: list[PartitionField]) -> bool:
    """Whether both cut the rows in the same way."""
    return [(f.source_id, str(f.transform)) for f in some] == [(f.source_id, str(f.transform)) for f in others]


def sort_order(contract: Contract, schema: Schema, known: tuple[SortOrder, ...] = ()) -> SortOrder:
    """The contract's sort order over `schema`: one that is known, or a new one."""
    fields = [
        SortField(
            source_id=schema.find_field(sort.column).field_id,
            transform=IdentityTransform(),
            direction=SortDirection.DESC if sort.descending else SortDirection.ASC,
            null_order=NullOrder.NULLS_LAST if sort.descending else NullOrder.NULLS_FIRST,
        )
        for sort in contract.sort
    ]
    for order in known:
        if order.fields == fields:
            return order
    # Iceberg keeps 0 for "unsorted".
    return SortOrder(*fields, order_id=max((order.order_id for order in known), default=0) + 1 if fields else 0)
