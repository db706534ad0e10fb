"""Whether two rows have the same values: what Spark cannot compare is compared as text."""

from lakemesh.declare.types import Array, MapOf, Struct, Type
from lakemesh.sql import quote


def comparable(name: str, kind: Type | None, of: str = "", prefix: str = "") -> str:
    """The column as something that has an order and an equality, of the relation `of`."""
    text = (f"{of}." if of else "") + quote.name(prefix + name)
    # Maps have no order and no equality in Spark.
    return f"to_json(struct({text}))" if kind is not None and _holds_map(kind) else text


def _holds_map(kind: Type) -> bool:
    match kind:
        case MapOf():
            return True
        case Array(item):
            return _holds_map(item)
        case Struct(fields):
            return any(_holds_map(inner) for _, inner in fields)
        case _:
            return False
