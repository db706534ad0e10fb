"""Types: of a table they are what its contract says, whatever language names them."""

from lakemesh.declare.types import Array, Decimal, MapOf, Struct, Type
from lakemesh.quality.expectations.ask import Arguments, Ask, Check, Outcome, Unfit
from lakemesh.quality.expectations.at import At
from lakemesh.quality.expectations.whole import Whole

# Spark SQL's name, and what Spark's classes, SQL, Python and pandas call it.
_NAMES = """
boolean: BooleanType BOOLEAN bool bool_
int: IntegerType INTEGER INT int32 Int32 int
bigint: LongType BIGINT int64 Int64 int long
float: FloatType FLOAT REAL float32 Float32 float
double: DoubleType DOUBLE float64 Float64 float
decimal: DecimalType DECIMAL NUMERIC Decimal
date: DateType DATE date
timestamp: TimestampType TIMESTAMP TIMESTAMPTZ datetime datetime64 datetime64[us] Timestamp
timestamp_ntz: TimestampNTZType TIMESTAMP_NTZ datetime datetime64 datetime64[us] Timestamp
string: StringType STRING VARCHAR TEXT str string
binary: BinaryType BINARY bytes
array: ArrayType ARRAY list
map: MapType MAP dict
struct: StructType STRUCT dict
"""
_CALLED = {line.partition(": ")[0]: frozenset(line.partition(": ")[2].split()) for line in _NAMES.strip().splitlines()}
_KNOWN = frozenset(name for names in _CALLED.values() for name in names) | frozenset(_CALLED)


def called(kind: Type, name: str) -> bool:
    """Whether a type goes by this name. Raises Unfit where nothing does."""
    if name == str(kind):
        return True
    if name not in _KNOWN and not name.startswith(("decimal(", "array<", "map<", "struct<")):
        raise Unfit(f'"{name}" is the name of no type')
    family = {Decimal: "decimal", Array: "array", MapOf: "map", Struct: "struct"}.get(type(kind), str(kind))
    return name == family or name in _CALLED[family]


def _typed(at: At, column: str, names: tuple[str, ...]) -> Check:
    kind = at.type(column)
    # Every name is looked at, so that one that names nothing is told whatever the others say.
    found = [called(kind, name) for name in names]
    yield Ask()
    return Outcome(any(found), {"observed_value": str(kind)}, bad=int(not any(found)))


def of_type(at: At, a: Arguments) -> Check:
    return _typed(at, str(a["column"]), (str(a["type_"]),))


def in_types(at: At, a: Arguments) -> Check:
    given = a["type_list"]
    assert isinstance(given, tuple)
    return _typed(at, str(a["column"]), tuple(str(each) for each in given))


FAMILY: dict[str, Whole] = {
    "expect_column_values_to_be_of_type": of_type,
    "expect_column_values_to_be_in_type_list": in_types,
    "expect_column_type_to_be": of_type,
}
