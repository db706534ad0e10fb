"""Which table a product may read, and which of its columns it sees. `readers` is what the publishing product's
readers.yaml says; nobody looks at it within one domain."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from lakemesh.declare.names import ProductName
from lakemesh.declare.readers import Reader
from lakemesh.declare.types import Columns
from lakemesh.mesh.contract import Column, Contract

Standing = Literal["may", "unpublished", "unshared", "unlisted", "past"]
PRIVATE = ("personal", "secret")


def standing(
    contract: Contract, who: ProductName, readers: Mapping[str, Reader], today: date | None = None
) -> Standing:
    """Whether `who` may read the table, and if not, why. `today` is needed to know what is past."""
    if who == contract.product:
        return "may"
    if not contract.published:
        return "unpublished"
    if who.domain == contract.product.domain:
        return "may"
    reader = readers.get(who.domain)
    if reader is None:
        return "unshared"
    if reader.tables != "all" and contract.table.table not in reader.tables:
        return "unlisted"
    if reader.until and today and reader.until < today:
        return "past"
    return "may"


def sees(contract: Contract, column: Column, who: ProductName, readers: Mapping[str, Reader]) -> bool:
    """Whether `who`, who may read the table, sees this column of it. Personal and secret ones only where shown."""
    if who.domain == contract.product.domain:
        return True
    reader = readers.get(who.domain)
    if reader is None:
        return False
    if reader.tables == "all":
        return column.classification not in PRIVATE
    line = reader.tables.get(contract.table.table)
    if line is None or column.name in line.hide:
        return False
    return column.classification not in PRIVATE or column.name in (line.show or ())


def visible(contract: Contract, who: ProductName, readers: Mapping[str, Reader], today: date | None = None) -> Columns:
    """What `who` sees of a table: nothing where it may not read it."""
    if standing(contract, who, readers, today) != "may":
        return {}
    return {column.name: column.type for column in contract.columns if sees(contract, column, who, readers)}
