"""A partition's transform fits the column that it is taken of, also where its type follows from another table."""

from collections.abc import Iterator

from lakemesh.declare.types import Decimal, Type
from lakemesh.errors import Mistake
from lakemesh.mesh.contract import Partition
from lakemesh.mesh.view import View

DAYS = ("date", "timestamp", "timestamp_ntz")
FITS: dict[str, tuple[str, ...]] = {
    "year": DAYS,
    "month": DAYS,
    "day": DAYS,
    "hour": ("timestamp", "timestamp_ntz"),
    "bucket": ("int", "bigint", "string", "binary", *DAYS),
    "truncate": ("int", "bigint", "string", "binary"),
    "identity": ("boolean", "int", "bigint", "string", "binary", *DAYS),
}
"""By transform, the types that Iceberg takes; decimals fit the last three."""


def check(view: View) -> Iterator[Mistake]:
    for part, contract in view.contracted():
        for place, field in enumerate(contract.partition):
            type = contract.types.get(field.column)
            said = part.declaration.columns.get(field.column)
            # Where the contract itself says the type, it alone has been judged.
            if type is not None and (said is None or said.type is None) and not _fits(field, type):
                what = f"the table cannot be partitioned by {_written(field)}: {field.column} is {type}"
                yield view.mistake(part.path, ("partition", place), what, _remedy(type))


def _fits(field: Partition, type: Type) -> bool:
    if isinstance(type, Decimal):
        return field.transform in ("bucket", "truncate", "identity")
    return str(type) in FITS[field.transform]


def _written(field: Partition) -> str:
    if field.transform == "identity":
        return field.column
    return f"{field.transform}({f'{field.argument}, ' if field.argument is not None else ''}{field.column})"


def _remedy(type: Type) -> str:
    able = [
        name for name, types in FITS.items() if str(type) in types or (isinstance(type, Decimal) and "int" in types)
    ]
    return f"a {type} can be partitioned by {', '.join(able)}" if able else "partition by another column"
