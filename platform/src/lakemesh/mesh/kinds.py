"""Which type may become which: silently, in the cast at the end, or only by what the SQL says."""

from lakemesh.declare.types import Array, Decimal, MapOf, Primitive, Struct, Type

_KINDS = {
    "int": "number", "bigint": "number", "float": "number", "double": "number",
    "date": "date", "timestamp": "timestamp", "timestamp_ntz": "timestamp without zone",
    "string": "text", "binary": "bytes", "boolean": "boolean",
}  # fmt: skip
_DIGITS = {"int": 10, "bigint": 19}
_WIDER = {("int", "bigint"), ("int", "double"), ("float", "double")}


def kind(type: Type) -> str:
    """number, text, date…: what a cast at the end does not change."""
    if isinstance(type, Primitive):
        return _KINDS[type.name]
    if isinstance(type, Decimal):
        return "number"
    return {Array: "array", MapOf: "map", Struct: "struct"}[type.__class__]


def same_kind(have: Type, want: Type) -> bool:
    """Whether only precision or size differs, all the way down."""
    if isinstance(have, Array) and isinstance(want, Array):
        return same_kind(have.item, want.item)
    if isinstance(have, MapOf) and isinstance(want, MapOf):
        return same_kind(have.key, want.key) and same_kind(have.value, want.value)
    if isinstance(have, Struct) and isinstance(want, Struct):
        return [name.lower() for name, _ in have.fields] == [name.lower() for name, _ in want.fields] and all(
            same_kind(a, b) for (_, a), (_, b) in zip(have.fields, want.fields, strict=True)
        )
    return kind(have) == kind(want)


def widens(have: Type, want: Type) -> bool:
    """Whether every value of `have` is one of `want` too, exactly."""
    if have == want:
        return True
    if isinstance(want, Decimal):
        if isinstance(have, Decimal):
            return want.scale >= have.scale and want.precision - want.scale >= have.precision - have.scale
        return (
            isinstance(have, Primitive) and have.name in _DIGITS and want.precision - want.scale >= _DIGITS[have.name]
        )
    if isinstance(have, Primitive) and isinstance(want, Primitive):
        return (have.name, want.name) in _WIDER
    if isinstance(have, Array) and isinstance(want, Array):
        return widens(have.item, want.item)
    return False
