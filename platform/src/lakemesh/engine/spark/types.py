"""Spark's types as pyspark has them, and as ours."""

from pyspark.sql import types as spark

from lakemesh.declare.types import Array, Columns, Decimal, MapOf, Primitive, Struct, Type

_PLAIN: dict[str, spark.DataType] = {
    "boolean": spark.BooleanType(),
    "tinyint": spark.ByteType(),
    "smallint": spark.ShortType(),
    "int": spark.IntegerType(),
    "bigint": spark.LongType(),
    "float": spark.FloatType(),
    "double": spark.DoubleType(),
    "date": spark.DateType(),
    "timestamp": spark.TimestampType(),
    "timestamp_ntz": spark.TimestampNTZType(),
    "string": spark.StringType(),
    "binary": spark.BinaryType(),
    "void": spark.NullType(),
}
_NAMES = {type(kind): name for name, kind in _PLAIN.items()}


def to_spark(kind: Type) -> spark.DataType:
    """pyspark's own of a type."""
    match kind:
        case Decimal(precision, scale):
            return spark.DecimalType(precision, scale)
        case Array(item):
            return spark.ArrayType(to_spark(item))
        case MapOf(key, value):
            return spark.MapType(to_spark(key), to_spark(value))
        case Struct(fields):
            return spark.StructType([spark.StructField(name, to_spark(inner)) for name, inner in fields])
        case Primitive(name):
            return _PLAIN[name]


def of_spark(kind: spark.DataType) -> Type:
    """Ours of one of pyspark's; what has no word of ours is an interval."""
    match kind:
        case spark.DecimalType():
            return Decimal(kind.precision, kind.scale)
        case spark.ArrayType():
            return Array(of_spark(kind.elementType))
        case spark.MapType():
            return MapOf(of_spark(kind.keyType), of_spark(kind.valueType))
        case spark.StructType():
            return Struct(tuple((field.name, of_spark(field.dataType)) for field in kind.fields))
    return Primitive(_NAMES.get(type(kind), "interval"))


def schema(columns: Columns) -> spark.StructType:
    """Columns as the schema of a relation."""
    return spark.StructType([spark.StructField(name, to_spark(kind)) for name, kind in columns.items()])
